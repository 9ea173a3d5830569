"""Small print looked at again, enlarged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from recognizer.finding.finder import Finder
from recognizer.looking.line_reading import height_of, likeliest_first
from recognizer.looking.parts import Part, middle_height
from recognizer.types import Photo, TextRegion

FAINT = 0.05  # how much small print has to look like a code; it does less than it should
SMALL = 16.0  # pixels of the finder's picture; lower lines are seen better enlarged
ENLARGED = 28.0  # pixels that they are enlarged to
LARGEST = 2.5  # times the photo's own size, at most
LEAST = 1.2  # times larger than before, or it is not worth it
ENOUGH = 10  # small lines that are enlarged, with what is between them


@dataclass(frozen=True, slots=True)
class SmallPrint:
    """Finds the lines that are too low for the finder again."""

    finder: Finder

    def regions(self, photo: Photo, regions: Sequence[TextRegion]) -> list[TextRegion]:
        """What is seen where they are, in the photo's pixels; empty where there are none."""
        scale = self.finder.scale(photo)
        low = (region for region in regions if height_of(region.quad) * scale < SMALL)
        faint = (region for region in low if region.code is None or region.code >= FAINT)
        small = sorted(faint, key=likeliest_first)[:ENOUGH]
        if not small:
            return []
        part = Part.around(small, photo)
        longest = self.finder.side / max(part.width, part.height)
        factor = min(ENLARGED / middle_height(small), LARGEST, longest)
        return part.found(self.finder, photo, factor) if factor >= LEAST * scale else []
