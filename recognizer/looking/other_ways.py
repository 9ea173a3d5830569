"""Other readings of a photo's lines: word by word, from the other end, or cut off in front.

Hangul beside a code spoils the whole line, as the recogniser knows none; its words read alone, or
the line without its beginning, are often read well. All are read at once, which takes less time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from recognizer.looking.line_ends import SHORTEST, longer_quad
from recognizer.looking.line_reading import (
    POOR,
    aligned,
    height_of,
    length_of,
    may_be_code,
    reading_of,
    skimmed,
)
from recognizer.reading.recogniser import Recogniser
from recognizer.reading.rectify import turned
from recognizer.types import Pixels, RegionReading, TextRegion
from stylecode import key

MOST_PARTS = 8  # words read a second time, on their own
LIKELY = 0.4  # how much a line has to look like a code to be read from its other end in doubt
MOST_TURNED = 2
LEAST_TURNED = 0.2  # upside down, most print gives nothing
# Heights that are cut off in front, up to three Hangul letters.
CUTS = (0.8, 1.2, 1.6, 2.0, 2.4, 2.8)
SPOILED_LOOK = 0.5  # how much a line has to look like a code to be cut so,
MOST_SPOILED = 2  # and how many are
ROOM = 1.8  # heights that are left at least: five narrow letters
LEAST_CUT = 0.5  # confidence of a cut that is believed
SURELY = 0.85  # confidence of a reading that is not cut any further

Readings = list[RegionReading]


@dataclass(frozen=True, slots=True)
class _Try:
    """Regions to be read, and which of their readings, in order, are kept."""

    regions: list[TextRegion]
    kept: Callable[[Readings], Readings]


@dataclass(frozen=True, slots=True)
class OtherReadings:
    """Reads lines in other ways than as the finder's quads have them."""

    recogniser: Recogniser

    def read(self, grey: Pixels, lines: Sequence[RegionReading]) -> Readings:
        """What is read so and may be more than what was read before."""
        return self._kept(grey, [_words(lines), *_turned(lines), *_cut(lines)])

    def turned(self, grey: Pixels, lines: Sequence[RegionReading]) -> Readings:
        """The likeliest lines from their other end, where they read no worse so.

        0968X may be JX8960 upside down, 089 is still a number.
        """
        return self._kept(grey, list(_turned(lines)))

    def _kept(self, grey: Pixels, tries: Sequence[_Try]) -> Readings:
        quads = [region.quad for one in tries for region in one.regions]
        texts = iter(skimmed(self.recogniser, grey, quads))
        found: Readings = []
        for one in tries:
            found += one.kept([reading_of(region, next(texts)) for region in one.regions])
        return found


def _words(lines: Sequence[RegionReading]) -> _Try:
    """The words of lines that were read badly."""
    words = [
        replace(line.region, quad=aligned(part, line.region.quad), parts=())
        for line in lines
        if line.confidence < POOR and may_be_code(line.region)
        for part in line.region.parts
    ]
    return _Try(words[:MOST_PARTS], list)


def _turned(lines: Sequence[RegionReading]) -> Iterator[_Try]:
    """The likeliest lines from their other ends."""
    likely = [line for line in lines if (line.region.code or 0.0) >= LIKELY]
    for line in likely[:MOST_TURNED]:
        least = max(LEAST_TURNED, line.confidence)
        region = replace(line.region, quad=turned(line.region.quad))
        yield _Try([region], partial(_surer, least))


def _surer(least: float, read: Readings) -> Readings:
    return [one for one in read if one.confidence >= least]


def _cut(lines: Sequence[RegionReading]) -> Iterator[_Try]:
    """Likely lines that could hardly be read, with more and more cut off in front.

    Glued to a code, as in 품번BP4930, Hangul is no word of its own. Of several cuts the first that
    is read surely counts, or else the surest.
    """
    likely = [line for line in lines if (line.region.code or 0.0) >= SPOILED_LOOK]
    poor = [line for line in likely if line.confidence < POOR or not line.text]
    for line in poor[:MOST_SPOILED]:
        yield _Try(list(_cuts(line.region)), _least_cut)


def _cuts(region: TextRegion) -> Iterator[TextRegion]:
    """The region with more and more cut off in front, as long as a code may be left."""
    length, height = length_of(region.quad), height_of(region.quad)
    for cut in CUTS:
        if length >= (cut + ROOM) * height > 0:
            yield replace(region, quad=longer_quad(region.quad, -cut, True), parts=())


def _least_cut(read: Readings) -> Readings:
    """Of a line's cuts, the least first, the one to believe, if any."""
    legible = [one for one in read if len(key(one.text)) > SHORTEST]
    best = max(legible, key=lambda one: min(one.confidence, SURELY), default=None)
    return [best] if best is not None and best.confidence >= LEAST_CUT else []
