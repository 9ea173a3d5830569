"""Spans of a whole photo's lines that may be a code, weighed by what stands around them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise

from stylecode.grammar.patterns import DIGITS
from stylecode.grammar.pieces import fold
from stylecode.grammar.shapes import begins_another, ends_another
from stylecode.ranking.evidence import legible
from stylecode.ranking.matching import Hit, hits
from stylecode.ranking.signals import NOTHING, Signals, when
from stylecode.tag.brand_words import brands_in, cut_brand, doubtful_brand
from stylecode.tag.labels import is_label_line, skeleton, till_words
from stylecode.tag.places import LinePlace, place_of
from stylecode.tag.reading import Atom, TagRow, Token, bones, rows, rows_over_two_lines, tokens
from stylecode.types import ReadLine

NEAR_TWICE = 2.0  # brand words up to so many times as far off as the nearest count for a row,
NEAR_HEIGHTS = 8.0  # and all within so many of its heights
_TWO_TAGS = 2  # brand words from which on it matters which is near
TILL_WORDS = 3  # words of a till receipt that make the photo one
SAME_PAPER = 40.0  # line heights within which they count
REACH = 2.4  # line heights from a label down to what it names
WHOLE = 1.4  # strength of a shape that was hardly made by a cut
MOST_LEFT = 2  # letters of a label that the photo's edge left ("|L GC4695SKW")
_PRINTED_YEAR = re.compile("20[12][0-9]")
_MONTH_OF_A_YEAR = re.compile("[A-Z]{3}[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{2}")
MOST_LOOKS, LEAST_LOOKS = 3.5, 2.5  # nats: looks alone neither make a code nor undo one


def photo_hits(lines: Sequence[ReadLine]) -> list[Hit]:
    """All spans of a photo's rows that may be a code, with everything that speaks for them."""
    there = rows(lines)
    brands = _Brands(lines, there)
    under = _under_labels(lines, there)
    there += rows_over_two_lines(lines, level=len(there))
    till = [line for line in lines for _ in range(till_words(skeleton(fold(line.text))))]
    found: list[Hit] = []
    for row in there:
        for hit in hits(row, brands.near(row), under & {atom.line for atom in row.atoms}):
            seen = _looks(lines, hit) + _cut(lines, hit) + legible(row, hit.first, hit.last)
            seen += when("of a year", _of_a_year(hit)) + when("of a month", _of_a_month(hit))
            seen += when("behind a cut label", _behind_a_cut_label(lines, hit))
            if hit.shape is None or hit.shape.strength < WHOLE:
                seen += when("on a receipt", _on_receipt(till, lines[row.atoms[hit.first].line]))
            found.append(hit.also(seen))
    if any(hit.shape is not None and hit.logit > 1 for hit in found):
        beside = when("shapeless beside a shape")
        found = [hit if hit.shape else hit.also(beside) for hit in found]
    return found


class _Brands:
    """The brand words of a photo, and which of them are on the same tag as a row."""

    def __init__(self, lines: Sequence[ReadLine], found: list[TagRow]) -> None:
        self._lines = lines
        seen = ((row, _brands(lines, row)) for row in found)
        self._words = [(_place(lines, row), brands) for row, brands in seen if brands]

    def near(self, row: TagRow) -> frozenset[str]:
        """The brands near the row, or all of them where it is not known where they are."""
        place = _place(self._lines, row)
        words = [one for one in self._words if not (place and one[0] and place.across(one[0]))]
        if place is not None and len(words) >= _TWO_TAGS:
            apart = [place.distance(word) if word else 0.0 for word, _ in words]
            reach = max(NEAR_TWICE * min(apart), NEAR_HEIGHTS * place.height)
            words = [one for far, one in zip(apart, words, strict=True) if far <= reach]
        return frozenset().union(*(brands for _, brands in words))


def _brands(lines: Sequence[ReadLine], row: TagRow) -> frozenset[str]:
    if not row.atoms:
        return frozenset()
    found = set(brands_in([row.bones]))
    for token in tokens(row):
        atoms = row.atoms[token.first : token.last]
        likely = [atom.listed[atom.char] for atom in atoms]
        doubtful = doubtful_brand(bones(row, token.first, token.last), likely)
        found |= {doubtful} if doubtful else set()
        found |= _cut_brands(lines, row, token)
    return frozenset(found)


def _cut_brands(lines: Sequence[ReadLine], row: TagRow, token: Token) -> set[str]:
    """The brand of a word at the photo's edge, which took a letter of it."""
    word = bones(row, token.first, token.last)
    at_start, at_end = _at_edges(lines, row, token.first, token.last)
    found = {cut_brand(word, at_start=True) if at_start else ""}
    found.add(cut_brand(word, at_start=False) if at_end else "")
    return found - {""}


