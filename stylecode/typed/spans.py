"""Where a text has codes, by the grammar: runs of letters and digits, alone or in a row.

A shape that fits as it stands may be a code (`stylecode.typed.choosing` has what else is asked of
it). Where no shape fits, one that does with look-alike characters settled counts, as long as most
of it was typed as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from stylecode.grammar.brands import grammar
from stylecode.grammar.lookalikes import LIKENESS
from stylecode.grammar.patterns import DIGITS, LETTERS, Shape
from stylecode.grammar.pieces import Pieces, key, reduced
from stylecode.tag.labels import LABELS
from stylecode.typed.bare import LONGEST
from stylecode.typed.names import is_a_word
from stylecode.typed.seen import upper

MOST_TOKENS = 4
"""Runs of letters and digits that make one code."""

_LETTERS_AND_DIGITS = re.compile(r"[A-Z0-9]+")
# A dash with a blank on either side may part the code or two things; a line ends both.
_SOFT_GAP = re.compile(r" ?[-._/:] ?| {1,2}|-\n")
_ADULT_SIZE = re.compile(r"2[2-9][05]")  # colours of codes are seldom these
_TAIL = re.compile(
    r"(?:(?<=\d)(?:GS|PS|TD|BG|BP)|(?<=\d{3})[WM]|(?<=[0-9C])KR)$"
)  # whose size it is
_LEAST_ALIKE = 0.03  # how often look-alikes are typed for each other, not misread
_MOST_ALIKE = 3
_LONG_CODE = 8  # letters and digits of a code that one of its digits may tell
_STRONG = 1.6  # a shape in which a digit may have been typed for a letter
_TYPICAL = 0.4  # weaker ones are what many texts look like once look-alikes count


@dataclass(frozen=True, slots=True)
class TypedRun:
    """Letters and digits `start` to `end` of a text; `loud`: no letter was typed small."""

    text: str
    start: int
    end: int
    gap: str | None  # what stands before, as one mark; None: no code goes over it
    loud: bool = True


@dataclass(frozen=True, slots=True)
class Span:
    """Runs `first` to `last` as a code of a shape.

    `changed` characters were settled. `spaced`: its last run stands apart, by a blank.
    """

    first: int
    last: int
    start: int
    end: int
    code: str
    shape: Shape
    changed: int = 0
    spaced: bool = False

    def overlaps(self, other: Span) -> bool:
        """Whether both take a character."""
        return self.start < other.end and other.start < self.end


def runs_of(text: str) -> list[TypedRun]:
    """The runs of a text, in capitals."""
    found: list[TypedRun] = []
    capital = upper(text)
    for match in _LETTERS_AND_DIGITS.finditer(capital):
        start, end = match.span()
        between = text[found[-1].end : start] if found else "\n"
        gap = reduced(between) if _SOFT_GAP.fullmatch(between) else None
        found.append(TypedRun(match[0], start, end, gap, text[start:end] == match[0]))
    return found


def as_typed(runs: Sequence[TypedRun], named: frozenset[str]) -> Iterator[Span]:
    """Spans that have a shape as they stand; of several shapes one of a brand that is named."""
    for first, last in _rows(runs):
        for left, right in _ends(runs[first], runs[last]):
            pieces = _pieces(runs, first, last, left, right)
            shape = _shape(pieces, named)
            if shape is None and last > first:
                pieces, shape = _joined(runs, first, last, pieces)
            if shape is not None and not _tailed(runs, first, last):
                start, end = runs[first].start + left, runs[last].end - right
                spaced = last > first and runs[last].gap in {" ", "-"}
                spaced = spaced and runs[last].start - runs[last - 1].end > (runs[last].gap == "-")
                yield Span(first, last, start, end, shape.spelled(pieces), shape, 0, spaced)
                break


def settled(runs: Sequence[TypedRun]) -> Iterator[Span]:
    """Spans that have a shape once look-alikes are settled: of each the fewest changes."""
    for first, last in _rows(runs):
        apart = (run for run in runs[first + 1 : last + 1] if run.gap == " ")
        if not all(_mixed(run.text) for run in apart):
            continue
        pieces = _pieces(runs, first, last, 0, 0)
        best: Span | None = None
        for shape in grammar().by_length.get(len(pieces), ()):
            if shape.needs_name or shape.strength < _TYPICAL:
                continue
            meant = _meant(pieces, shape)
            changed = sum(one != two for one, two in zip(meant, pieces, strict=False))
            if meant and (best is None or changed < best.changed):
                start, end = runs[first].start, runs[last].end
                best = Span(first, last, start, end, shape.spelled(meant), shape, changed)
        if best is not None:
            yield best


def _rows(runs: Sequence[TypedRun]) -> Iterator[tuple[int, int]]:
    for first in range(len(runs)):
        length = 0
        for last in range(first, min(first + MOST_TOKENS, len(runs))):
            length += len(runs[last].text)
            if (last > first and runs[last].gap is None) or length > LONGEST:
                break
            yield first, last


def _ends(first: TypedRun, last: TypedRun) -> Iterator[tuple[int, int]]:
    """How many characters to leave out at both ends: none, a glued word, whose size it is."""
    yield 0, 0
    glued = _glued().match(first.text)
    left = glued.end() if glued else 0
    tail = _TAIL.search(last.text)
    right = last.end - last.start - tail.start() if tail else 0
    if left:
        yield left, 0
    if right:
        yield left, right


@cache
def _glued() -> re.Pattern[str]:
    """A brand's name or a label right in front of a code, with more behind it."""
    names = {key(word) for word in grammar().words}
    names |= {word for word in LABELS if len(word) > 2 and word.isalpha()}
    return re.compile(rf"(?:{'|'.join(sorted(names, key=len, reverse=True))})(?=[A-Z0-9]{{4}})")


