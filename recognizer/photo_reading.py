"""From a whole photo to the codes on it: look, read, and look closer where that leaves doubt.

1. The finder looks at the whole photo; the lines that look most like a code are read and ranked.
2. Without a sure code all other lines are read, and badly read ones word by word.
3. Without one still, small print is looked at again, enlarged.
4. The line of the best code is read closely where its reading is doubtful.
5. If doubt stays, the likely lines are found anew, each seen alone, and read as in 2 and 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from recognizer.calibration import Scored
from recognizer.closer_look import CloserLook
from recognizer.finder import Finder
from recognizer.line_reading import LineReader, height_of, likeliest_first, read_line
from recognizer.recogniser import Recogniser
from recognizer.second_look import SecondLook
from recognizer.types import Barcode, Photo, Pixels, RegionReading, TextRegion
from stylecode import RankedCode, rank

FIRST = 10  # lines read before asking whether they hold the code
MOST_LINES = 24
SURE = 0.8  # confidence of a code that makes further lines needless
LEAST_VOTED = 0.22  # mean confidence over the cuts of a code that is worth showing
FAINT = 0.05  # how much small print has to look like a code; it does less than it should
SMALL = 16.0  # pixels of the finder's picture; lower lines are seen better enlarged
ENLARGED = 28.0  # pixels that they are enlarged to
LARGEST = 2.5  # times the photo's own size, at most
ENOUGH = 10  # small lines that are enlarged, with what is between them
UNSEEN = 0.45  # confidence from which on a code stands that a closer look does not show
FRESH = 8  # lines of a closer look that are read
AROUND = 3.0  # heights of air around the small lines


@dataclass(frozen=True, slots=True)
class PhotoText:
    """The lines read on a photo and the codes among them, best first."""

    lines: list[RegionReading]
    scored: Scored

    @property
    def codes(self) -> tuple[RankedCode, ...]:
        """The codes, best first."""
        return self.scored.codes

    @property
    def confidence(self) -> float:
        """The best code's, 0 without one."""
        return self.codes[0].confidence if self.codes else 0.0

    @property
    def settled(self) -> bool:
        """Whether a code is so sure that no other line need be read."""
        return self.confidence >= SURE

    @property
    def witnessed(self) -> bool:
        """Whether both heads of the recogniser read the best code's line alike."""
        return bool(self.codes) and self.lines[self.codes[0].line].witnessed


def ranked(lines: list[RegionReading], size: tuple[int, int]) -> PhotoText:
    """The codes among the lines of a photo of this width and height."""
    return PhotoText(lines, Scored(rank([read_line(line, size) for line in lines])))


