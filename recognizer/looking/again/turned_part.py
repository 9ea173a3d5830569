"""The finder again, over the part of a photo with its likely lines, larger and turned.

Which neighbour a line is joined with, and where its quad ends, often hangs on accidents of the
picture's grid. On its side the same label falls otherwise on the grid, and what was cut short or
merged is mostly found well.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from recognizer.finding.finder import Finder
from recognizer.looking.again.part_around import part_around
from recognizer.looking.line_reading import likeliest_first, may_be_code
from recognizer.looking.settings import LOOKING, LookingSettings
from recognizer.photo.part import Rectangle
from recognizer.types import Photo, TextRegion


@dataclass(frozen=True, slots=True)
class TurnedPart:
    """Finds the lines of a photo again, with the photo turned by so many quarters."""

    finder: Finder
    quarters: int = 1
    settings: LookingSettings = LOOKING

    def regions(self, photo: Photo, regions: Sequence[TextRegion]) -> list[TextRegion]:
        """What is seen around the likeliest of the regions, in the photo's pixels."""
        likely = sorted(filter(may_be_code, regions), key=likeliest_first)
        if not likely:
            return []
        around = part_around(likely[: self.settings.turned_lines], photo, self.settings.part_air)
        part = around.of(photo, self.quarters)
        found = self.finder.find(part.photo, self._scale(photo, around))
        return [part.region(region) for region in found]

    def _scale(self, photo: Photo, part: Rectangle) -> float:
        """Larger than at first, as far as the network's picture gets no larger than a photo's."""
        settings, side = self.settings, self.finder.side
        room = side * math.sqrt(settings.proportion / (part.width * part.height))
        longest = settings.turned_enlarged * side / max(part.width, part.height)
        wished = settings.turned_enlarged * self.finder.scale(photo)
        return min(wished, settings.turned_most, room, longest)
