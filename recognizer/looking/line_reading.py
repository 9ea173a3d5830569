"""The lines of a photo read, the likeliest first, and no more than it takes.

A tag has many lines and one code. Where the finder tells how much a line looks like a code, the
likely ones are read first, and the rest only if those leave doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from recognizer.looking.settings import LOOKING, LookingSettings
from recognizer.quads import aligned, along, height_of, length_of, turned
from recognizer.reading.recogniser import Recogniser
from recognizer.reading.rectify import rectified_crop, unframed
from recognizer.reading.tokenizer import DecodedText
from recognizer.types import Pixels, Quad, RegionReading, TextRegion
from stylecode import ReadLine

SCOUTS = 8  # words read from both ends to learn which way up the photo is
TALLEST = 60.0  # pixels; a taller line is no likelier to hold the code
AT_EDGE = 0.1  # heights of a line from its end to the photo's edge, where that cuts it off
MOST_CUT = 0.2  # of the photo's short side; a higher line at its edge is a crop's


@dataclass(frozen=True, slots=True)
class LineReader:
    """Reads regions of a grey photo, each from the end where its text begins."""

    recogniser: Recogniser
    skimming: bool = True  # or in full, by the reader itself, where there is only one line to read
    settings: LookingSettings = LOOKING

    def read(self, grey: Pixels, regions: Sequence[TextRegion]) -> list[RegionReading]:
        """Each region's reading, in order.

        Poor ones are tried from their other end, too, where the finder did not see which it is, or
        may have mistaken a code's.
        """
        quads = [region.quad for region in regions]
        texts = self._texts(grey, quads)
        poor = [
            i
            for i, (region, text) in enumerate(zip(regions, texts, strict=True))
            if text.confidence < self.settings.poor and self._may_be_turned(region)
        ]
        others = self._texts(grey, [turned(quads[i]) for i in poor])
        for i, other in zip(poor, others, strict=True):
            least = self.settings.flipped * texts[i].confidence
            if other.confidence > max(least, self.settings.poor):
                texts[i], quads[i] = other, turned(quads[i])
        return [
            reading_of(replace(region, quad=quad), text)
            for region, quad, text in zip(regions, quads, texts, strict=True)
        ]

    def _may_be_turned(self, region: TextRegion) -> bool:
        """Whether the finder did not see where it begins, or it looks too much like a code."""
        return not region.directed or (region.code or 0.0) >= self.settings.likely

    def likeliest(self, grey: Pixels, regions: Sequence[TextRegion]) -> list[TextRegion]:
        """The regions, each from the end where it begins, those most like a code first."""
        return sorted(self.directed(grey, regions), key=likeliest_first)

    def directed(self, grey: Pixels, regions: Sequence[TextRegion]) -> list[TextRegion]:
        """The regions, each from the end where it begins: what the finder left open is settled.

        A region without a direction goes with the directed ones; where no region has any, a few
        words are read from both ends.
        """
        vote = np.sum([along(region.quad) for region in regions if region.directed], axis=0)
        if not all(region.directed for region in regions) and not np.any(vote):
            vote = self._scouted(grey, regions)
        return [
            region
            if region.directed or float(along(region.quad) @ vote) >= 0
            else replace(region, quad=turned(region.quad))
            for region in regions
        ]

    def _scouted(self, grey: Pixels, regions: Sequence[TextRegion]) -> np.ndarray:
        """The direction in which a few prominent words read better.

        Words, not whole lines: what cannot be read on a line would hide what can.
        """
        words = [
            replace(region, quad=aligned(part, region.quad))
            for region in regions
            for part in region.parts or (region.quad,)
        ]
        scouts = [word.quad for word in sorted(words, key=_scouting)[:SCOUTS]]
        forth = self._texts(grey, scouts)
        back = self._texts(grey, [turned(quad) for quad in scouts])
        total = np.zeros(2)
        for quad, ahead, behind in zip(scouts, forth, back, strict=True):
            total += (ahead.confidence - behind.confidence) * along(quad)
        return total

    def _texts(self, grey: Pixels, quads: Sequence[Quad]) -> list[DecodedText]:
        if self.skimming:
            return skimmed(self.recogniser, grey, quads)
        return self.recogniser.read(_crops(grey, quads))


def likeliest_first(region: TextRegion) -> float:
    """A key for sorting regions: those that look like a code, then the prominent ones."""
    look = 0.0 if region.code is None else region.code
    return -(look + 0.3 * region.score * min(height_of(region.quad), TALLEST) / TALLEST)


def read_line(line: RegionReading, size: tuple[int, int] | None = None) -> ReadLine:
    """What the rules for codes need to know of a line; `size` is the photo's width and height."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = line.region.quad
    start, end = ((x0 + x3) / 2, (y0 + y3) / 2), ((x1 + x2) / 2, (y1 + y2) / 2)
    height = height_of(line.region.quad)
    return ReadLine(
        line.text,
        line.alternatives,
        line.confidence,
        x=start[0],
        y=start[1],
        height=height,
        width=float(np.hypot(end[0] - start[0], end[1] - start[1])),
        angle=float(np.arctan2(end[1] - start[1], end[0] - start[0])),
        codelike=line.region.code,
        cut_start=_at_edge(start, height, size),
        cut_end=_at_edge(end, height, size),
        said=line.said,
    )


def _at_edge(point: tuple[float, float], height: float, size: tuple[int, int] | None) -> bool:
    """Whether the photo ends here, so that more may have stood there.

    Not where the line is large in the photo: a crop of a code ends at the code's ends.
    """
    if size is None or height > MOST_CUT * min(size):
        return False
    to_edge = min(min(at, length - at) for at, length in zip(point, size, strict=True))
    return to_edge < AT_EDGE * height


def _scouting(region: TextRegion) -> float:
    """Lines of a code's proportions and good size first."""
    height = height_of(region.quad)
    aspect = length_of(region.quad) / max(height, 1.0)
    return -min(height, TALLEST) * (1.0 if 2.5 <= aspect <= 12 else 0.2) * region.score


def skimmed(recogniser: Recogniser, grey: Pixels, quads: Sequence[Quad]) -> list[DecodedText]:
    """What the quads of a grey photo hold, read greedily."""
    return recogniser.skim(_crops(grey, quads))


def _crops(grey: Pixels, quads: Sequence[Quad]) -> list[Pixels]:
    return [unframed(rectified_crop(grey, quad)) for quad in quads]


def reading_of(region: TextRegion, text: DecodedText) -> RegionReading:
    """What the recogniser read in a region."""
    return RegionReading(region, text.text, text.alternatives, text.confidence, text.witnessed)
