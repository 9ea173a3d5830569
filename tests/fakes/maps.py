"""A maps network that knows the truth: what a perfect finder would see on a printed sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from recognizer.finding.finder import LARGEST, SIDE
from recognizer.types import Photo, Pixels
from training.finder.score_maps import Truth, truth_maps

Quads = NDArray[np.float32]


@dataclass
class Sheet:
    """Lines printed on white: the photo, each line's character quads (Nx4x2), the code's quad."""

    pixels: NDArray[np.uint8]
    words: list[Quads] = field(default_factory=list)
    code: Quads | None = None

    @classmethod
    def blank(cls, width: int = 1280, height: int = 960) -> Sheet:
        """An empty sheet."""
        return cls(np.full((height, width, 3), 245, np.uint8))

    def write(self, text: str, at: tuple[int, int], font: Path, size: int, code: str = "") -> None:
        """Print `text` with its top left corner at `at`; `code` is the part that is one."""
        face = ImageFont.truetype(font, size)
        image = Image.fromarray(self.pixels)
        ImageDraw.Draw(image).text(at, text, font=face, fill=(20, 20, 20))
        self.pixels = np.asarray(image, np.uint8)
        top, bottom = (at[1] + v for v in face.getbbox("H")[1::2])
        quads: list[NDArray[np.float32]] = []
        for index, char in enumerate(text):
            left, right = (at[0] + face.getlength(text[: index + more]) for more in (0, 1))
            box = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
            quads.append(box if char != " " else np.zeros((4, 2), np.float32))
        if code:
            start = text.index(code)
            first, last = quads[start], quads[start + len(code) - 1]
            self.code = np.stack([first[0], last[1], last[2], first[3]])
        start = 0
        for word in text.split(" "):
            self.words.append(np.stack(quads[start : start + len(word)]))
            start += len(word) + 1

    def turned(self, quarters: int) -> Sheet:
        """The sheet turned counter-clockwise."""
        found = self
        for _ in range(quarters):
            width = found.pixels.shape[1]
            found = Sheet(
                np.ascontiguousarray(np.rot90(found.pixels)),
                [_quarter(word, width) for word in found.words],
                None if found.code is None else _quarter(found.code, width),
            )
        return found

    @property
    def photo(self) -> Photo:
        """The sheet as a photo."""
        return Photo(self.pixels)


def _quarter(points: Quads, width: int) -> Quads:
    return np.stack((points[..., 1], width - points[..., 0]), axis=-1).astype(np.float32)


class TrueMaps:
    """Draws the maps of a sheet; `channels` 2 leaves out code and direction, `seen` counts calls.

    It knows the whole sheet only: on a part of it, it finds nothing.
    """

    version = "truth"

    def __init__(self, sheet: Sheet, channels: int = 5) -> None:
        self.sheet, self.channels, self.seen = sheet, channels, 0

    def __call__(self, photo: Pixels) -> NDArray[np.float32]:
        """HxWx3 to (H/2, W/2, channels)."""
        self.seen += 1
        rows, columns = photo.shape[0] // 2, photo.shape[1] // 2
        scale = min(SIDE / max(self.sheet.pixels.shape), LARGEST) / 2
        words = tuple(word * scale for word in self.sheet.words)
        code = None if self.sheet.code is None else self.sheet.code * scale
        maps = truth_maps(Truth(words, code), max(rows, columns))[:rows, :columns]
        maps[..., 2] = maps[..., 2] * 8 - 4
        return np.ascontiguousarray(cv2.GaussianBlur(maps, (0, 0), 0.5)[..., : self.channels])
