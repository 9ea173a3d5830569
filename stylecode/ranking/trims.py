"""What may be left out at the ends of a span: rules of a table, a frame, Hangul glued to a code."""

from __future__ import annotations

import math
from collections.abc import Iterator

from stylecode.grammar.patterns import DIGITS, LETTERS
from stylecode.ranking.signals import NOTHING, Signal, Signals
from stylecode.tag.reading import Atom, TagRow

STRONG = 1.7  # strength of a shape that stands out also with a letter at its end

_LEAST_RULED = 6  # shorter spans lose no stroke
_MOST_SMUDGED = 3
_LEAST_SURE = 0.6  # characters read less surely may be none
_STROKES = frozenset("1IJLT")
_MERE_IN_FRONT, _MERE_BEHIND = frozenset("I"), frozenset("IJ")


def trims(row: TagRow, first: int, last: int, head: int, tail: int) -> Iterator[tuple[int, int]]:
    """The span, and the span less what may be none of it at an end; at both only a frame's strokes.

    `head` is where its first run of letters and digits ends, `tail` where its last begins.
    """
    yield first, last
    if last - first <= _LEAST_RULED:
        return
    for left in range(first + 1, min(first + _MOST_SMUDGED, last - _LEAST_RULED, head - 1) + 1):
        beside = row.atoms[left]
        one = left == first + 1 and _may_go(row.atoms[first], beside)
        if one or all(_smudged(atom, beside) for atom in row.atoms[first:left]):
            yield left, last
    if tail < last - 1 and _may_go(row.atoms[last - 1], row.atoms[last - 2]):
        yield first, last - 1
        ends = {row.atoms[first].char, row.atoms[last - 1].char}
        if first + 1 < head and last - first > _LEAST_RULED + 1 and ends <= _STROKES:
            yield first + 1, last - 1


def _may_go(atom: Atom, beside: Atom) -> bool:
    return atom.char in _STROKES or atom.char in LETTERS or _smudged(atom, beside)


def _smudged(atom: Atom, beside: Atom) -> bool:
    """Whether the atom may be none; a digit beside another belongs to its number."""
    return _doubtful(atom) and not (atom.char in DIGITS and beside.char in DIGITS)


def least_strength(row: TagRow, first: int, left: int, right: int, last: int) -> float:
    """How strong a shape has to be so that this is left out: much for a letter read surely."""
    left_out = (*row.atoms[first:left], *row.atoms[right:last])
    plain = all(atom.char in _STROKES or _doubtful(atom) for atom in left_out)
    return -math.inf if plain else STRONG


def _doubtful(atom: Atom) -> bool:
    return atom.listed[atom.char] < _LEAST_SURE


def ruled(row: TagRow, first: int, left: int, right: int, last: int) -> Signals:
    """Strokes and smudges that are left out in front or behind."""
    found = [_left_out(atom, _MERE_IN_FRONT) for atom in row.atoms[first:left]]
    found += [_left_out(atom, _MERE_BEHIND) for atom in row.atoms[right:last]]
    return sum(found, NOTHING)


def _left_out(atom: Atom, mere: frozenset[str]) -> Signals:
    if _doubtful(atom):
        return (("smudge left out", 1.0),)
    if atom.char in mere:
        return (("stroke left out", 1.0),)
    sure: Signal = "one left out" if atom.char == "1" else "letter left out"
    return ("stroke left out", 1.0), (sure, atom.listed[atom.char])
