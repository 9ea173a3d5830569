"""The line of a doubtful photo's best code, read again from several rectified crops.

Each crop is cut a little differently, read by beam search and both heads, and ranked among all the
photo's lines; the crops then vote. A reading that rests on an accident of one cut does not win.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from recognizer.calibration import Scored
from recognizer.looking.double_reading import DoubleReading
from recognizer.looking.line_reading import LineReader, read_line
from recognizer.looking.passes import Seen
from recognizer.looking.photo_text import PhotoText
from recognizer.looking.settings import LOOKING, LookingSettings
from recognizer.looking.views import squeezed
from recognizer.looking.voting import View, agreement, surest, unspoken, vote
from recognizer.quads import wider
from recognizer.reading.rectify import rectified_crop, unframed
from recognizer.reading.tokenizer import DecodedText
from recognizer.types import Photo, Pixels, Quad
from stylecode import RankedCode, ReadLine, key, rank


@dataclass(frozen=True, slots=True)
class Recut:
    """Reads the best code's line again, closely, from several cuts that vote with the first."""

    in_full: LineReader
    double: DoubleReading
    settings: LookingSettings = LOOKING
    name: str = "recut"

    def wanted(self, seen: Seen) -> bool:
        """Unless there is no code, or both readers, or both heads and the reader, agree on it."""
        text = seen.text
        if not text.codes:
            return False
        line = text.lines[text.codes[0].line]
        if line.heard:
            return line.confidence < self.settings.borne_out
        return not (text.settled and text.witnessed and self._borne_out(seen))

    def run(self, seen: Seen) -> Seen:
        """The codes after the vote; what other cuts of the same line do not show is no code."""
        text, number = seen.text, seen.text.codes[0].line
        there = [read_line(line, seen.size) for line in text.lines]
        quad = text.lines[number].region.quad
        cuts = [wider(quad, *air) for air in self.settings.recuts]
        crops = self._crops(seen.grey, cuts)
        readings = self.in_full.recogniser.read_closely(crops, self.settings.beams)
        readings += [[heard] for heard in self._heard(seen.photo, cuts)]
        views = [surest(text.codes), *(self._view(one, there, number) for one in readings)]
        voted = vote(views)
        scored = Scored(voted, agreement(views, voted)) if self._shown(voted) else Scored(())
        return seen.reading(PhotoText(text.lines, scored, self.settings))

    def _heard(self, photo: Photo, cuts: Sequence[Quad]) -> list[DecodedText]:
        """What the witness reads in the same cuts."""
        if not self.double.ready:
            return []
        return self.double.witness.read([rectified_crop(photo.pixels, cut) for cut in cuts])

    def _borne_out(self, seen: Seen) -> bool:
        """Whether the reader itself reads the best code's line as it was skimmed."""
        line = seen.text.lines[seen.text.codes[0].line]
        if line.confidence >= self.settings.borne_out:
            return True
        (again,) = self.in_full.read(seen.grey, [line.region])
        return key(again.text) == key(line.text)

    def _shown(self, codes: Sequence[RankedCode]) -> bool:
        """Whether the cuts of a line agree on a code, or that there is one, though hard to read."""
        if not codes:
            return False
        settings = self.settings
        there = codes[0].place >= settings.certain
        return codes[0].confidence >= (settings.least_certain if there else settings.least_voted)

    def _view(
        self, readings: Sequence[DecodedText], lines: Sequence[ReadLine], number: int
    ) -> View:
        """The codes of one cut's readings among all the photo's lines."""
        found: list[RankedCode] = []
        most = readings[: self.settings.beams]
        least = self.settings.worth * readings[0].confidence if readings else 0.0
        for reading in (one for one in most if one.confidence >= least):
            fresh = replace(
                lines[number],
                text=reading.text,
                alternatives=reading.alternatives,
                confidence=reading.confidence,
            )
            share = unspoken(reading)
            ranked = rank([*lines[:number], fresh, *lines[number + 1 :]])
            found += [replace(code, confidence=code.confidence * share) for code in ranked]
        return surest(found)

    def _crops(self, grey: Pixels, cuts: Sequence[Quad]) -> list[Pixels]:
        crops = [unframed(rectified_crop(grey, cut)) for cut in cuts]
        return [*crops, squeezed(crops[0])]
