"""The stuff a label is made of: its faces and colours, its outline, worn print, woven grain."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import ImageDraw

from datasets.errors import NoFontsError
from datasets.fonts.fonts import FontPool
from datasets.scenes.labels.layout import Block, Faces, Style, padded
from datasets.scenes.labels.render import Colour, FlatLabel, render
from datasets.scenes.materials import ink, sheen
from datasets.scenes.materials.noise import cut, octaves
from datasets.scenes.strain import chance, grown
from datasets.scenes.types import Pixels

_LIGHT = ((250, 250, 250), (244, 244, 240), (236, 236, 238), (250, 246, 232), (228, 230, 226))
_DARK = ((14, 14, 16), (28, 28, 32), (40, 40, 44), (20, 24, 50), (60, 60, 62))
_COLOURED = (
    *((240, 120, 40), (250, 220, 80), (190, 215, 240), (235, 190, 200), (200, 40, 45)),
    *((40, 70, 140), (30, 90, 60), (205, 178, 135), (180, 182, 186), (120, 122, 126)),
)


MIDDLING = 110.0


# What factories mostly print with: plain grotesques and printer fonts.
_USUAL_FONTS = re.compile(
    r"liberationsans|arimo|nimbussans|freesans|roboto(?!-?slab)|opensans|archivo|barlow|inter-|ibm-plex-sans"
    r"|notosans|noto-sans|dejavusans|ocr|clearsans|switzera|pt-sans|fira-sans|worksans|work-sans"
    r"|roadgeek|din|univers|tuffy|share-tech|liberationmono|cousine|hind|sarabun|chivo"
    r"|nanum-?gothic|nanumbarun|nanumsquare|dotum|gulim|tiresias_(?:info|pc)font(?!z)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A label's layout; `hole` is the hole for a string, `kind` what it is called."""

    box: Block
    hole: bool = False
    kind: str = ""


def is_usual(face: Path) -> bool:
    """Whether factories mostly print with faces like this one."""
    return _USUAL_FONTS.search(face.stem) is not None