def _place(lines: Sequence[ReadLine], row: TagRow) -> LinePlace | None:
    return place_of(lines[row.atoms[0].line]) if row.atoms else None


def _under_labels(lines: Sequence[ReadLine], found: Sequence[TagRow]) -> frozenset[int]:
    """The lines over which a line stands that is a label and nothing else; in order, if unplaced.

    Lines, not rows: in a table each cell stands under its own.
    """
    row = {atom.line: one.level for one in found for atom in one.atoms}
    labels = {at for at, line in enumerate(lines) if is_label_line(skeleton(fold(line.text)))}
    under = set[int]()
    for at in set(range(len(lines))) - labels:
        place = place_of(lines[at])
        over = (place_of(lines[label]) for label in labels if row.get(label) != row.get(at))
        if place is None:
            under |= {at} & {label + 1 for label in labels}
        elif any(label is not None and label.over(place, REACH) for label in over):
            under.add(at)
    return frozenset(under)


def _on_receipt(till: Sequence[ReadLine], line: ReadLine) -> bool:
    """Whether the line stands among words of a till receipt (`till`), whose numbers mislead."""
    place = place_of(line)
    there = [place_of(word) for word in till]
    near = [
        one
        for one in there
        if place is None or one is None or one.distance(place) < SAME_PAPER * place.height
    ]
    return len(near) >= TILL_WORDS


def _behind_a_cut_label(lines: Sequence[ReadLine], hit: Hit) -> bool:
    """Whether letters in front are what the photo's edge left of a label, and none of the code."""
    atoms, first = hit.row.atoms, hit.first
    front = atoms[max(0, first - MOST_LEFT) : first]
    line = atoms[first].line
    if not front or not lines[line].cut_start or front[0].line != line or front[0].index:
        return False
    tied = atoms[first].column == front[-1].column + 1
    return tied and not any(atom.char in DIGITS for atom in front)


def _looks(lines: Sequence[ReadLine], hit: Hit) -> Signals:
    """The log-odds that the lines' pictures give: the likeliest of those that the span is on."""
    on = {atom.line for atom in _atoms(hit)}
    seen = [like for at in on if (like := lines[at].codelike) is not None and 0 <= like <= 1]
    return (("looks", max(map(_log_odds, seen))),) if seen else NOTHING


def _of_a_year(hit: Hit) -> bool:
    """Whether digits begin with a year ("2025년 4월 10" reads as 20254-10)."""
    if hit.shape is not None and not hit.shape.numeric:
        return False
    begins = "".join(atom.char for atom in _atoms(hit)[:4])
    return _PRINTED_YEAR.fullmatch(begins) is not None


def _of_a_month(hit: Hit) -> bool:
    """Whether letters stand before year and month, as factories mark ("LMB 140403")."""
    if hit.shape is None or not hit.shape.needs_name:
        return False
    text = "".join(atom.char for atom in _atoms(hit))
    return _MONTH_OF_A_YEAR.fullmatch(text) is not None


def _cut(lines: Sequence[ReadLine], hit: Hit) -> Signals:
    """Whether the photo's edge cuts the span's line off, where the span reaches there.

    A long shape that is there in full was hardly made by a cut.
    """
    at_start, at_end = _at_edges(lines, hit.row, hit.first, hit.last)
    if not (at_start or at_end):
        return NOTHING
    if _whole(hit, at_start, at_end):
        return when("at the edge, whole")
    return when("cut") + when("cut number", hit.shape is not None and hit.shape.needs_name)


def _at_edges(lines: Sequence[ReadLine], row: TagRow, first: int, last: int) -> tuple[bool, bool]:
    """Whether the photo's edge cuts a line off where the atoms begin on it, and where they end."""
    atoms = row.atoms
    start, end = atoms[first].line, atoms[last - 1].line
    begins = first == 0 or atoms[first - 1].line != start
    ends = last == len(atoms) or atoms[last].line != end
    return begins and lines[start].cut_start, ends and lines[end].cut_end


def _whole(hit: Hit, at_start: bool, at_end: bool) -> bool:
    """Whether a span that reaches the photo's edge is a whole code for all that.

    A strong shape; or two parts of digits, where no other shape has more of them beyond the edge.
    """
    if hit.shape is None or hit.shape.strength >= WHOLE:
        return hit.shape is not None
    apart = any(one.column + 1 < two.column for one, two in pairwise(_atoms(hit)))
    goes_on = (at_start and ends_another(hit.shape)) or (at_end and begins_another(hit.shape))
    return hit.shape.needs_name and apart and not goes_on


def _atoms(hit: Hit) -> tuple[Atom, ...]:
    return hit.row.atoms[hit.first : hit.last]


def _log_odds(like: float) -> float:
    if not 0 < like < 1:
        return MOST_LOOKS if like else -LEAST_LOOKS
    return max(-LEAST_LOOKS, min(MOST_LOOKS, math.log(like / (1 - like))))
