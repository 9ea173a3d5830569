"""Lines read by TRBA, and the likeliest of them by an independent witness, too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from recognizer.looking.fusing import fused
from recognizer.looking.settings import LookingSettings
from recognizer.quads import height_of, length_of, wider
from recognizer.reading.rectify import rectified_crop
from recognizer.reading.tokenizer import DecodedText
from recognizer.types import Photo, Pixels, RegionReading

LEAST_LONG = 2.0  # heights: five narrow letters


class LineWitness(Protocol):
    """A reader of another make, such as `WitnessReader`; while not `ready` none is asked."""

    @property
    def version(self) -> str:
        """Which network it is."""
        ...

    @property
    def ready(self) -> bool:
        """Whether it can be asked."""
        ...

    def read(self, crops: Sequence[Pixels]) -> list[DecodedText]:
        """The reading of each HxWx3 RGB crop, in order."""
        ...


class NoWitness:
    """Nobody to ask."""

    version = "none"
    ready = False

    def read(self, crops: Sequence[Pixels]) -> list[DecodedText]:
        """Never called."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class DoubleReading:
    """Puts a witness's readings to those that are there."""

    witness: LineWitness
    settings: LookingSettings

    @property
    def ready(self) -> bool:
        """Whether there is a witness."""
        return self.witness.ready

    def borne_out(
        self, photo: Photo, lines: Sequence[RegionReading], most: int
    ) -> list[RegionReading]:
        """The lines, in order; the first so many that may hold a code as both readers have them."""
        found = list(lines)
        if self.ready:
            asked = [at for at, line in enumerate(lines) if self.open(line)][:most]
            heard = self.witness.read([self._crop(photo, lines[at]) for at in asked])
            for at, other in zip(asked, heard, strict=True):
                found[at] = self._both(lines[at], other)
        return found

    def open(self, line: RegionReading) -> bool:
        """Whether the witness has not read the line, and may find a code there.

        Short lines hold none, nor do words that are surely read.
        """
        if line.heard or length_of(line.region.quad) < LEAST_LONG * height_of(line.region.quad):
            return False
        sure = line.confidence >= self.settings.wordly
        return not sure or any(char.isdigit() for char in line.text)

    def _both(self, line: RegionReading, heard: DecodedText) -> RegionReading:
        ours = DecodedText(line.text, line.alternatives, line.confidence)
        both = fused(ours, heard, self.settings)
        witnessed = line.witnessed and both is not heard
        return replace(
            line,
            text=both.text,
            alternatives=both.alternatives,
            confidence=both.confidence,
            witnessed=witnessed,
            said=(line.text, heard.text),
        )

    def _crop(self, photo: Photo, line: RegionReading) -> Pixels:
        """A little more than the line's quad: the witness was trained on looser ones."""
        return rectified_crop(photo.pixels, wider(line.region.quad, *self.settings.witness_air))
