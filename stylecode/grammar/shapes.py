"""What the known shapes say of each other: parts of longer ones, beginnings, places of dots."""

from __future__ import annotations

import re
from functools import cache

from stylecode.grammar.brands import grammar
from stylecode.grammar.patterns import DIGITS, LETTERS, Shape


@cache
def dotted() -> frozenset[int]:
    """Places before which some brand always prints a dot."""
    return frozenset(
        at for shape in grammar().shapes for at, kind in shape.gaps.items() if kind == "."
    )


def kin(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether some brand is among both."""
    return not set(one).isdisjoint(other)


@cache
def begins_another(shape: Shape) -> bool:
    """Whether a longer shape may begin with a code of this one."""
    return any(_within(shape, other, 0) for other in grammar().shapes if len(other) > len(shape))


@cache
def is_a_part(shape: Shape) -> bool:
    """Whether a longer shape may begin with a code of this one and then have a gap."""
    longer = [other for other in grammar().shapes if len(shape) in other.gaps]
    return any(_within(shape, other, 0) for other in longer)


@cache
def ends_another(shape: Shape) -> bool:
    """Whether a longer shape may end in a code of this one."""
    longer = [other for other in grammar().shapes if len(other) > len(shape)]
    return any(_within(shape, other, len(other) - len(shape)) for other in longer)


def _within(shape: Shape, longer: Shape, at: int) -> bool:
    gaps = {place - at for place in longer.gaps if 0 < place - at < len(shape)}
    there = longer.slots[at : at + len(shape)]
    return gaps == set(shape.gaps) and all(
        not one.isdisjoint(two) for one, two in zip(shape.slots, there, strict=True)
    )


_STRONG_SHAPE = 2.0


@cache
def _telling() -> tuple[Shape, ...]:
    return tuple(
        shape
        for shape in grammar().shapes
        if shape.strength >= _STRONG_SHAPE and all(len(slot) == 1 for slot in shape.slots[:2])
    )


def begins_a_strong_one(text: str) -> bool:
    """Whether a text is the beginning of a code whose shape is strong and tells its brand.

    A plain number is none: many begin so.
    """
    return not DIGITS.issuperset(text) and any(
        len(shape) > len(text)
        and all(char in slot for char, slot in zip(text, shape.slots, strict=False))
        for shape in _telling()
    )


_BEGINNING = re.compile("[A-Z0-9]{2,}")


@cache
def beginnings() -> tuple[tuple[str, int], ...]:
    """Characters that only one brand's codes begin with, and how long the shortest of these is.

    A shorter beginning may be that of another form of the same brand, parted by a dash ("VN-0").
    """
    least: dict[str, int] = {}
    for shape in grammar().shapes:
        begins = _BEGINNING.match(shape.pattern.replace("~", "").replace("-", ""))
        if begins and any(char in DIGITS for char in begins[0]) and begins[0][0] in LETTERS:
            least[begins[0]] = min(len(shape), least.get(begins[0], len(shape)))
    return tuple(least.items())
