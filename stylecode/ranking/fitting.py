"""How well a span of a row fits a shape: its characters, and the separators between them."""

from __future__ import annotations

import math
import re

from stylecode.grammar.brands import grammar
from stylecode.grammar.lookalikes import TWINS
from stylecode.grammar.patterns import DIGITS, Shape
from stylecode.grammar.shapes import dotted
from stylecode.ranking.evidence import STRAYS
from stylecode.ranking.signals import NOTHING, Signal, Signals, log_odds, when
from stylecode.tag.reading import Atom, TagRow

SIZES = re.compile("2[1-9][05]|30[05]|310")
_MOST_MISFIT = 3.0  # a place that gets six nats less than it was read with is none of the shape
_HINT = 0.1  # a probability that the reader gives to a letter where it read a digit
_MOST_ODD = 4  # characters outside the shape


def fit(row: TagRow, first: int, shape: Shape, printed: dict[int, str]) -> Signals | None:
    """What speaks against the atoms from `first` having this shape; None: they do not have it.

    `printed` are the separators by place.
    """
    if _lacks_its_label(row, first, shape):
        return None
    strays = {place: gap for place, gap in printed.items() if not shape.takes(place, gap)}
    if len(strays) > 1 or not STRAYS.issuperset(strays.values()):
        return None
    misfit = _misfit(row, first, shape)
    if misfit is None or not all(_torn(row, first, place, shape) for place in strays):
        return None
    found = misfit
    for place, gap in printed.items():
        if place in strays:
            found += when("stray separator")
            elsewhere = _another_s(place, shape, printed) or (gap == "." and place in dotted())
            found += when("another shape's separator", elsewhere)
        elif gap == " " and shape.gaps[place] == "=":
            found += when("spaced")
        found += when("size beside", _size_beside(row, first, place, shape))
        if gap == " " and shape.gaps.get(place) == "=" and _digits_behind(row, first, place, shape):
            continue  # no colour word, which may stand there on its own
        if row.atoms[first + place - 1].line != row.atoms[first + place].line:
            found += when("apart")
    for place, kind in shape.gaps.items():
        if place not in printed:
            if not shape.takes(place, ""):
                return None
            found += when("joined", kind == "-")
    return found


def _lacks_its_label(row: TagRow, first: int, shape: Shape) -> bool:
    """Whether the label that the brand counts as a part of a code stands in front, left out."""
    if not shape.own_label or shape.begins_with_label:
        return False
    before = row.text[: row.atoms[first].column].rstrip(" -._/:")
    further = before.removesuffix(shape.own_label)
    return further != before and not further[-1:].isalnum()


def _another_s(place: int, shape: Shape, printed: dict[int, str]) -> bool:
    """Whether the one separator stands where another shape of this length has its only one."""
    others = (other.gaps for other in grammar().by_length[len(shape)])
    return len(printed) == 1 and any(list(gaps) == [place] for gaps in others)


def _size_beside(row: TagRow, first: int, place: int, shape: Shape) -> bool:
    """Whether what ends the span is a line of its own and may be a size in millimetres."""
    before, *behind = row.atoms[first + place - 1 : first + len(shape)]
    if any(atom.line == before.line for atom in behind):
        return False
    return SIZES.fullmatch("".join(atom.char for atom in behind)) is not None


def _digits_behind(row: TagRow, first: int, place: int, shape: Shape) -> bool:
    return all(atom.char in DIGITS for atom in row.atoms[first + place : first + len(shape)])


def _torn(row: TagRow, first: int, place: int, shape: Shape) -> bool:
    """Whether a separator may be a slip: the shape has gaps, and digits stand on both its sides.

    A word next to a number is no torn code.
    """
    atoms = row.atoms[first : first + len(shape)]
    halves = (_run(atoms, place - 1, -1), _run(atoms, place, 1))
    return all(any(atom.char in DIGITS for atom in half) for half in halves)


def _run(atoms: tuple[Atom, ...], at: int, step: int) -> list[Atom]:
    """The atoms from `at` that touch each other, in one direction."""
    run = [atoms[at]]
    while 0 <= at + step < len(atoms) and atoms[at + step].column == atoms[at].column + step:
        at += step
        run.append(atoms[at])
    return run


def _misfit(row: TagRow, first: int, shape: Shape) -> Signals | None:
    """The characters outside the shape, in nats each; None where they are too many."""
    atoms = row.atoms[first : first + len(shape)]
    odd = [
        (atom, allowed)
        for atom, allowed in zip(atoms, shape.slots, strict=True)
        if atom.char not in allowed
    ]
    if len(odd) > _MOST_ODD:
        return None
    if odd and not shape.needs_name and _only_digits(atoms, odd):
        return None
    found = NOTHING
    for atom, allowed in odd:
        mass = atom.mass(allowed)
        if mass <= 0.0:
            return None
        twin = not allowed.isdisjoint(TWINS.get(atom.char, ""))
        free = len(allowed) == 1 and shape.free  # what is fixed is all that tells such a shape
        kind: Signal = "twin" if twin else "misfit of what is fixed" if free else "misfit"
        found += ((kind, math.log(mass)),)
    return found if log_odds(found) >= -_MOST_MISFIT else None


def _only_digits(atoms: tuple[Atom, ...], odd: list[tuple[Atom, frozenset[str]]]) -> bool:
    """Whether digits stand everywhere, read without hints of the letters that the shape wants.

    Look-alikes alone must not turn a plain number into a shape that needs no label.
    """
    return all(atom.char in DIGITS for atom in atoms) and not all(
        sum(atom.listed.get(char, 0.0) for char in allowed) >= _HINT for atom, allowed in odd
    )
