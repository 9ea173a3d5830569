"""A picture that is one line: somebody may have cut the code out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from recognizer.calibration import Scored
from recognizer.looking.line_reading import LineReader, read_line
from recognizer.looking.passes import Seen
from recognizer.looking.photo_text import PhotoText
from recognizer.looking.settings import LookingSettings
from recognizer.types import Photo, RegionReading, TextRegion
from stylecode import RankedCode, rank

LINE_HEIGHT = 200  # pixels; a picture of a whole tag is higher
ELONGATED = 1.5  # times as wide as high
LEAST_ON_CUT = 0.1  # confidence that a small picture shows a code at all


@dataclass(frozen=True, slots=True)
class WholePicture:
    """Reads the picture itself as a line, and as a cut-out code where that is surer."""

    in_full: LineReader
    settings: LookingSettings
    name: str = "whole picture"

    def wanted(self, seen: Seen) -> bool:
        """Where the picture has a line's proportions."""
        width, height = seen.size
        return height <= LINE_HEIGHT and width > ELONGATED * height

    def run(self, seen: Seen) -> Seen:
        """The codes with those of the whole picture, the surer ones first."""
        whole = self.in_full.read(seen.grey, [whole_of(seen.photo)])[0]
        lines = [*seen.text.lines, whole]
        codes = self._or_as_crop(seen.text.codes, whole, len(lines) - 1)
        scored = Scored(codes, seen.text.scored.agreement)
        return seen.reading(PhotoText(lines, scored, self.settings))

    def _or_as_crop(
        self, ranked: tuple[RankedCode, ...], whole: RegionReading, at: int
    ) -> tuple[RankedCode, ...]:
        """The ranking of the picture itself, line `at`, as a cut-out code, if that is surer."""
        cut = [replace(code, line=at) for code in rank([read_line(whole)], crop=True)]
        least = ranked[0].confidence if ranked else LEAST_ON_CUT
        if not cut or cut[0].confidence < least:
            return ranked
        known = {code.code for code in cut}
        others = (code for code in ranked if code.code not in known)
        return (*cut, *others)[: self.settings.candidates]


def whole_of(photo: Photo) -> TextRegion:
    """The picture itself as a region."""
    width, height = float(photo.width), float(photo.height)
    return TextRegion(((0.0, 0.0), (width, 0.0), (width, height), (0.0, height)), 1.0)
