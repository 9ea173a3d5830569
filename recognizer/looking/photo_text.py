"""What was read on a photo: lines and the codes among them."""

from __future__ import annotations

from dataclasses import dataclass

from recognizer.calibration import Scored
from recognizer.looking.line_reading import read_line
from recognizer.looking.settings import LOOKING, LookingSettings
from recognizer.types import RegionReading
from stylecode import RankedCode, key, rank
from stylecode.tag.labels import skeleton


@dataclass(frozen=True, slots=True)
class PhotoText:
    """The lines read on a photo and the codes among them, best first."""

    lines: list[RegionReading]
    scored: Scored
    settings: LookingSettings = LOOKING

    @property
    def codes(self) -> tuple[RankedCode, ...]:
        """The codes, best first."""
        return self.scored.codes

    @property
    def confidence(self) -> float:
        """The best code's, 0 without one."""
        return self.codes[0].confidence if self.codes else 0.0

    @property
    def settled(self) -> bool:
        """Whether a code is so sure that no other line need be read."""
        return self.confidence >= self.settings.settled

    @property
    def clear(self) -> bool:
        """Whether another look would only say the same: sure of a code, or of all its characters.

        Zero or O is no question for another look: print that is alike stays so.
        """
        if self.settled or not self.codes:
            return self.settled
        best = self.codes[0]
        same = sum(one.confidence for one in self.codes if _as_print(one) == _as_print(best))
        least = self.settings.spelled * best.place
        spelled = same >= least and self.scored.agreement == 1.0
        sure = spelled and best.confidence >= self.settings.least_spelled
        return same >= self.settings.settled or sure

    @property
    def witnessed(self) -> bool:
        """Whether both heads of the recogniser read the best code's line alike."""
        return bool(self.codes) and self.lines[self.codes[0].line].witnessed

    @property
    def borne_out(self) -> bool:
        """Whether the best code is clear, and on a line that the witness has read, too."""
        return self.clear and bool(self.codes) and self.lines[self.codes[0].line].heard


def ranked(
    lines: list[RegionReading], size: tuple[int, int], settings: LookingSettings = LOOKING
) -> PhotoText:
    """The codes among the lines of a photo of this width and height."""
    codes = rank([read_line(line, size) for line in lines])
    agreed = _shared(codes[0], lines[codes[0].line]) if codes else 1.0
    return PhotoText(lines, Scored(codes, agreed), settings)


def _shared(code: RankedCode, line: RegionReading) -> float:
    """The share of its line's readers who read a code as it is, in print that looks alike."""
    readers = [skeleton(key(text)) for text in line.said]
    return sum(_as_print(code) in reader for reader in readers) / len(readers) if readers else 1.0


def _as_print(code: RankedCode) -> str:
    return skeleton(key(code.code))