class PhotoReader:
    """Reads whole photos; keeps no state."""

    def __init__(self, finder: Finder, recogniser: Recogniser) -> None:
        self.finder, self.lines = finder, LineReader(recogniser)
        self.again, self.near = SecondLook(recogniser), CloserLook(finder)

    def read(
        self, photo: Photo, grey: Pixels, found: Sequence[TextRegion], bars: Sequence[Barcode] = ()
    ) -> PhotoText:
        """Read the regions that were found on the photo; `bars` may spell the code themselves."""
        text = self._confirmed(photo, grey, self._searched(photo, grey, found, bars))
        if text.settled:
            return text
        closer = self._confirmed(photo, grey, self._closer(photo, grey, text))
        if not closer.codes:
            return text if text.confidence >= UNSEEN else closer
        return max((closer, text), key=lambda one: one.confidence)

    def _confirmed(self, photo: Photo, grey: Pixels, text: PhotoText) -> PhotoText:
        """The best code's line read again, unless it is settled and both heads agree on it."""
        if (text.settled and text.witnessed) or not text.codes:
            return text
        scored = self.again.at(grey, text.lines, text.codes, (photo.width, photo.height))
        if not scored.codes or scored.codes[0].confidence < LEAST_VOTED:
            scored = Scored(())  # what other cuts of the same line do not show is no code
        return PhotoText(text.lines, scored)

    def _closer(self, photo: Photo, grey: Pixels, text: PhotoText) -> PhotoText:
        """The codes where the likely lines are found anew, each alone."""
        near: list[TextRegion] = []
        for region in self.near.regions(photo, [line.region for line in text.lines]):
            if not _covered(region, near):
                near.append(region)
        fresh = sorted(self.lines.directed(grey, near), key=likeliest_first)[:FRESH]
        lines = self.lines.read(grey, fresh)
        lines += self.lines.parts(grey, lines)
        return _replaced(photo, text, fresh, lines)

    def _searched(
        self, photo: Photo, grey: Pixels, found: Sequence[TextRegion], bars: Sequence[Barcode]
    ) -> PhotoText:
        """Lines read until a code is sure."""
        size = (photo.width, photo.height)
        regions = sorted(self.lines.directed(grey, found), key=likeliest_first)
        spelled = [_spelled(barcode) for barcode in bars if barcode.format == "CODE-128"]
        text = ranked([*spelled, *self.lines.read(grey, regions[:FIRST])], size)
        if text.settled:
            return text
        others = self.lines.read(grey, regions[FIRST:MOST_LINES])
        text = ranked(self._more(grey, [*text.lines, *others]), size)
        return text if text.settled else self._enlarged(photo, grey, text)

    def _more(self, grey: Pixels, lines: list[RegionReading]) -> list[RegionReading]:
        """The lines, and other readings of some: word by word, and from the other end."""
        return [*lines, *self.lines.parts(grey, lines), *self.lines.turned(grey, lines)]

    def _enlarged(self, photo: Photo, grey: Pixels, text: PhotoText) -> PhotoText:
        """What a closer look at the small print adds."""
        scale = self.finder.scale(photo)
        faint = [line.region for line in text.lines if height_of(line.region.quad) * scale < SMALL]
        small = sorted((r for r in faint if r.code is None or r.code >= FAINT), key=likeliest_first)
        if not small:
            return text
        small = small[:ENOUGH]
        left, top, right, bottom = _window(small, photo)
        height = float(np.median([height_of(region.quad) for region in small]))
        factor = min(ENLARGED / height, LARGEST, self.finder.side / max(right - left, bottom - top))
        if factor < 1.2 * scale:
            return text
        part = photo.pixels[top:bottom, left:right]
        found = self.finder.find(Photo(_resized(part, factor)), scale=1.0)
        regions = [_moved(region, 1 / factor, left, top) for region in found]
        fresh = sorted(self.lines.directed(grey, regions), key=likeliest_first)[:FIRST]
        lines = self._more(grey, self.lines.read(grey, fresh))
        return _replaced(photo, text, fresh, lines)


def _replaced(
    photo: Photo, text: PhotoText, fresh: Sequence[TextRegion], lines: Sequence[RegionReading]
) -> PhotoText:
    """The codes with `lines`, read in the `fresh` regions, in place of what was read there."""
    kept = [line for line in text.lines if not _covered(line.region, fresh)]
    return ranked([*kept, *lines], (photo.width, photo.height))


def _spelled(barcode: Barcode) -> RegionReading:
    """A Code 128 as a line that is read without doubt."""
    alternatives = tuple(((char, 1.0),) for char in barcode.text)
    return RegionReading(TextRegion(barcode.quad, 1.0), barcode.text, alternatives, 0.99, True)


def _window(regions: Sequence[TextRegion], photo: Photo) -> tuple[int, int, int, int]:
    """Left, top, right, bottom around regions, with some air."""
    corners = np.array([region.quad for region in regions]).reshape(-1, 2)
    air = AROUND * float(np.median([height_of(region.quad) for region in regions]))
    low, high = corners.min(axis=0) - air, corners.max(axis=0) + air
    left, top = (max(0, int(v)) for v in low)
    right, bottom = min(photo.width, int(high[0]) + 1), min(photo.height, int(high[1]) + 1)
    return left, top, max(right, left + 1), max(bottom, top + 1)


def _resized(pixels: Pixels, factor: float) -> Pixels:
    size = tuple(max(1, round(side * factor)) for side in (pixels.shape[1], pixels.shape[0]))
    method = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(pixels, size, interpolation=method), np.uint8)


def _moved(region: TextRegion, scale: float, left: int, top: int) -> TextRegion:
    def moved(quad: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
        return tuple((x * scale + left, y * scale + top) for x, y in quad)

    parts = tuple(moved(part) for part in region.parts)
    return replace(region, quad=moved(region.quad), parts=parts)  # type: ignore[arg-type]


def _covered(region: TextRegion, others: Sequence[TextRegion]) -> bool:
    """Whether another region holds the middle of this one."""
    middle = np.array(region.quad).mean(axis=0)
    return any(
        cv2.pointPolygonTest(np.asarray(other.quad, np.float32), middle.tolist(), False) >= 0
        for other in others
    )
