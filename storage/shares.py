"""So many of a count, and how far that can be trusted."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

_Z = 1.959964  # standard deviations around a normal mean that hold 95 %


def wilson(right: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson, 1927); 0 to 1 where nothing was counted.

    Unlike the bootstrap's it says of 5 of 5 that the next one may well be wrong.
    """
    if not count:
        return 0.0, 1.0
    share, spread = right / count, _Z * _Z / count
    middle = share + spread / 2
    reach = math.sqrt(spread * (share * (1 - share) + spread / 4))
    low, high = ((middle + sign * reach) / (1 + spread) for sign in (-1, 1))
    return max(0.0, min(low, share)), min(1.0, max(high, share))


@dataclass(frozen=True, slots=True)
class Share:
    """`right` of `count`."""

    right: int
    count: int

    @classmethod
    def of(cls, outcomes: Iterable[bool]) -> Self:
        """How many of them are true."""
        found = list(outcomes)
        return cls(sum(found), len(found))

    @property
    def value(self) -> float | None:
        """In 0..1; None of nothing."""
        return self.right / self.count if self.count else None

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the value."""
        return wilson(self.right, self.count)

    def __str__(self) -> str:
        if not self.count:
            return "-"
        low, high = self.interval
        around = f"{low * 100:.0f}–{high * 100:.0f}"
        return f"{self.right} of {self.count}, {self.right / self.count * 100:.0f} % ({around})"

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.count + other.count)
