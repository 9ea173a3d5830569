"""What a look at a photo is: a pass that takes what was seen so far and gives what is seen then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from recognizer.looking.photo_text import PhotoText, ranked
from recognizer.types import Barcode, Photo, Pixels, RegionReading, TextRegion


@dataclass(frozen=True, slots=True)
class Seen:
    """A photo (`grey` is HxW) with what the finder found on it, and what was read so far."""

    photo: Photo
    grey: Pixels
    found: tuple[TextRegion, ...]
    barcodes: tuple[Barcode, ...]
    text: PhotoText

    @property
    def size(self) -> tuple[int, int]:
        """The photo's width and height in pixels."""
        return self.photo.width, self.photo.height

    def reading(self, text: PhotoText) -> Seen:
        """The same with this text instead."""
        return replace(self, text=text)

    def with_lines(self, lines: Sequence[RegionReading]) -> Seen:
        """The same with the codes among these lines."""
        return self.reading(ranked(list(lines), self.size, self.text.settings))


class Pass(Protocol):
    """One way to look at a photo. It keeps no state, so threads may share it."""

    @property
    def name(self) -> str:
        """What settings leave it out by."""
        ...

    def wanted(self, seen: Seen) -> bool:
        """Whether it may add anything to what was seen."""
        ...

    def run(self, seen: Seen) -> Seen:
        """What is seen with it."""
        ...


def run_all(passes: Sequence[Pass], seen: Seen) -> Seen:
    """One pass after the other, those that are wanted."""
    left_out = seen.text.settings.left_out
    for one in passes:
        if one.name not in left_out and one.wanted(seen):
            seen = one.run(seen)
    return seen
