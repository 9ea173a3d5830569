"""Real crops of text lines for the reader to learn from: a folder with `labels.tsv`.

The file has a header and a row for each crop, tab-separated: `file` (a path in the folder), `text`
(what stands there), `source` (where it comes from), `licence`, and `group` (crops of one photo or
of one thing share it; a group is never split between learning and choosing). Further columns are
left alone. `docs/how-to/train.md` says how to make one.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.crops import degrade
from datasets.crops.draw import DrawnCrop
from datasets.crops.poorer import poorer
from datasets.crops.settings import CURRENT, CropSettings
from datasets.crops.texts import MAX_LENGTH
from datasets.crops.treatment import Treatment
from datasets.errors import RealDataError
from datasets.fonts.faces import share_of
from recognizer.reading.tokenizer import CHARACTERS

Grey = NDArray[np.uint8]
Rng = np.random.Generator

CHOOSING = 0.15  # share of the groups that checkpoints are chosen on and nothing is learned from
COLUMNS = ("file", "text", "source", "licence", "group")
INVERTED = 0.12  # of the crops, light and dark exchanged
MOST_SQUEEZED, MOST_STRETCHED = 0.75, 1.3  # of a crop's width
AIR = (-0.05, 0.16)  # heights by which a cut lies off, on each side
ASKEW_CORNER = 0.07  # heights by which a corner is off
LEAST_CROP_PX = 8  # pixels; lower crops cannot be read


@dataclass(frozen=True, slots=True)
class RealLine:
    """An HxW grey crop of a line, what it says, and where it comes from."""

    pixels: Grey
    text: str
    source: str
    licence: str
    group: str

    @property
    def for_choosing(self) -> bool:
        """Whether its group is put aside to choose checkpoints on."""
        return share_of(self.group) < CHOOSING


def real_lines(folder: Path) -> list[RealLine]:
    """The readable lines of a folder: those of the reader's characters, and not too long.

    Raises RealDataError where the list or a picture is missing or broken.
    """
    labels = folder / "labels.tsv"
    try:
        with labels.open(encoding="utf-8", newline="") as rows:
            found = list(csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE))
    except OSError as error:
        raise RealDataError(f"{labels}: {error.strerror}") from error
    if not found or not set(COLUMNS) <= set(found[0]):
        raise RealDataError(f"{labels}: the first line has to name {', '.join(COLUMNS)}")
    return [_line(folder, row) for row in found if _legible(row["text"])]


def _legible(text: str) -> bool:
    return 0 < len(text) <= MAX_LENGTH and all(char in CHARACTERS for char in text)


def _line(folder: Path, row: dict[str, str]) -> RealLine:
    path = folder / row["file"]
    flags = cv2.IMREAD_GRAYSCALE | cv2.IMREAD_IGNORE_ORIENTATION
    pixels = cv2.imread(str(path), flags)
    if pixels is None:
        raise RealDataError(f"{path}: no picture")
    grey = np.asarray(pixels, np.uint8)
    return RealLine(grey, row["text"], row["source"], row["licence"], row["group"])


def sources_of(lines: Sequence[RealLine]) -> tuple[tuple[str, str, int], ...]:
    """Source, licence and number of lines, as a model card has to name them."""
    counted = Counter((line.source, line.licence) for line in lines)
    return tuple((source, licence, n) for (source, licence), n in sorted(counted.items()))


@dataclass(frozen=True, slots=True)
class RealCrops:
    """Real lines, each cut, lit and blurred anew every time. Frequent texts come less often."""

    lines: tuple[RealLine, ...]
    settings: CropSettings = CURRENT

    def draw(self, rng: Rng, count: int, difficulty: float = 1.0) -> Iterator[DrawnCrop]:
        """`count` crops, each one's own treatment spread below `difficulty` (0..1)."""
        often = Counter(line.text for line in self.lines)
        shares = np.array([often[line.text] ** -0.5 for line in self.lines])
        for at in rng.choice(len(self.lines), count, p=shares / shares.sum()):
            hard = difficulty * float(rng.uniform(0, 0.8))
            line = self.lines[int(at)]
            yield DrawnCrop(_varied(line.pixels, Treatment(rng, hard, self.settings)), line.text)


def _varied(pixels: Grey, how: Treatment) -> Grey:
    rng = how.rng
    picture = _recut(pixels, rng)
    if rng.random() < INVERTED:
        picture = np.asarray(255 - picture, np.uint8)
    glyph = 0.7 * picture.shape[0]
    picture = degrade.blur(degrade.light(picture, how), how, glyph)
    for step in (degrade.tone, degrade.noise, degrade.sharpen, degrade.jpeg):
        picture = step(picture, how)
    if how.settings.poorer and rng.random() < how.settings.poorer / 2:
        picture = poorer(picture, rng, how.hard)
    return picture


def _recut(pixels: Grey, rng: Rng) -> Grey:
    """The crop cut a little otherwise, a little askew, narrower or wider."""
    height, width = pixels.shape
    out_height = max(LEAST_CROP_PX, height)
    out_width = max(LEAST_CROP_PX, round(width * float(rng.uniform(MOST_SQUEEZED, MOST_STRETCHED))))
    left, top, right, bottom = rng.uniform(*AIR, 4) * height
    corners = np.array(
        [[-left, -top], [width + right, -top], [width + right, height + bottom],
         [-left, height + bottom]], np.float32,
    )  # fmt: skip
    corners += rng.normal(0, ASKEW_CORNER, (4, 2)).astype(np.float32) * height * float(rng.random())
    target = np.array(
        [[0, 0], [out_width, 0], [out_width, out_height], [0, out_height]], np.float32
    )
    matrix = cv2.getPerspectiveTransform(corners, target)
    cut = cv2.warpPerspective(
        pixels, matrix, (out_width, out_height), flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip
    return np.asarray(cut, np.uint8)
