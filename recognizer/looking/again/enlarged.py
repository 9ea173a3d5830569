"""Small print looked at again, enlarged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from recognizer.finding.finder import Finder
from recognizer.looking.again.part_around import part_around
from recognizer.looking.line_reading import LineReader, likeliest_first
from recognizer.looking.other_ways import OtherWays
from recognizer.looking.passes import Seen
from recognizer.looking.settings import LOOKING, LookingSettings
from recognizer.quads import height_of, middle_height
from recognizer.types import Photo, TextRegion


@dataclass(frozen=True, slots=True)
class SmallPrint:
    """Finds the lines that are too low for the finder again."""

    finder: Finder
    settings: LookingSettings = LOOKING

    def regions(self, photo: Photo, regions: Sequence[TextRegion]) -> list[TextRegion]:
        """What is seen where small ones are, in the photo's pixels; empty where there are none."""
        settings, scale = self.settings, self.finder.scale(photo)
        low = (region for region in regions if height_of(region.quad) * scale < settings.small)
        faint = (one for one in low if one.code is None or one.code >= settings.faint)
        small = sorted(faint, key=likeliest_first)[: settings.enlarged_lines]
        if not small:
            return []
        around = part_around(small, photo, settings.part_air)
        longest = self.finder.side / max(around.width, around.height)
        wished = settings.enlarged_to / middle_height(small)
        factor = min(wished, settings.enlarged_most, longest)
        if factor < settings.enlarged_least * scale:
            return []
        part = around.of(photo)
        return [part.region(region) for region in self.finder.find(part.photo, factor)]


@dataclass(frozen=True, slots=True)
class Enlarged:
    """Reads small print as it is seen enlarged."""

    small: SmallPrint
    lines: LineReader
    others: OtherWays
    name: str = "enlarged"

    def wanted(self, seen: Seen) -> bool:
        """Where another look may say more."""
        return not seen.text.clear

    def run(self, seen: Seen) -> Seen:
        """The codes with what is seen so in place of what was read there."""
        near = self.small.regions(seen.photo, [line.region for line in seen.text.lines])
        if not near:
            return seen
        fresh = self.lines.likeliest(seen.grey, near)[: seen.text.settings.first_lines]
        lines = self.lines.read(seen.grey, fresh)
        return seen.with_fresh(fresh, [*lines, *self.others.read(seen.grey, lines)])
