"""The finder again, over the part of a doubtful photo with its likely lines, larger and turned.

Which neighbour a line is joined with, and where its quad ends, often hangs on accidents of the
picture's grid. On its side the same label falls otherwise on the grid, and what was cut short or
merged is mostly found well.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from recognizer.finding.finder import Finder
from recognizer.looking.line_reading import likeliest_first, may_be_code
from recognizer.looking.parts import Part
from recognizer.types import Photo, TextRegion

LINES = 10  # of the likeliest that the part has to hold
ENLARGED = 4 / 3  # times as large as the finder saw the photo first,
LARGEST = 2.0  # but no more than so many times the photo's own size
PROPORTION = 0.75  # a photo's short side, of its long one


@dataclass(frozen=True, slots=True)
class TurnedLook:
    """Finds the lines of a photo again, with the photo turned by so many quarters."""

    finder: Finder
    quarters: int

    def regions(self, photo: Photo, regions: Sequence[TextRegion]) -> list[TextRegion]:
        """What is seen around the likeliest of the regions, in the photo's pixels."""
        likely = sorted(filter(may_be_code, regions), key=likeliest_first)[:LINES]
        if not likely:
            return []
        part = Part.around(likely, photo)
        return part.found(self.finder, photo, self._scale(photo, part), self.quarters)

    def _scale(self, photo: Photo, part: Part) -> float:
        """Larger than at first, as far as the network's picture gets no larger than a photo's."""
        side = self.finder.side
        room = side * math.sqrt(PROPORTION / (part.width * part.height))
        longest = ENLARGED * side / max(part.width, part.height)
        return min(ENLARGED * self.finder.scale(photo), LARGEST, room, longest)
