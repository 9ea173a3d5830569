"""The likeliest lines read by the witness, too, before anything else is tried."""

from __future__ import annotations

from dataclasses import dataclass

from recognizer.looking.double_reading import DoubleReading
from recognizer.looking.passes import Seen
from recognizer.looking.settings import LookingSettings


@dataclass(frozen=True, slots=True)
class Witnessed:
    """Has the witness read the first so many lines that it has not read yet."""

    double: DoubleReading
    settings: LookingSettings
    most: int
    name: str = "witness"

    def wanted(self, seen: Seen) -> bool:
        """Where there is a witness, unless it has read the best code and that is clear."""
        return self.double.ready and not seen.text.borne_out

    def run(self, seen: Seen) -> Seen:
        """The codes among the lines as both readers have them."""
        best = [code.line for code in seen.text.codes]
        order = list(dict.fromkeys([*best, *range(len(seen.text.lines))]))
        lines = [seen.text.lines[at] for at in order]
        most = 1 if seen.text.clear else self.most
        return seen.with_lines(self.double.borne_out(seen.photo, lines, most))