def _pieces(runs: Sequence[TypedRun], first: int, last: int, left: int, right: int) -> Pieces:
    found: list[tuple[str, str]] = []
    for at in range(first, last + 1):
        text = runs[at].text
        text = text[left if at == first else 0 : len(text) - (right if at == last else 0)]
        for place, char in enumerate(text):
            found.append(((runs[at].gap or "") if at > first and not place else "", char))
    return tuple(found)


def _shape(pieces: Pieces, named: frozenset[str]) -> Shape | None:
    fitting = [one for one in grammar().by_length.get(len(pieces), ()) if one.fits(pieces)]
    return next(
        (one for one in fitting if not named.isdisjoint(one.brands)), next(iter(fitting), None)
    )


def _joined(
    runs: Sequence[TypedRun], first: int, last: int, pieces: Pieces
) -> tuple[Pieces, Shape | None]:
    """A code that is printed in one, typed in two ("MR530 SG", "VN0A-5KRSY28")."""
    head, tail = runs[first], runs[last]
    if last != first + 1 or tail.gap not in {" ", "-"} or not _mixed(head.text):
        return pieces, None
    if tail.text.isdigit() or is_a_word(tail.text):
        return pieces, None
    together = tuple(("", char) for _, char in pieces)
    shape = _shape(together, frozenset())
    if shape is None or shape.needs_name or shape.gaps or _known(head) or _known(tail):
        return pieces, None
    return together, shape


def _known(run: TypedRun) -> bool:
    pieces = tuple(("", char) for char in run.text)
    return any(shape.fits(pieces) for shape in grammar().by_length.get(len(pieces), ()))


def _mixed(text: str) -> bool:
    return _has_digit(text) and any(char in LETTERS for char in text)


def _has_digit(text: str) -> bool:
    return any(char in DIGITS for char in text)


def _tailed(runs: Sequence[TypedRun], first: int, last: int) -> bool:
    """Whether the last run is a word of the sentence behind a code of its own."""
    tail = runs[last]
    if last == first or tail.gap != " " or not tail.text.isalpha():
        return False
    return is_a_word(tail.text) or tail.loud < runs[first].loud


def _meant(pieces: Pieces, shape: Shape) -> Pieces:
    """The pieces with look-alikes settled for the shape; none where too much is another."""
    found: list[tuple[str, str]] = []
    changed = digits = 0
    for place, (gap, char) in enumerate(pieces):
        if not shape.takes(place, gap):
            return ()
        slot = shape.slots[place]
        meant = char if char in slot else _alike(char, slot, shape)
        if not meant:
            return ()
        changed += meant != char
        digits += char in DIGITS and meant == char
        found.append((gap, meant))
    if all(char in DIGITS for _, char in pieces):
        return ()
    most = min(_MOST_ALIKE, digits) if digits > 1 else 0
    if digits == 1 and shape.strength >= _STRONG and len(pieces) >= _LONG_CODE:
        most = 2
    return tuple(found) if 0 < changed <= most else ()


def _alike(char: str, slot: frozenset[str], shape: Shape) -> str:
    if char in DIGITS and shape.strength < _STRONG:
        return ""
    likely = LIKENESS.get(char, {}).items()
    return next((one for one, weight in likely if one in slot and weight >= _LEAST_ALIKE), "")


def is_size(run: TypedRun) -> bool:
    """Whether a run is likelier a size than a part of a code."""
    return bool(_ADULT_SIZE.fullmatch(run.text))
