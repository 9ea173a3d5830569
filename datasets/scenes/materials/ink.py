"""How print sits on its stuff: worn, faded, of dots, embossed, straight on leather or cloth."""

from __future__ import annotations

import random
from dataclasses import replace

import cv2
import numpy as np

from datasets.scenes.labels.render import FlatLabel
from datasets.scenes.materials.noise import cut, octaves
from datasets.scenes.materials.surfaces import surface
from datasets.scenes.strain import grown
from datasets.scenes.types import Pixels

_STUFFS = ("leather", "leather", "plain", "cloth", "cardboard")  # those that both splits show
_LEAST_DOT_PX = 3.0


def mixed(first: Pixels, second: Pixels, share: Pixels) -> Pixels:
    """`first` where the HxW `share` is 255, `second` where it is 0."""
    planes = cv2.merge((share, share, share))
    kept = cv2.multiply(first, planes, scale=1 / 255)
    rest = cv2.multiply(second, cv2.bitwise_not(planes), scale=1 / 255)
    return np.asarray(cv2.add(kept, rest), np.uint8)


def ink_of(label: FlatLabel) -> Pixels:
    """Where the label's print is, 0..255."""
    red, green, blue = cv2.split(cv2.absdiff(label.rgb, label.blank))
    most = cv2.max(cv2.max(red, green), blue)
    return np.asarray(cv2.convertScaleAbs(most, alpha=255 / max(1, int(most.max()))), np.uint8)


def is_plain(label: FlatLabel) -> bool:
    """Whether the stuff under the print has one colour (no filled blocks)."""
    return not np.ptp(label.blank[::6, ::6], axis=(0, 1)).any()


def worn(rng: random.Random, label: FlatLabel, difficulty: float) -> FlatLabel:
    """Ink that came off in specks or faded in patches."""
    h, w = label.rgb.shape[:2]
    if rng.random() < 0.5:
        specks = cut(rng, h, w, rng.choice((1.0, 2.0))).astype(np.float32)
        least = rng.uniform(grown(55, 30, difficulty), grown(75, 60, difficulty))
        mask = cv2.convertScaleAbs(np.maximum(specks - least, 0), alpha=5)
    else:
        fade = octaves(rng, h, w, 3, 2) + rng.uniform(-0.6, grown(-0.3, 0.1, difficulty))
        depth = rng.uniform(grown(40, 80, difficulty), grown(80, 205, difficulty))
        mask = cv2.convertScaleAbs(np.maximum(fade, 0), alpha=depth)
    most = round(grown(90, 175, difficulty))
    gone = np.asarray(cv2.min(mask, np.full_like(mask, most)), np.uint8)
    return replace(label, rgb=mixed(label.blank, label.rgb, gone))


def dotted(
    rng: random.Random, label: FlatLabel, scale: float, difficulty: float = 1.0
) -> FlatLabel:
    """Print of separate dots, as of needle printers; as it is where dots would get too small."""
    pitch = scale * rng.uniform(0.11, 0.17)
    if pitch < _LEAST_DOT_PX:
        return label
    h, w = label.rgb.shape[:2]
    x = np.cos((np.arange(w, dtype=np.float32) + rng.uniform(0, pitch)) * (2 * np.pi / pitch))
    y = np.cos((np.arange(h, dtype=np.float32) + rng.uniform(0, pitch)) * (2 * np.pi / pitch))
    sharp, reach = (
        rng.uniform(120, 300),
        rng.uniform(grown(0.7, 0.1, difficulty), grown(0.9, 0.7, difficulty)),
    )
    dots = np.clip((x[None] + y[:, None] + reach) * sharp, 0, 255).astype(np.uint8)
    return replace(label, rgb=mixed(label.rgb, label.blank, dots))


def embossed(
    rng: random.Random, label: FlatLabel, scale: float, difficulty: float = 1.0
) -> FlatLabel:
    """Print without ink: only a bright and a dark edge, lit from one side."""
    h, w = label.rgb.shape[:2]
    ink = cv2.GaussianBlur(ink_of(label), (0, 0), max(0.5, 0.03 * scale))
    reach = max(1.0, scale * rng.uniform(0.03, 0.07))
    dx, dy = rng.choice((-1, 1)) * reach, rng.choice((-1, 1)) * reach
    edges = [
        cv2.warpAffine(ink, np.array([[1, 0, s * dx], [0, 1, s * dy]], np.float32), (w, h))
        for s in (-1, 1)
    ]
    relief = cv2.subtract(edges[0], edges[1], dtype=cv2.CV_16S)
    relief = relief * rng.uniform(grown(0.8, 0.2, difficulty), grown(1.0, 0.5, difficulty))
    relief += ink * rng.uniform(-0.25, 0.05)
    planes = cv2.merge((relief, relief, relief)).astype(np.float32)
    return replace(label, rgb=np.asarray(cv2.add(label.blank, planes, dtype=cv2.CV_8U), np.uint8))


def on_stuff(rng: random.Random, label: FlatLabel, difficulty: float = 1.0) -> FlatLabel:
    """The same print straight on leather, cloth or the like, in ink that stands out from it."""
    h, w = label.rgb.shape[:2]
    stuff = surface(rng, rng.choice(_STUFFS), h, w, half=True)
    bright = float(stuff[::8, ::8].mean()) > 115
    tone = rng.uniform(0, 45) if bright else rng.uniform(215, 255)
    print_ = np.full_like(stuff, round(tone))
    strength = rng.uniform(grown(0.9, 0.6, difficulty), 1.0)
    ink = np.asarray(cv2.convertScaleAbs(ink_of(label), alpha=strength), np.uint8)
    return replace(label, rgb=mixed(print_, stuff, ink), blank=stuff)