@lru_cache(maxsize=8)
def _usual(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    return tuple(path for path in paths if is_usual(path)) or paths


def make_style(
    rng: random.Random, pool: FontPool, split: str, hangul: bool, difficulty: float = 1.0
) -> Style:
    """Faces of this split, tracking and gaps for one label; mostly usual faces where it is easy.

    Raises NoFontsError where the pool has no Latin or no Korean font.
    """
    latin, korean = pool.side(split), pool.korean_side(split)
    if not latin or not korean:
        raise NoFontsError(
            f"no {'Korean' if latin else split} font for drawing: install fonts-nanum, "
            "or run python -m datasets.fonts.fonts fetch DIR"
        )
    face = _face(rng, latin, difficulty)
    hangul_face = _face(rng, korean, difficulty)
    if hangul and rng.random() < 0.5:
        face = hangul_face  # Korean labels often set everything in the Korean face
    strong = face if rng.random() < 0.4 else _face(rng, latin, difficulty)
    loose = rng.gauss(0.03, grown(0.02, 0.05, difficulty))
    tracking = max(grown(-0.02, -0.05, difficulty), loose) if rng.random() < 0.5 else 0.0
    if rng.random() < chance(0.04, difficulty):
        tracking = rng.uniform(0.12, 0.35)
    tight = rng.random() < grown(0.15, 0.4, difficulty)
    gap = rng.uniform(grown(0.3, 0.18, difficulty), 0.45) if tight else rng.uniform(0.4, 0.9)
    if hangul:
        gap = max(gap, 0.36)  # Hangul stands higher, and its lines must not touch
    return Style(Faces(face, hangul_face), Faces(strong, hangul_face), tracking, "ink", gap)


def _face(rng: random.Random, faces: tuple[Path, ...], difficulty: float) -> Path:
    """A usual face in 95 % of easy labels and half of the hard ones, else any."""
    usual = rng.random() < 0.95 - 0.45 * difficulty
    return rng.choice(_usual(faces) if usual else faces)


def colours(rng: random.Random, difficulty: float = 1.0) -> dict[str, Colour]:
    """Ink on paper: mostly dark on light, some light on dark, some coloured; pale where hard."""
    light, dark = rng.choice(_LIGHT), rng.choice(_DARK)
    form = rng.random()
    if form < chance(0.09, difficulty):
        share = grown(0.15, 0.45, difficulty)
        pale = tuple(round(share * p + (1 - share) * i) for p, i in zip(light, dark, strict=True))
        return {"paper": light, "ink": (pale[0], pale[1], pale[2])}
    if form < 0.18:
        ground = rng.choice(_COLOURED)
        dark = dark if rng.random() < chance(1.0, difficulty) else _DARK[0]
        return {"paper": ground, "ink": dark if sum(ground) > 330 else light}
    return {"paper": dark, "ink": light} if form < 0.34 else {"paper": light, "ink": dark}


def _direct_colours(rng: random.Random, ground: float) -> dict[str, Colour]:
    """Ink that stands out from what it is printed on (mean brightness `ground`)."""
    light, dark = rng.choice(_LIGHT), rng.choice(_DARK)
    return {"paper": light, "ink": dark} if ground > MIDDLING else {"paper": dark, "ink": light}


def ground_of(image: Pixels) -> float:
    """How bright a surface is; `MIDDLING` where it is so uneven that no one ink stands out."""
    sample = image[::16, ::16].mean(axis=2)
    low, high = np.quantile(sample, (0.02, 0.98))
    return float(sample.mean()) if high - low < 90 else MIDDLING


def paper(  # noqa: PLR0913 (what a label's paper depends on)
    rng: random.Random,
    pool: FontPool,
    sheet: Sheet,
    scale: float,
    ground: float,
    *,
    difficulty: float,
) -> FlatLabel:
    """The label on its paper, drawn at `scale` pixels per unit, for a surface this bright."""
    margin_x, margin_y = rng.uniform(0.4, 2.0), rng.uniform(0.4, 1.6)
    if rng.random() < chance(0.15, difficulty):  # printed to the very rim
        margin_x, margin_y = rng.uniform(0.12, 0.5), rng.uniform(0.2, 0.5)
    box = padded(sheet.box, margin_x, margin_y)
    extreme = abs(ground - MIDDLING) > 62  # between, no ink stands out enough
    straight = rng.random() < chance(0.15, difficulty)
    if not sheet.hole and extreme and straight:  # printed straight onto the shoe
        return render(box, scale, _direct_colours(rng, ground), pool, None)
    radius = rng.choice((0.0, 0.0, 0.2, 0.6))
    hole = margin_y + 0.7 if sheet.hole else 0.0
    inks = colours(rng, difficulty)
    label = on_paper(pool, box, scale, inks, radius=radius, hole=hole)
    label = _printed(rng, label, scale, difficulty)
    if rng.random() < 0.15:
        label = replace(label, rgb=_stitched(rng, label.rgb, inks["ink"], scale))
    return label


def _printed(rng: random.Random, label: FlatLabel, scale: float, difficulty: float) -> FlatLabel:
    """The label with its print in ink; where hard in dots, embossed, or on leather and cloth."""
    form = rng.random()
    if form < chance(0.14, difficulty) and ink.is_plain(label):
        label = ink.on_stuff(rng, label, difficulty)
        relief = rng.random() < chance(0.3, difficulty)
        return ink.embossed(rng, label, scale, difficulty) if relief else label
    if form < chance(0.17, difficulty) and ink.is_plain(label):
        return ink.embossed(rng, label, scale, difficulty)
    dots = form > 1 - chance(0.08, difficulty)
    return ink.dotted(rng, label, scale, difficulty) if dots else label


def on_paper(  # noqa: PLR0913 (what a sheet of paper may be asked for)
    pool: FontPool,
    box: Block,
    scale: float,
    inks: Mapping[str, Colour],
    *,
    radius: float = 0.0,
    hole: float = 0.0,
) -> FlatLabel:
    """The box on paper with corners of `radius`, a string's hole `hole` below the top (0: none)."""

    def outline(pen: ImageDraw.ImageDraw, w: int, h: int) -> None:
        pen.rounded_rectangle((0, 0, w - 1, h - 1), radius * scale, fill=255)
        if hole:
            r, x, y = 0.45 * scale, w / 2, hole * scale
            pen.ellipse((x - r, y - r, x + r, y + r), fill=0)

    return render(box, scale, inks, pool, outline)


def _stitched(rng: random.Random, rgb: Pixels, colour: Colour, scale: float) -> Pixels:
    """A seam along the label's rim (outside its text, inside its margin)."""
    image = rgb.copy()
    h, w = image.shape[:2]
    inset, dash = max(2, int(0.15 * scale)), max(4, int(rng.uniform(0.25, 0.5) * scale))
    thick = max(1, int(0.07 * scale))
    shade = tuple(int(0.5 * c + 0.5 * 128) for c in colour)
    for y in (inset, h - inset):
        for x in range(inset, w - inset, dash * 2):
            cv2.line(image, (x, y), (min(w, x + dash), y), shade, thick, cv2.LINE_AA)
    for x in (inset, w - inset):
        for y in range(inset, h - inset, dash * 2):
            cv2.line(image, (x, y), (x, min(h, y + dash)), shade, thick, cv2.LINE_AA)
    return image


def finish(rng: random.Random, label: FlatLabel, difficulty: float) -> FlatLabel:
    """Wear the print, and give the paper its grain, weave and creases."""
    if rng.random() < chance(0.45, difficulty):
        label = ink.worn(rng, label, difficulty)
    h, w = label.rgb.shape[:2]
    grain = cut(rng, h, w, rng.choice((0.0, 1.0, 2.0))).astype(np.float32)
    grain *= rng.uniform(0.02, grown(0.06, 0.25, difficulty))
    if rng.random() < 0.35:
        grain += _weave(rng, h, w, difficulty)
    if rng.random() < 0.4:
        grain += _creases(rng, h, w, difficulty)
    if rng.random() < chance(0.2, difficulty):
        grain += sheen.fold(rng, h, w, difficulty)
    shine = sheen.gloss(rng, h, w, difficulty)
    if shine is not None:
        grain += shine
    return replace(label, rgb=sheen.shaded(label.rgb, grain))


def _weave(rng: random.Random, h: int, w: int, difficulty: float) -> NDArray[np.float32]:
    period = rng.randint(3, 7)
    x = np.sin(np.arange(w, dtype=np.float32) * (2 * np.pi / period))
    y = np.sin(np.arange(h, dtype=np.float32) * (2 * np.pi / period))
    depth = rng.uniform(2, grown(4, 12, difficulty))
    return np.asarray(np.outer(y, x) * depth, np.float32)


def _creases(rng: random.Random, h: int, w: int, difficulty: float) -> NDArray[np.float32]:
    """Soft folds: bright on one side, dark on the other."""
    smooth = octaves(rng, max(8, h // 8), max(8, w // 8), 4, 2)
    slope = cv2.Sobel(smooth, cv2.CV_32F, 1, 1, ksize=3)
    strength = rng.uniform(3, grown(6, 35, difficulty)) / max(1e-6, float(np.abs(slope).max()))
    return np.asarray(
        cv2.resize(slope * strength, (w, h), interpolation=cv2.INTER_LINEAR), np.float32
    )
