"""Spans of a row that may be a code, each with the shape it has and the log-odds that it is one."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from stylecode.evidence import STRAYS, context, generic, is_word, part_of_more, unsupported
from stylecode.labels import GOOD, NONE, glued_label, label_before
from stylecode.lookalikes import TWINS
from stylecode.negatives import ends_in_date, spans
from stylecode.reading import Atom, Row, Token, bones, separators, tokens
from stylecode.shapes import BY_LENGTH, DIGITS, Shape
from stylecode.trims import least_strength, ruled, trims

MISFIT = 0.5  # how much a character that does not fit its place takes, per nat
FREE_MISFIT = 1.0  # the same for a fixed character before a tail of any characters
TWIN = 0.25  # the same for those that many prints do not tell apart
MISFIT_DOUBT = 0.5  # what it takes besides from this shape's part among those of the span
TWIN_DOUBT = 0.15
STRAY = -1.5  # a separator where the shape has none
SPACED = -0.6  # a space before a part that may be missing
APART = -0.5  # the part behind a gap was found as a line of its own
AFTER_DATE = -2.5  # factories print a code of their own behind the date
JOINED = -0.3  # no separator where the shape has one
SHAPELESS = 1.2  # doubt: such texts are of many kinds, a shape's of one

_MOST_MISFIT = 4.5
_HINT = 0.1  # a probability that the reader gives to a letter where it read a digit
_MOST_ODD = 4  # characters outside the shape
_LONG_WORD = 4
_MOST_TOKENS = 3
_MOST_ATOMS = 16
_LABEL_AND_CODE = "SN"  # the one label that belongs to the code behind it
_SOFT = frozenset(" -._/:")


@dataclass(frozen=True, slots=True)
class Hit:
    """Atoms `first` to `last` (not included) of a row as a code of a shape (None: no known one).

    `doubt` is what else, in nats, speaks for another shape of the same span: a character that does
    not fit counts less against the place being a code than against this shape of it.
    """

    row: Row
    first: int
    last: int
    shape: Shape | None
    logit: float
    doubt: float = 0.0

    @property
    def span(self) -> tuple[int, int, int]:
        """Equal for hits of the same characters."""
        return id(self.row), self.first, self.last

    def overlaps(self, other: Hit) -> bool:
        """Whether both take a character of the same row."""
        return self.row is other.row and self.first < other.last and other.first < self.last

    def holds(self, other: Hit) -> bool:
        """Whether the other's characters are some but not all of this one's."""
        mine, theirs = self.last - self.first, other.last - other.first
        return self.first <= other.first and other.last <= self.last and theirs < mine


def fit(row: Row, first: int, shape: Shape, printed: dict[int, str]) -> tuple[float, float] | None:
    """Log-odds (none above zero) of the atoms from `first` having this shape, and its doubt.

    None: they do not have it. `printed` are the separators by place.
    """
    logit = 0.0
    strays = 0
    for place, gap in printed.items():
        if not shape.takes(place, gap):
            strays += 1
            if gap not in STRAYS or strays > 1 or not _torn(row, first, place, shape):
                return None
            logit += STRAY
        elif gap == " " and shape.gaps[place] == "=":
            logit += SPACED
        if gap == " " and shape.gaps.get(place) == "=" and _digits_behind(row, first, place, shape):
            continue  # no colour word, which may stand there on its own
        if row.atoms[first + place - 1].line != row.atoms[first + place].line:
            logit += APART
    for place, kind in shape.gaps.items():
        if place not in printed:
            if not shape.takes(place, ""):
                return None
            logit += JOINED if kind == "-" else 0.0
    misfit = _misfit(row, first, shape)
    return None if misfit is None else (logit - misfit[0], misfit[1])


def _digits_behind(row: Row, first: int, place: int, shape: Shape) -> bool:
    return all(atom.char in DIGITS for atom in row.atoms[first + place : first + len(shape)])


def _torn(row: Row, first: int, place: int, shape: Shape) -> bool:
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


def _misfit(row: Row, first: int, shape: Shape) -> tuple[float, float] | None:
    """What misfits take from the log-odds, and what they take more from this shape's part."""
    atoms = row.atoms[first : first + len(shape)]
    odd = [
        (atom, allowed)
        for atom, allowed in zip(atoms, shape.slots, strict=True)
        if atom.char not in allowed
    ]
    if len(odd) > _MOST_ODD:
        return None
    if odd and not shape.bare and _only_digits(atoms, odd):
        return None
    misfit = doubt = 0.0
    for atom, allowed in odd:
        mass = atom.mass(allowed)
        if mass <= 0.0:
            return None
        twin = not allowed.isdisjoint(TWINS.get(atom.char, ""))
        free = len(allowed) == 1 and shape.free  # what is fixed is all that tells such a shape
        misfit -= (TWIN if twin else FREE_MISFIT if free else MISFIT) * math.log(mass)
        doubt -= (TWIN_DOUBT if twin else MISFIT_DOUBT) * math.log(mass)
    return (misfit, doubt) if misfit <= _MOST_MISFIT else None


