"""Spans of a row that may be a code, each with the shape it has and the log-odds that it is one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from stylecode.grammar.brands import grammar
from stylecode.grammar.patterns import Shape
from stylecode.ranking.evidence import context, generic, is_word, part_of_more, unsupported
from stylecode.ranking.fitting import fit
from stylecode.ranking.signals import Signals, doubt_of, log_odds, when
from stylecode.ranking.trims import least_strength, ruled, trims
from stylecode.tag.labels import Label, glued_label, label_before
from stylecode.tag.negatives import ends_in_date, spans
from stylecode.tag.reading import SEEN, TagRow, Token, bones, separators, tokens

_LONG_PRINTED = 4
_MOST_TOKENS = 3
_MOST_DASHED = 4  # the same where dashes tie them all
_MOST_ATOMS = 20
_SOFT = frozenset(" -._/:")


@dataclass(frozen=True, slots=True)
class Hit:
    """Atoms `first` to `last` (not included) of a row as a code of a shape (None: no known one).

    `logit`, what `signals` add up to, is the log-odds that a code stands there. `doubt` is what
    else, in nats, speaks for another shape of the same span: a character that does not fit counts
    less against the place being a code than against this shape of it. `named` are the brands whose
    words are on the tag.
    """

    row: TagRow
    first: int
    last: int
    shape: Shape | None
    signals: Signals
    doubt: float = 0.0
    named: frozenset[str] = frozenset()
    logit: float = field(init=False)

    def __post_init__(self) -> None:
        """Weigh the signals once; a hit is compared many times."""
        object.__setattr__(self, "logit", log_odds(self.signals))

    def also(self, more: Signals) -> Hit:
        """The hit with more that speaks for or against it."""
        return replace(self, signals=self.signals + more) if more else self

    @property
    def brand(self) -> str:
        """The likeliest brand of the shape that the tag names, else its likeliest; maybe none."""
        if self.shape is None:
            return ""
        return next((one for one in self.shape.brands if one in self.named), self.shape.brand)

    @property
    def span(self) -> tuple[int, int, int]:
        """Equal for hits of the same characters."""
        return id(self.row), self.first, self.last

    @property
    def lines(self) -> set[int]:
        """The lines that its characters stand on."""
        return {atom.line for atom in self.row.atoms[self.first : self.last]}

    def overlaps(self, other: Hit) -> bool:
        """Whether both take a character of the same row."""
        return self.row is other.row and self.first < other.last and other.first < self.last

    def holds(self, other: Hit) -> bool:
        """Whether the other's characters are some but not all of this one's."""
        mine, theirs = self.last - self.first, other.last - other.first
        return self.first <= other.first and other.last <= self.last and theirs < mine


@lru_cache(maxsize=SEEN)
def hits(row: TagRow, brands: frozenset[str], under: frozenset[int]) -> tuple[Hit, ...]:
    """All spans of a photo's row that may be a code; `under` are its lines below a label."""
    return tuple(_hits(row, brands, under))


def _hits(row: TagRow, brands: frozenset[str], under: frozenset[int]) -> Iterator[Hit]:
    place = _Place(row, tokens(row), brands, _masked(row))
    for start, token in enumerate(place.found):
        begins = row.atoms[token.first].column
        left, _ = label_before(row.bones[:begins], row.text[:begins])
        above = Label.GOOD if row.atoms[token.first].line in under else Label.NONE
        label = left if left != Label.NONE else above
        dated = label == Label.NONE and _after_date(place, token.first)
        for hit in _from(place, start, 0, label):
            # factories print a code of their own behind the date, in one piece
            yield hit.also(when("after a date", dated and _in_one(row, hit.first, hit.last)))
        glued = glued_label(bones(row, token.first, token.last))
        if glued:
            yield from _from(place, start, glued, Label.GOOD)


@dataclass(frozen=True, slots=True)
class _Place:
    """A row, its tokens, the brands of the photo, and which atoms are dates, sizes and the like."""

    row: TagRow
    found: list[Token]
    brands: frozenset[str]
    masked: list[bool]


def _after_date(place: _Place, first: int) -> bool:
    """Whether a date stands right in front of the atom, on the same line."""
    atoms = place.row.atoms
    if not first or not place.masked[first - 1] or atoms[first - 1].line != atoms[first].line:
        return False
    return ends_in_date(place.row.text[: atoms[first].column])


def _in_one(row: TagRow, first: int, last: int) -> bool:
    """Whether nothing is printed between the atoms."""
    return row.atoms[last - 1].column - row.atoms[first].column == last - first - 1


def _masked(row: TagRow) -> list[bool]:
    columns = bytearray(len(row.text))
    for start, end in spans(row.text):
        columns[start:end] = b"\1" * (end - start)
    return [bool(columns[atom.column]) for atom in row.atoms]


def _from(place: _Place, start: int, skip: int, label: Label) -> Iterator[Hit]:
    """Hits that begin at token `start`, `skip` characters into it."""
    row, found = place.row, place.found
    first = found[start].first + skip
    worded = is_word(row, first, found[start].last)
    for end in range(start, min(start + _MOST_DASHED, len(found))):
        last = found[end].last
        if end >= start + _MOST_TOKENS and any(t.gap != "-" for t in found[start + 1 : end + 1]):
            return
        if (end > start and found[end].gap not in _SOFT) or last - first > _MOST_ATOMS:
            return
        if any(place.masked[first:last]) or (end > start and _names_more(row, found[end])):
            return
        printed = separators(found, start, end, skip)
        for left, right in trims(row, first, last, found[start].last, found[end].first):
            least = least_strength(row, first, left, right, last)
            for shape in grammar().by_length.get(right - left, ()):
                if worded and not shape.begins_with_label:
                    continue
                if shape.strength < least:
                    continue
                moved = {at - (left - first): gap for at, gap in printed.items()}
                hit = _shaped(place, (left, right), shape, label, moved)
                if hit is not None:
                    yield hit.also(ruled(row, first, left, right, last))
        if end > start and is_word(row, first, last):
            continue  # a model in two parts ("GEL-1130")
        plain = None if worded else generic(row, first, last, label, printed)
        if plain is not None:
            plain += part_of_more(row, first, last, label, shapeless=True)
            yield Hit(row, first, last, None, plain, doubt_of(plain))


def _names_more(row: TagRow, token: Token) -> bool:
    """Whether a token is a word that tags print, too long for a colour behind a code.

    One that a dash ties to the code is a part of it ("1153390-GREY").
    """
    long = token.last - token.first >= _LONG_PRINTED
    return token.gap != "-" and long and is_word(row, token.first, token.last)


def _shaped(
    place: _Place, span: tuple[int, int], shape: Shape, label: Label, printed: dict[int, str]
) -> Hit | None:
    """The span as a code of this shape, if it can be one."""
    row, (first, last) = place.row, span
    alone = all(place.masked[:first]) and all(place.masked[last:])
    ground = context(row, span, shape, label, place.brands, printed, alone)
    fitting = None if ground is None else fit(row, first, shape, printed)
    if ground is None or fitting is None:
        return None
    if label != Label.GOOD and place.brands.isdisjoint(shape.brands):
        ground += unsupported(row, span, shape, fitting, printed)
    ground += part_of_more(row, first, last, label) + fitting
    signals = (("strength", shape.strength), *ground)
    return Hit(row, first, last, shape, signals, doubt_of(fitting), place.brands)
