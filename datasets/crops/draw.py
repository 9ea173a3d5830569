"""One grey crop of a text line, as a finder would cut it from a photo, with its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from datasets.crops import degrade
from datasets.crops.framing import CropFrame, cut, rooms
from datasets.crops.geometry import warp
from datasets.crops.ink import Company, InkLine, draw_line
from datasets.crops.paint import paint
from datasets.crops.poorer import poorer
from datasets.crops.settings import CURRENT, CropSettings
from datasets.crops.texts import neighbour_texts, tag_line
from datasets.crops.treatment import Treatment
from datasets.crops.wording import draw_wording
from datasets.fonts.fonts import FontPool


@dataclass(frozen=True, slots=True)
class DrawnCrop:
    """`pixels` is an HxW grey crop; `text` is what stands on it, as far as it can be read.

    The text is empty where only another script or bars are shown; a Korean label before a code is
    on the crop and not in the text.
    """

    pixels: NDArray[np.uint8]
    text: str


def draw_crop(
    rng: np.random.Generator,
    pool: FontPool,
    hard: float,
    split: str = "train",
    settings: CropSettings = CURRENT,
) -> DrawnCrop:
    """Draw one crop; `hard` in 0..1 is how badly it may be treated, `split` the fonts' side."""
    how = Treatment(rng, hard, settings)
    wording = draw_wording(how, pool, split)
    line = draw_line(wording.shown, wording.font, how, _company(how))
    return DrawnCrop(_photographed(line, how), wording.text)


class Crops(Protocol):
    """Where crops come from."""

    def draw(
        self, rng: np.random.Generator, count: int, difficulty: float = 1.0
    ) -> Iterator[DrawnCrop]:
        """`count` crops, each one's own difficulty spread below `difficulty` (0..1)."""
        ...


@dataclass(frozen=True, slots=True)
class CropSource:
    """What crops are drawn from: fonts of one `split`, by one version of the generator."""

    pool: FontPool
    settings: CropSettings = CURRENT
    split: str = "train"

    def draw(
        self, rng: np.random.Generator, count: int, difficulty: float = 1.0
    ) -> Iterator[DrawnCrop]:
        """`count` crops; each one's own difficulty is spread below `difficulty` (0..1)."""
        for _ in range(count):
            hard = difficulty * float(rng.uniform(0.25, 1.0))
            yield draw_crop(rng, self.pool, hard, self.split, self.settings)


def _company(how: Treatment) -> Company:
    """What stands around the line, and may reach into its crop."""
    rng, settings, scraps = how.rng, how.settings, how.settings.scraps
    lines = neighbour_texts(rng) if rng.random() < settings.company * how.hard + 0.05 else None
    words = None
    if scraps and how.chance(scraps):
        words = (tag_line(rng) * (rng.random() < 0.5), tag_line(rng) * (rng.random() < 0.6))
    return Company(lines, words)


def _photographed(line: InkLine, how: Treatment) -> NDArray[np.uint8]:
    """The printed line on its ground, in its light, through a lens, cut out and compressed."""
    laid = warp(line, how)
    picture = degrade.light(paint(laid, how), how)
    picture = degrade.blur(picture, how, laid.glyph)
    picture = cut(picture, CropFrame(laid, rooms(line, laid)), how)
    picture = degrade.shrink(picture, how, laid.glyph)
    if how.settings.jagged and how.chance(how.settings.jagged):
        picture = degrade.jagged(picture, how)
    for step in (degrade.tone, degrade.noise, degrade.sharpen, degrade.jpeg):
        picture = step(picture, how)
    if how.settings.poorer and how.rng.random() < how.settings.poorer:
        picture = poorer(picture, how.rng, how.hard)
    return picture