def _only_digits(atoms: tuple[Atom, ...], odd: list[tuple[Atom, frozenset[str]]]) -> bool:
    """Whether digits stand everywhere, read without hints of the letters that the shape wants.

    Look-alikes alone must not turn a plain number into a shape that needs no label.
    """
    return all(atom.char in DIGITS for atom in atoms) and not all(
        sum(atom.listed.get(char, 0.0) for char in allowed) >= _HINT for atom, allowed in odd
    )


def hits(row: Row, brands: frozenset[str], above: float) -> Iterator[Hit]:
    """All spans of a photo's row that may be a code; `above` is the label's over this row."""
    place = _Place(row, tokens(row), brands, _masked(row))
    for start, token in enumerate(place.found):
        left, _ = label_before(row.bones[: row.atoms[token.first].column])
        label = left if left != NONE else above
        dated = AFTER_DATE if label == NONE and _after_date(place, token.first) else 0.0
        for hit in _from(place, start, 0, label):
            yield replace(hit, logit=hit.logit + dated) if dated else hit
        glued = glued_label(bones(row, token.first, token.last))
        if glued:
            yield from _from(place, start, glued, GOOD)


@dataclass(frozen=True, slots=True)
class _Place:
    """A row, its tokens, the brands of the photo, and which atoms are dates, sizes and the like."""

    row: Row
    found: list[Token]
    brands: frozenset[str]
    masked: list[bool]


def _after_date(place: _Place, first: int) -> bool:
    """Whether a date stands right in front of the atom, on the same line."""
    atoms = place.row.atoms
    if not first or not place.masked[first - 1] or atoms[first - 1].line != atoms[first].line:
        return False
    return ends_in_date(place.row.text[: atoms[first].column])


def _masked(row: Row) -> list[bool]:
    columns = bytearray(len(row.text))
    for start, end in spans(row.text):
        columns[start:end] = b"\1" * (end - start)
    return [bool(columns[atom.column]) for atom in row.atoms]


def _from(place: _Place, start: int, skip: int, label: float) -> Iterator[Hit]:
    """Hits that begin at token `start`, `skip` characters into it."""
    row, found = place.row, place.found
    first = found[start].first + skip
    worded = is_word(row, first, found[start].last)
    for end in range(start, min(start + _MOST_TOKENS, len(found))):
        last = found[end].last
        if (end > start and found[end].gap not in _SOFT) or last - first > _MOST_ATOMS:
            return
        if any(place.masked[first:last]) or (end > start and _is_long_word(row, found[end])):
            return
        printed = separators(found, start, end, skip)
        for left, right in trims(row, first, last, found[start].last, found[end].first):
            least = least_strength(row, first, left, right, last)
            for shape in BY_LENGTH.get(right - left, ()):
                if worded and not shape.pattern.startswith(_LABEL_AND_CODE):
                    continue
                if shape.strength < least:
                    continue
                moved = {at - (left - first): gap for at, gap in printed.items()}
                hit = _shaped(place, (left, right), shape, label, moved)
                if hit is not None:
                    yield replace(hit, logit=hit.logit + ruled(row, first, left, right, last))
        if end > start and is_word(row, first, last):
            continue  # a model in two parts ("GEL-1130")
        plain = None if worded else generic(row, first, last, label, printed)
        if plain is not None:
            plain += part_of_more(row, first, last, label)
            yield Hit(row, first, last, None, plain, SHAPELESS)


def _is_long_word(row: Row, token: Token) -> bool:
    """Whether a token is a word that tags print, too long for a colour behind a code."""
    return token.last - token.first >= _LONG_WORD and is_word(row, token.first, token.last)


def _shaped(
    place: _Place, span: tuple[int, int], shape: Shape, label: float, printed: dict[int, str]
) -> Hit | None:
    """The span as a code of this shape, if it can be one."""
    row, (first, last) = place.row, span
    alone = all(place.masked[:first]) and all(place.masked[last:])
    ground = context(row, span, shape, label, place.brands, printed, alone)
    fitting = None if ground is None else fit(row, first, shape, printed)
    if ground is None or fitting is None:
        return None
    if label < GOOD and place.brands.isdisjoint(shape.brands):
        ground += unsupported(row, span, shape, fitting[0], printed)
    ground += part_of_more(row, first, last, label) + fitting[0]
    return Hit(row, first, last, shape, shape.strength + ground, fitting[1])
