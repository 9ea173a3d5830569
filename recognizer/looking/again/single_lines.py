"""The finder again, close to the likely lines of a photo, each alone.

On the whole photo a line's quad may take in a neighbour, miss an end, or lie loosely around small
print. Seen alone, upright and at the size of letters that the finder knows best, the same line is
found far better, and it costs a thirtieth of the whole photo.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from recognizer.finding.finder import Finder
from recognizer.looking.line_reading import likeliest_first, may_be_code
from recognizer.looking.settings import LOOKING, LookingSettings
from recognizer.photo.part import upright_part
from recognizer.quads import covered, height_of, length_of
from recognizer.types import Photo, TextRegion


@dataclass(frozen=True, slots=True)
class SingleLines:
    """Finds the likely lines of a photo again."""

    finder: Finder
    settings: LookingSettings = LOOKING

    def regions(self, photo: Photo, regions: Sequence[TextRegion]) -> list[TextRegion]:
        """What is seen on and beside the likeliest of the regions, in the photo's pixels."""
        likely = sorted(filter(may_be_code, regions), key=likeliest_first)
        seen: list[TextRegion] = []
        for region in likely[: self.settings.alone_lines]:
            seen += [found for found in self._around(photo, region) if not covered(found, seen)]
        return seen

    def _around(self, photo: Photo, region: TextRegion) -> Iterator[TextRegion]:
        height = max(height_of(region.quad), 1.0)
        width = max(length_of(region.quad), 1.0)
        shown = min(self.settings.alone_most, height)  # a huge line would fill the memory
        beside, above = (air * shown for air in self.settings.alone_air)
        size = (width * shown / height, shown)
        part = upright_part(photo, region.quad, size, (beside, above))
        longest = max(part.photo.width, part.photo.height)
        scale = min(self.settings.alone_letters / shown, self.finder.side / longest)
        for found in self.finder.find(part.photo, scale):
            yield part.region(found)
