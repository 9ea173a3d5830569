"""Whether what was read is so: for all fields one scale, and one place that decides.

Small print is easily misread, and a wrong size is worse than none. Each value begins with the odds
that its line was read right. What says the same multiplies them: the other reader, another print
on the tag, a size of the same shoe in another system, a form that hardly anything is misread as.
What says otherwise divides them. One reader's word alone is never enough.
"""

from __future__ import annotations

from dataclasses import dataclass

LEAST_SO = 0.95
"""How likely a value has to be to be shown."""

WORTH = 20.0
"""What one voice for or against is worth, in odds: two poor readings that agree are no chance, and
one that contradicts a good one leaves too much doubt. Chosen on labelled photos."""

_SURE_READING = 0.94  # of a reading: below `LEAST_SO`, as codes read wrongly at 0.97 have taught


@dataclass(frozen=True, slots=True)
class Evidence:
    """How sure a reader was, 0..1, and how many other voices there are, those against taken off."""

    confidence: float
    voices: int = 0

    @property
    def odds(self) -> float:
        """That it is so."""
        sure = min(max(self.confidence, 0.0), _SURE_READING)
        return sure / (1 - sure) * WORTH**self.voices

    @property
    def so(self) -> bool:
        """Whether it may be shown."""
        return self.odds >= LEAST_SO / (1 - LEAST_SO)

    def heard(self, voices: int) -> Evidence:
        """The same with more voices for it, or against it where that is negative."""
        return Evidence(self.confidence, self.voices + voices)

    def and_(self, other: Evidence) -> Evidence:
        """Of what needs both to be read right."""
        return Evidence(min(self.confidence, other.confidence), min(self.voices, other.voices))
