"""How often and how strongly the hard effects show: never at difficulty 0, in full from `FULL`.

Every effect that can make a code hard to read for a person takes its chance and its strength from
here, so that "difficulty" means the same for all of them.
"""

from __future__ import annotations

FULL = 0.95
_STEEP = 2.5  # chances start slowly: below a difficulty of 0.4 hardly any photo shows one


def strain(difficulty: float) -> float:
    """How far the strengths have risen: 0 at difficulty 0, 1 from `FULL` on."""
    return min(1.0, max(0.0, difficulty) / FULL)


def chance(most: float, difficulty: float) -> float:
    """The probability of an effect: `most` in hard photos, none in easy ones."""
    return most * float(strain(difficulty) ** _STEEP)


def grown(easy: float, hard: float, difficulty: float) -> float:
    """A strength that is `easy` at difficulty 0 and `hard` from `FULL` on."""
    return easy + (hard - easy) * strain(difficulty)
