"""Lines for tests: printed ones, made-up ones, and a recogniser that is told what to read."""

from __future__ import annotations

import cv2
import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from recognizer.reading.recogniser import Recogniser
from recognizer.reading.tokenizer import DecodedText
from recognizer.types import Photo, Pixels, Quad, RegionReading, TextRegion

CODE = "DU8096-002"
GREY = np.full((200, 900), 255, np.uint8)
NOTHING = ("", 0.0)
numbers = st.floats(-100, 1000)
quads = st.lists(st.tuples(numbers, numbers), min_size=4, max_size=4).map(tuple)


def printed(height: int, angle: float) -> tuple[Photo, NDArray[np.float64]]:
    """The code in letters of this height on a photo, turned by `angle` degrees, and its corners."""
    scale = height / 21.0
    thick = max(1, round(2.5 * scale))
    (width, _), _ = cv2.getTextSize(CODE, cv2.FONT_HERSHEY_SIMPLEX, scale, thick)
    side = 2 * width
    paper = np.full((side, side, 3), 215, np.uint8)
    left, base = (side - width) // 2, (side + height) // 2
    cv2.putText(
        paper, CODE, (left, base), cv2.FONT_HERSHEY_SIMPLEX, scale, (40, 40, 40), thick, cv2.LINE_AA
    )
    turn = cv2.getRotationMatrix2D((side / 2, side / 2), -angle, 1.0)
    photo = cv2.warpAffine(paper, turn, (side, side), borderValue=(215, 215, 215))
    box = [[left, base - height], [left + width, base - height], [left + width, base], [left, base]]
    corners = np.array(box) @ turn[:, :2].T + turn[:, 2]
    return Photo(photo.astype(np.uint8)), np.asarray(corners, np.float64)


def part(corners: NDArray[np.float64], start: float, end: float, taller: float) -> Quad:
    """From share `start` to share `end` of a quad, made `taller` by that many of its heights."""
    along, down = corners[1] - corners[0], corners[3] - corners[0]
    first, last = corners[0] + start * along, corners[0] + end * along
    over = taller * down
    a, b, c, d = (
        (float(x), float(y))
        for x, y in (first - over, last - over, last + down + over, first + down + over)
    )
    return a, b, c, d


def grey_of(photo: Photo) -> Pixels:
    return np.asarray(cv2.cvtColor(photo.pixels, cv2.COLOR_RGB2GRAY), np.uint8)


class Scripted(Recogniser):
    """Reads what it is told to, crop by crop."""

    def __init__(self, *texts: tuple[str, float]) -> None:
        self.texts, self.crops = list(texts), 0

    def skim(self, crops: list[Pixels]) -> list[DecodedText]:  # type: ignore[override]
        self.crops += len(crops)
        found = [self.texts.pop(0) for _ in crops]
        return [DecodedText(text, (), confidence) for text, confidence in found]


def line(text: str, left: float, right: float, confidence: float = 0.9) -> RegionReading:
    quad: Quad = ((left, 80.0), (right, 80.0), (right, 120.0), (left, 120.0))
    return RegionReading(TextRegion(quad, 0.9, code=0.9), text, (), confidence)
