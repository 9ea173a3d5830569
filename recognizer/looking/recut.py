"""The line of a doubtful photo's best code, read again from several rectified crops.

Each crop is cut a little differently, read by beam search and both heads, and ranked among all the
photo's lines; the crops then vote. A reading that rests on an accident of one cut does not win.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from recognizer.calibration import Scored
from recognizer.looking.line_reading import read_line
from recognizer.looking.views import squeezed
from recognizer.looking.voting import View, agreement, surest, unspoken, vote
from recognizer.reading.recogniser import Recogniser
from recognizer.reading.rectify import rectified_crop, unframed
from recognizer.reading.tokenizer import DecodedText
from recognizer.types import Pixels, Quad, RegionReading
from stylecode import RankedCode, ReadLine, rank

BEAMS = 2  # readings of each crop that are ranked,
WORTH = 0.1  # where they are at least so much as likely as the best
# What is added along and across the line, in its heights, on either side.
CUTS = ((0.0, 0.0), (0.25, 0.12), (0.1, -0.08), (-0.12, 0.0))


@dataclass(frozen=True, slots=True)
class SecondLook:
    """Reads the best code's line of a photo again."""

    recogniser: Recogniser

    def at(
        self,
        grey: Pixels,
        lines: Sequence[RegionReading],
        codes: Sequence[RankedCode],
        size: tuple[int, int],
    ) -> Scored:
        """The codes after the vote; the first reading votes, too."""
        number = codes[0].line
        there = [read_line(line, size) for line in lines]
        crops = _crops(grey, lines[number].region.quad)
        readings = self.recogniser.read_closely(crops, BEAMS)
        views = [surest(codes), *(_view(one, there, number) for one in readings)]
        voted = vote(views)
        return Scored(voted, agreement(views, voted))


def _view(readings: Sequence[DecodedText], lines: Sequence[ReadLine], number: int) -> View:
    found: list[RankedCode] = []
    least = WORTH * readings[0].confidence if readings else 0.0
    for reading in (one for one in readings[:BEAMS] if one.confidence >= least):
        fresh = replace(
            lines[number],
            text=reading.text,
            alternatives=reading.alternatives,
            confidence=reading.confidence,
        )
        share = unspoken(reading)
        ranked = rank([*lines[:number], fresh, *lines[number + 1 :]])
        found += [replace(code, confidence=code.confidence * share) for code in ranked]
    return surest(found)


def _crops(grey: Pixels, quad: Quad) -> list[Pixels]:
    cut = [unframed(rectified_crop(grey, _wider(quad, *air))) for air in CUTS]
    return [*cut, squeezed(cut[0])]


def _wider(quad: Quad, along: float, across: float) -> Quad:
    """The quad with air on all sides, in heights of the line."""
    corners = np.asarray(quad, np.float64)
    right, down = corners[1] - corners[0], corners[3] - corners[0]
    height = max(float(np.hypot(*down)), 1e-6)
    ahead = right / max(float(np.hypot(*right)), 1e-6) * along * height
    below = down * across
    moves = (-ahead - below, ahead - below, ahead + below, -ahead + below)
    a, b, c, d = (
        (float(x), float(y))
        for x, y in (corner + move for corner, move in zip(corners, moves, strict=True))
    )
    return a, b, c, d
