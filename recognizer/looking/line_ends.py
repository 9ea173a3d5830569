"""Lines read beyond their ends: what the finder's quad left out is often there to be read.

The finder ends a line where its maps fade, sometimes before a faint first letter or at the blank
before a colour. The recogniser is shown more of the line; where it reads what was read before and
more, the quad was too short.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from recognizer.looking.line_reading import reading_of, skimmed
from recognizer.looking.parts import holds, middle
from recognizer.reading.recogniser import Recogniser
from recognizer.types import Pixels, Quad, RegionReading, TextRegion
from stylecode import key

# How far beyond an end, in heights of the line: a letter or two; behind, a part after a blank, too.
IN_FRONT, BEHIND = (0.7, 1.5), (1.0, 2.2, 2.8)
LEAST = 0.5  # confidence of a longer reading that is believed,
LEAST_INSIDE = 0.8  # where it ends in a region that holds the line itself,
LEAST_OTHERWISE = 0.8  # where it reads the last letter otherwise,
LEAST_GOING_ON = 0.3  # where it goes on from a shorter one that ends within a word
READ = 0.5  # confidence of another line that is not to be cut in two
SHORTEST = 4  # letters and digits that tell one text from others
CLEARLY = 2.0  # times as sure a reading that says otherwise has to be


@dataclass(frozen=True, slots=True)
class _Try:
    """A line's region with more at one end, and how surely that has to be read."""

    region: TextRegion
    least: float


@dataclass(frozen=True, slots=True)
class LineEnds:
    """Reads lines beyond their ends."""

    recogniser: Recogniser

    def read(
        self, grey: Pixels, lines: Sequence[RegionReading], numbers: Sequence[int]
    ) -> list[RegionReading]:
        """Longer readings of those of a photo's lines that have such numbers, where there are any.

        A line may have several, as far as one, two and three letters go.
        """
        ends = [
            (lines[number], _tries(lines, number, reaches, grey.shape, in_front))
            for number in numbers
            for reaches, in_front in ((IN_FRONT, True), (BEHIND, False))
        ]
        quads = [one.region.quad for _, tries in ends for one in tries]
        texts = iter(skimmed(self.recogniser, grey, quads))
        found: list[RegionReading] = []
        for line, tries in ends:
            found += _believed(line, [(one, reading_of(one.region, next(texts))) for one in tries])
        return found


def _tries(
    lines: Sequence[RegionReading],
    number: int,
    reaches: Sequence[float],
    size: tuple[int, ...],
    in_front: bool,
) -> list[_Try]:
    """The line reaching further, as far as the photo goes and cuts no well read line in two."""
    line = lines[number]
    centre = middle(line.region.quad)
    found: list[_Try] = []
    for reach in reaches:
        quad = longer_quad(line.region.quad, reach, in_front)
        a, b, c, d = quad
        end = middle((a, d) if in_front else (b, c))
        if not (0 <= end[0] < size[1] and 0 <= end[1] < size[0]):
            break
        there = [one for one in lines if one is not line and one.text and holds(one.region, end)]
        if any(one.confidence >= READ and not holds(one.region, centre) for one in there):
            continue
        region = replace(line.region, quad=quad, parts=())
        found.append(_Try(region, LEAST_INSIDE if there else LEAST))
    return found


def _believed(
    line: RegionReading, tried: Sequence[tuple[_Try, RegionReading]]
) -> list[RegionReading]:
    """Of what was read at one end, nearest first, what holds the line's text and more."""
    found: list[RegionReading] = []
    for one, far in tried:
        near = found[-1] if found else None
        goes_on = near is not None and _goes_on(near.text, far.text)
        if goes_on:
            found.pop()  # its quad ended within a word,
        if far.confidence < (LEAST_GOING_ON if goes_on else one.least) or not _more(line, far):
            continue
        if found and len(key(found[-1].text)) == len(key(far.text)):
            found.pop()  # or within a letter
        found.append(far)
    return found


def _goes_on(near: str, far: str) -> bool:
    """Whether the farther text has more of the same run of letters and digits, at either end."""
    if len(far) <= len(near):
        return False
    ahead = far.startswith(near) and far[len(near)].isalnum()
    return ahead or (far.endswith(near) and far[-len(near) - 1].isalnum())


def _more(line: RegionReading, far: RegionReading) -> bool:
    """Whether a reading has what was read and more, or is far surer of what it says.

    Half a letter at the line's end may have been read as another.
    """
    was, now = key(line.text), key(far.text)
    if len(was) >= SHORTEST and was != now and (now.startswith(was) or now.endswith(was)):
        return True
    if len(now) > len(was) > SHORTEST and (now.startswith(was[:-1]) or now.endswith(was[1:])):
        return far.confidence >= LEAST_OTHERWISE
    return far.confidence > max(LEAST, CLEARLY * line.confidence) and len(now) >= SHORTEST


def longer_quad(quad: Quad, reach: float, in_front: bool) -> Quad:
    """The quad longer by so many of its heights, shorter by a negative number."""
    corners = np.asarray(quad, np.float64)
    ahead = corners[1] - corners[0] + corners[2] - corners[3]
    ahead *= reach / max(float(np.hypot(*ahead)), 1e-6)
    if in_front:
        corners[[0, 3]] -= ahead * float(np.hypot(*(corners[3] - corners[0])))
    else:
        corners[[1, 2]] += ahead * float(np.hypot(*(corners[2] - corners[1])))
    a, b, c, d = ((float(x), float(y)) for x, y in corners)
    return a, b, c, d
