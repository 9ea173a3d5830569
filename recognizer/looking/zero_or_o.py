"""A zero or an O: told apart by a zero that stands on the same line.

Where a brand's codes may have both at one place, the recogniser goes by habit: most are zeros. Yet
many of these codes have a zero elsewhere, where nothing else can stand ("VN0A..."). What is as wide
as that one and has its shape is a zero, what is not is an O. Letters are measured on the rectified
crop; where they do not stand apart, nothing is said.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from recognizer.calibration import Scored
from recognizer.looking.passes import Seen
from recognizer.looking.photo_text import PhotoText
from recognizer.reading.rectify import rectified_crop, standing_out
from recognizer.types import Pixels, RegionReading
from stylecode import RankedCode, digits_only, key

HEIGHT = 64  # pixels of the crop that is measured,
LEAST_HEIGHT = 14  # and of the line on the photo
WIDER, MORE = 1.15, 7.0  # times a zero's width, and what it says for an O, in nats
UNLIKE, OTHER = 0.885, 5.5  # correlation with a zero below which it is another letter, likewise
EVEN = 1.25  # times the usual height of the line's letters, at most
ALIKE, SAME = 0.95, -1.5
TALL, BROAD = 0.45, 1.2  # of the crop's height: what is a letter or digit
SIZE = (24, 32)  # to which letters are brought to be compared


@dataclass(frozen=True, slots=True)
class _Letter:
    """A piece of ink: left end and size in pixels, and its picture brought to one size."""

    left: int
    width: int
    height: int
    picture: Pixels

    @property
    def breadth(self) -> float:
        """Its width in its own heights: along a tilted line both grow."""
        return self.width / self.height


@dataclass(frozen=True, slots=True)
class ZeroOrO:
    """Weighs the first code and its twin with a zero for its O, or the reverse."""

    name: str = "zero or o"

    def wanted(self, seen: Seen) -> bool:
        """Where there are two codes."""
        return len(seen.text.codes) > 1

    def run(self, seen: Seen) -> Seen:
        """The codes as the print says."""
        text = seen.text
        codes = weighed(seen.grey, text.lines, text.codes)
        scored = Scored(codes, text.scored.agreement)
        return seen.reading(PhotoText(text.lines, scored, text.settings))


def weighed(
    grey: Pixels, lines: Sequence[RegionReading], codes: Sequence[RankedCode]
) -> tuple[RankedCode, ...]:
    """The codes, the first and one with a zero for its O (or the reverse) as the print says."""
    twin = next((at for at, one in enumerate(codes) if at and _differ(codes[0], one)), None)
    if twin is None:
        return tuple(codes)
    first, other = codes[0], codes[twin]
    says = _print_says(grey, lines[first.line], first, _differ(first, other))
    if not says:
        return tuple(codes)
    sure = first.confidence + other.confidence
    odds = math.log(max(other.confidence, 1e-9) / max(first.confidence, 1e-9)) + says
    share = sure / (1 + math.exp(-odds))
    fresh = [replace(first, confidence=sure - share), *codes[1:]]
    fresh[twin] = replace(other, confidence=share)
    return tuple(sorted(fresh, key=lambda code: -code.confidence))


def _differ(first: RankedCode, other: RankedCode) -> list[int]:
    """Which letters and digits of two codes differ, if by nothing but zeros for O's."""
    one, two = key(first.code), key(other.code)
    if len(one) != len(two):
        return []
    places = [at for at, pair in enumerate(zip(one, two, strict=True)) if len(set(pair)) > 1]
    return places if all({one[at], two[at]} == {"0", "O"} for at in places) else []


def _print_says(
    grey: Pixels, line: RegionReading, code: RankedCode, places: Sequence[int]
) -> float:
    """What the print says for the other characters at these places of the code, in nats."""
    chars = key(code.code)
    zeros = [at for at in digits_only(code.code) if chars[at] == "0"]
    span = _span(line.text, code, chars)
    if not zeros or not span:
        return 0.0
    letters = _letters(grey, line)
    if not letters:
        return 0.0
    known = [letters[span[at]] for at in zeros]
    for_an_o = [(at, _unlike(letters[span[at]], known)) for at in places]
    return sum(nats if chars[at] == "0" else -nats for at, nats in for_an_o)


def _span(text: str, code: RankedCode, chars: str) -> list[int]:
    """Where in the line's text the code's letters and digits stand.

    Empty where the line reads otherwise: a part of the code may stand on another line, or it comes
    from another crop of this one.
    """
    span = [at for at in range(code.start, min(code.end, len(text))) if text[at].isalnum()]
    read = "".join(text[at] for at in span).upper()
    return span if read.replace("O", "0") == chars.replace("O", "0") else []


def _unlike(letter: _Letter, zeros: Sequence[_Letter]) -> float:
    """How much it speaks for an O that this is not like the line's zeros, in nats."""
    if letter.breadth > WIDER * max(zero.breadth for zero in zeros):
        return MORE
    pixels = letter.picture.ravel()
    like = max(float(np.corrcoef(pixels, zero.picture.ravel())[0, 1]) for zero in zeros)
    return OTHER if like < UNLIKE else SAME if like > ALIKE else 0.0


def _letters(grey: Pixels, line: RegionReading) -> dict[int, _Letter]:
    """Each letter and digit of the line, by its place in the text.

    Empty where there are not as many pieces of ink of a letter's height.
    """
    crop = rectified_crop(grey, line.region.quad)
    if crop.shape[0] < LEAST_HEIGHT:
        return {}
    width = max(1, round(crop.shape[1] * HEIGHT / crop.shape[0]))
    crop = np.asarray(cv2.resize(crop, (width, HEIGHT), interpolation=cv2.INTER_LINEAR), np.uint8)
    found = _pieces(_print(crop))
    tall = [index for index, char in enumerate(line.text) if char.isalnum() or char in "#()|/"]
    return dict(zip(tall, found, strict=True)) if len(found) == len(tall) else {}


def _print(crop: Pixels) -> Pixels:
    """The crop with its print bright on dark, whatever the light on it."""
    apart = standing_out(crop)
    low, high = float(apart.min()), float(apart.max())
    return np.asarray((apart - low) * (255 / max(high - low, 1e-6)), np.uint8)


def _pieces(bright: Pixels) -> list[_Letter]:
    """The pieces of ink of a letter's height, in reading order."""
    _, ink = cv2.threshold(bright, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    _, _, boxes, _ = cv2.connectedComponentsWithStats(ink)
    found = [
        _Letter(int(x), int(w), int(h), _pictured(bright[y : y + h, x : x + w]))
        for x, y, w, h, _ in boxes[1:]
        if TALL * HEIGHT <= h < HEIGHT and w <= BROAD * HEIGHT
    ]
    usual = float(np.median([letter.height for letter in found])) if found else 0.0
    if any(not 1 / EVEN <= letter.height / usual <= EVEN for letter in found):
        return []  # something hangs on a letter, or a part of another line is among them
    return sorted(found, key=lambda letter: letter.left)


def _pictured(letter: Pixels) -> Pixels:
    return np.asarray(cv2.resize(letter, SIZE, interpolation=cv2.INTER_AREA), np.uint8)
