"""The first look at a photo: the likeliest lines, and all others where those leave doubt."""

from __future__ import annotations

from dataclasses import dataclass

from recognizer.looking.line_reading import LineReader
from recognizer.looking.passes import Seen
from recognizer.looking.settings import LookingSettings
from recognizer.types import Barcode, RegionReading, TextRegion


@dataclass(frozen=True, slots=True)
class FirstLines:
    """Reads the lines that look most like a code, and what a Code 128 spells."""

    lines: LineReader
    settings: LookingSettings
    name: str = "first lines"

    def wanted(self, seen: Seen) -> bool:
        """Always."""
        return True

    def run(self, seen: Seen) -> Seen:
        """The codes among them."""
        regions = self.lines.likeliest(seen.grey, seen.found)[: self.settings.first_lines]
        bars = (barcode for barcode in seen.barcodes if barcode.format == "CODE-128")
        return seen.with_lines([*map(_spelled, bars), *self.lines.read(seen.grey, regions)])


@dataclass(frozen=True, slots=True)
class AllLines:
    """Reads the other lines."""

    lines: LineReader
    settings: LookingSettings
    name: str = "all lines"

    def wanted(self, seen: Seen) -> bool:
        """Where no code is sure."""
        return not (seen.text.settled or seen.text.borne_out)

    def run(self, seen: Seen) -> Seen:
        """The codes among all of them."""
        first, most = self.settings.first_lines, self.settings.most_lines
        regions = self.lines.likeliest(seen.grey, seen.found)[first:most]
        lines = [*seen.text.lines, *self.lines.read(seen.grey, regions)]
        return seen.with_lines(lines)


def _spelled(barcode: Barcode) -> RegionReading:
    """A Code 128 as a line that is read without doubt."""
    alternatives = tuple(((char, 1.0),) for char in barcode.text)
    return RegionReading(TextRegion(barcode.quad, 1.0), barcode.text, alternatives, 0.99, True)
