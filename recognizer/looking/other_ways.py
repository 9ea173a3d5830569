"""Other readings of a photo's lines: word by word, from the other end, or cut off in front.

Hangul beside a code spoils the whole line, as the recogniser knows none; its words read alone, or
the line without its beginning, are often read well. All are read at once, which takes less time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from recognizer.looking.line_reading import may_be_code, reading_of, skimmed
from recognizer.looking.settings import LOOKING, LookingSettings
from recognizer.quads import aligned, height_of, length_of, longer, turned
from recognizer.reading.recogniser import Recogniser
from recognizer.types import Pixels, RegionReading, TextRegion
from stylecode import key

Readings = list[RegionReading]


@dataclass(frozen=True, slots=True)
class _Try:
    """Regions to be read, and which of their readings, in order, are kept."""

    regions: list[TextRegion]
    kept: Callable[[Readings], Readings]


@dataclass(frozen=True, slots=True)
class OtherWays:
    """Reads lines in other ways than as the finder's quads have them."""

    recogniser: Recogniser
    settings: LookingSettings = LOOKING

    def read(self, grey: Pixels, lines: Sequence[RegionReading]) -> Readings:
        """What is read so and may be more than what was read before."""
        return self._kept(grey, [self._words(lines), *self._turned(lines), *self._cut(lines)])

    def _kept(self, grey: Pixels, tries: Sequence[_Try]) -> Readings:
        quads = [region.quad for one in tries for region in one.regions]
        texts = iter(skimmed(self.recogniser, grey, quads))
        found: Readings = []
        for one in tries:
            found += one.kept([reading_of(region, next(texts)) for region in one.regions])
        return found

    def _words(self, lines: Sequence[RegionReading]) -> _Try:
        """The words of lines that were read badly."""
        words = [
            replace(line.region, quad=aligned(part, line.region.quad), parts=())
            for line in lines
            if line.confidence < self.settings.poor and may_be_code(line.region)
            for part in line.region.parts
        ]
        return _Try(words[: self.settings.most_parts], list)

    def _turned(self, lines: Sequence[RegionReading]) -> Iterator[_Try]:
        """The likeliest lines from their other ends."""
        settings = self.settings
        likely = [line for line in lines if (line.region.code or 0.0) >= settings.likely]
        for line in likely[: settings.most_turned]:
            least = max(settings.least_turned, line.confidence)
            region = replace(line.region, quad=turned(line.region.quad))
            yield _Try([region], partial(_surer, least))

    def _cut(self, lines: Sequence[RegionReading]) -> Iterator[_Try]:
        """Likely lines that could hardly be read, with more and more cut off in front.

        Glued to a code, as in 품번BP4930, Hangul is no word of its own. Of several cuts the first
        that is read surely counts, or else the surest.
        """
        settings = self.settings
        likely = [line for line in lines if (line.region.code or 0.0) >= settings.spoiled_look]
        poor = [line for line in likely if line.confidence < settings.poor or not line.text]
        for line in poor[: settings.most_spoiled]:
            yield _Try(list(self._cuts(line.region)), self._least_cut)

    def _cuts(self, region: TextRegion) -> Iterator[TextRegion]:
        """The region with more and more cut off in front, as long as a code may be left."""
        length, height = length_of(region.quad), height_of(region.quad)
        for cut in self.settings.cuts:
            if length >= (cut + self.settings.room) * height > 0:
                yield replace(region, quad=longer(region.quad, -cut, in_front=True), parts=())

    def _least_cut(self, read: Readings) -> Readings:
        """Of a line's cuts, the least first, the one to believe, if any."""
        enough = self.settings.enough_cut
        legible = [one for one in read if len(key(one.text)) >= self.settings.telling]
        best = max(legible, key=lambda one: min(one.confidence, enough), default=None)
        return [best] if best is not None and best.confidence >= self.settings.least_cut else []


def _surer(least: float, read: Readings) -> Readings:
    return [one for one in read if one.confidence >= least]
