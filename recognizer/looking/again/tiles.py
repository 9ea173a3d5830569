"""The photo in overlapping parts, each looked at larger and read by itself; equal codes add up.

Letters too small for the finder on the whole photo are large enough in a part, and which words it
joins hangs on accidents of the picture's grid: what several parts show alike is no accident.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from recognizer.calibration import Scored
from recognizer.finding.finder import Finder
from recognizer.looking.double_reading import DoubleReading
from recognizer.looking.line_reading import LineReader
from recognizer.looking.passes import Seen
from recognizer.looking.photo_text import PhotoText, ranked
from recognizer.looking.settings import LookingSettings
from recognizer.looking.voting import View, agreement, surest, tallied
from recognizer.photo.part import PhotoPart, Rectangle
from recognizer.photo.photo import grey_of
from recognizer.types import Photo, RegionReading
from stylecode import key
from stylecode.ranking.whole import whole_first, whole_of


@dataclass(frozen=True, slots=True)
class Tiles:
    """Looks at parts of the photo until enough of them show the same code."""

    finder: Finder
    lines: LineReader
    double: DoubleReading
    settings: LookingSettings
    name: str = "tiles"

    def wanted(self, seen: Seen) -> bool:
        """Where no code is sure."""
        return not seen.text.clear

    def run(self, seen: Seen) -> Seen:
        """The codes by their mean confidence over the photo and its parts."""
        looks, views = [seen.text], [surest(seen.text.codes)]
        for part in self._parts(seen.photo):
            looks.append(self._look(part))
            views.append(surest(looks[-1].codes))
            if self._enough(views):
                break
        return seen.reading(self._voted(looks, views))

    def _parts(self, photo: Photo) -> Iterator[PhotoPart]:
        """The middle first, then corners and sides."""
        share, width, height = self.settings.tile, photo.width, photo.height
        across, down = (max(1, round(share * side)) for side in (width, height))
        steps = sorted(product((1, 0, 2), repeat=2), key=lambda at: (at[0] == 1) != (at[1] == 1))
        for column, row in steps:
            left, top = (width - across) * column // 2, (height - down) * row // 2
            part = Rectangle(left, top, left + across, top + down).of(photo)
            scale = self.settings.tile_side / max(across, down)
            yield part.enlarged(min(max(1.0, scale), self.settings.tile_enlarged))

    def _look(self, part: PhotoPart) -> PhotoText:
        """What one part shows, with its regions on the whole photo."""
        photo, settings = part.photo, self.settings
        grey = grey_of(photo.pixels)
        regions = self.lines.likeliest(grey, self.finder.find(photo))
        read = self.lines.read(grey, regions[: settings.tile_lines])
        read = self.double.borne_out(photo, read, settings.tile_witnessed)
        found = ranked(read, (photo.width, photo.height), settings)
        return replace(found, lines=[_moved(part, line) for line in found.lines])

    def _enough(self, views: Sequence[View]) -> bool:
        """Whether a further part would hardly change anything: one code leads, or there is none."""
        scores = sorted(self._scores(views).values(), reverse=True)
        if not scores:
            return len(views) > self.settings.tiles_blank
        rival = scores[1] if len(scores) > 1 else 0.0
        return scores[0] - rival >= self.settings.tiles_lead

    def _scores(self, views: Sequence[View]) -> dict[str, float]:
        """Each code's confidences summed; the whole photo counts more than a part."""
        scores: dict[str, float] = {}
        for number, view in enumerate(views):
            weight = 1.0 if number else self.settings.whole_say
            for name, code in view.items():
                scores[name] = scores.get(name, 0.0) + weight * code.confidence
        return scores

    def _voted(self, looks: Sequence[PhotoText], views: Sequence[View]) -> PhotoText:
        """All looks as one: the first look's lines and those that its codes are on."""
        scores, whole = self._scores(views), self.settings.whole_say + len(views) - 1
        lines, codes = list(looks[0].lines), []
        for one in tallied(views):
            line = one.code.line
            if one.view:
                lines.append(looks[one.view].lines[line])
                line = len(lines) - 1
            score = scores[key(one.code.code)] / whole
            codes.append(replace(one.code, confidence=score, line=line))
        codes = [code for code in codes if code.confidence >= self.settings.least_of_tiles]
        codes.sort(key=lambda code: -code.confidence)
        voted = whole_first(codes, whole_of)[: self.settings.candidates]
        agreed = agreement(views, voted) if voted else 1.0
        return PhotoText(lines, Scored(voted, agreed), self.settings)


def _moved(part: PhotoPart, line: RegionReading) -> RegionReading:
    return replace(line, region=part.region(line.region))
