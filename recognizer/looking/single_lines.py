"""The finder again, close to the likely lines of a doubtful photo.

On the whole photo a line's quad may take in a neighbour, miss an end, or lie loosely around small
print. Seen alone, upright and at the size of letters that the finder knows best, the same line is
found far better, and it costs a thirtieth of the whole photo.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from recognizer.finding.finder import Finder
from recognizer.looking.line_reading import height_of, length_of, likeliest_first, may_be_code
from recognizer.looking.parts import covered
from recognizer.photo.excerpt import Excerpt
from recognizer.types import Photo, TextRegion

MOST = 3  # lines that are looked at
LETTERS = 30.0  # pixels that a line is high in the finder's picture
LARGEST = 64.0  # pixels that it is high where it is cut out, at most
ALONG, ACROSS = 3.0, 0.8  # air around a line, in its heights


@dataclass(frozen=True, slots=True)
class CloserLook:
    """Finds the likely lines of a photo again."""

    finder: Finder

    def regions(self, photo: Photo, regions: Sequence[TextRegion]) -> list[TextRegion]:
        """What is seen on and beside the likeliest of the regions, in the photo's pixels."""
        likely = sorted(filter(may_be_code, regions), key=likeliest_first)
        seen: list[TextRegion] = []
        for region in likely[:MOST]:
            seen += [found for found in self._around(photo, region) if not covered(found, seen)]
        return seen

    def _around(self, photo: Photo, region: TextRegion) -> Iterator[TextRegion]:
        height = max(height_of(region.quad), 1.0)
        width = max(length_of(region.quad), 1.0)
        shown = min(LARGEST, height)  # a huge line would fill the memory
        size, air = (width * shown / height, shown), (ALONG * shown, ACROSS * shown)
        part = Excerpt(photo, region.quad, size, air)
        longest = max(part.photo.width, part.photo.height)
        for found in self.finder.find(part.photo, min(LETTERS / shown, self.finder.side / longest)):
            yield part.region(found)
