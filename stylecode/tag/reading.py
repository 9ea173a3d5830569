"""Read lines made ready for ranking: one character a place, look-alikes weighed, rows joined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from stylecode.grammar.lookalikes import LIKENESS, likeliest
from stylecode.grammar.patterns import ALNUM
from stylecode.grammar.pieces import fold, reduced
from stylecode.tag.labels import colour_label, skeleton
from stylecode.tag.negatives import dates_parted
from stylecode.tag.places import in_rows, place_of
from stylecode.types import Alternatives, ReadLine

_WIDE = "\t"  # between lines of one row that stand too far apart for one code
_LEAST_WEIGHT = 1e-4
_NEXT_LINE = 2.0  # line heights down to the next line of a text
OPEN_END = re.compile(r"[A-Z0-9] ?-$")
"""A text that goes on in the next line."""
SEEN = 256
"""Rows that are kept: a photo is ranked again and again while a line or two of it change."""

_Part = tuple[int, str, float, tuple[Alternatives, ...], str, int]
"""A line's number, text, confidence and alternatives, what is between it and the last one, and how
many characters at its start are left out.
"""


@dataclass(slots=True, eq=False)
class Atom:
    """A letter or digit: its place in the row's text and in its line, and how it was read.

    Probabilities are worked out when first asked for: most of a tag never is.
    """

    char: str
    column: int
    line: int
    index: int
    given: Alternatives
    alone: float  # the probability of `char` where nothing is given
    _listed: dict[str, float] = field(default_factory=dict)
    _weighed: list[tuple[str, float]] = field(default_factory=list)

    @property
    def listed(self) -> dict[str, float]:
        """The reader's probabilities of letters and digits, case put aside; has `char`."""
        if not self._listed:
            self._listed = _listed(self.char, self.given, self.alone)
        return self._listed

    @property
    def weights(self) -> list[tuple[str, float]]:
        """All characters at hand, best first, with the greater of two weights.

        One is the reader's probability, the other that of a look-alike of what was read.
        """
        if not self._weighed:
            weights = dict(self.listed)
            read = weights[self.char]
            for char, share in LIKENESS.get(self.char, {}).items():
                weights[char] = max(weights.get(char, 0.0), share * read)
            self._weighed = sorted(weights.items(), key=_heavier)
        return self._weighed

    def mass(self, allowed: frozenset[str]) -> float:
        """The share of the reading that `allowed` holds; none listed: the best look-alike's."""
        listed = self.listed
        total = 0.0
        for char, probability in listed.items():
            if char in allowed:
                total += probability
        floor = likeliest(self.char, allowed)[1] * listed[self.char]
        return min(1.0, max(total, floor))


def _heavier(weighed: tuple[str, float]) -> tuple[float, str]:
    return -weighed[1], weighed[0]


@dataclass(frozen=True, slots=True)
class TagRow:
    """Lines side by side as one text (folded, place by place), with its letters and digits.

    Rows of one `level` are readings of the same row on the tag.
    """

    text: str
    bones: str  # the skeleton of `text`
    atoms: tuple[Atom, ...]
    level: int = 0


@dataclass(frozen=True, slots=True)
class Token:
    """A run of letters and digits: atoms `first` to `last` (not included), and what is before."""

    first: int
    last: int
    gap: str  # reduced separator; a hard one (no code goes over it) keeps its own character


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    """One folded character; a blank for anything that does not fold to one ASCII character."""
    folded = fold(char)
    return folded if len(folded) == 1 and folded.isascii() and folded.isprintable() else " "


def rows(lines: Sequence[ReadLine], joined: bool = True) -> list[TagRow]:
    """The rows of a photo; with `joined` False each line is a row of its own."""
    groups = in_rows(lines) if joined else [[[at]] for at in range(len(lines))]
    return [_row(lines, text, level) for level, texts in enumerate(groups) for text in texts]


def rows_over_two_lines(lines: Sequence[ReadLine], level: int) -> Iterator[TagRow]:
    """Rows of a line that is not at its end and the line below it, each of a level of its own.

    `level` is the first of them. A dash at the end says so ("DD1391-" over "100"), or the label of
    a colour below ("STYLE DD1391" over "COLOR 100").
    """
    for at, line in enumerate(lines):
        upper = fold(line.text).rstrip()
        open_end = OPEN_END.search(upper)
        for below, other in enumerate(lines):
            label = colour_label(skeleton(fold(other.text)))
            if not (open_end or label) or not _below(line, other):
                continue
            gap = "" if open_end else "-"
            yield _joined((_part(at, line, "", 0), _part(below, other, gap, label)), level)
            level += 1


def _part(at: int, line: ReadLine, gap: str, skipped: int) -> _Part:
    return at, line.text.rstrip(), line.confidence, line.alternatives, gap, skipped


def _below(upper: ReadLine, lower: ReadLine) -> bool:
    above, under = place_of(upper), place_of(lower)
    return above is not None and under is not None and above.over(under, _NEXT_LINE)


def _row(lines: Sequence[ReadLine], group: list[int], level: int) -> TagRow:
    parts = tuple(
        (
            at,
            lines[at].text,
            lines[at].confidence,
            lines[at].alternatives,
            "" if before is None else " " if _goes_on(lines[before], lines[at]) else _WIDE,
            0,
        )
        for before, at in zip([None, *group], group, strict=False)
    )
    return _joined(parts, level)


@lru_cache(maxsize=SEEN)
def _joined(parts: tuple[_Part, ...], level: int) -> TagRow:
    """The lines of a row as one; for the same ones the very same row."""
    text = ""
    atoms: list[Atom] = []
    for at, read, confidence, given, gap, skipped in parts:
        text += gap
        plain = "".join(map(_plain, read))
        count = sum(char in ALNUM for char in plain)
        alone = _share(confidence) ** (1 / count) if count else 0.0
        parted = dates_parted(plain)
        for index, char in enumerate(plain[skipped:], skipped):
            text += " " if index in parted else ""
            if char in ALNUM:
                listed = given[index] if index < len(given) else ()
                atoms.append(Atom(char, len(text), at, index, listed, alone))
            text += char
    return TagRow(text, skeleton(text), tuple(atoms), level)


def _share(value: float) -> float:
    """A probability in 0..1 from whatever was handed in (not a number counts as 0)."""
    return min(1.0, value) if value > 0 else 0.0


def _listed(char: str, given: Alternatives, alone: float) -> dict[str, float]:
    if not given:
        return {char: max(_LEAST_WEIGHT, alone)}
    listed: dict[str, float] = {}
    for other, probability in given:
        plain = _plain(other) if len(other) == 1 else " "
        share = _share(probability)
        if share > 0 and plain in ALNUM:
            listed[plain] = min(1.0, listed.get(plain, 0.0) + share)
    listed[char] = max(_LEAST_WEIGHT, listed.get(char, 1.0 - min(1.0, sum(listed.values()))))
    return listed


def _goes_on(left: ReadLine, right: ReadLine) -> bool:
    before, after = place_of(left), place_of(right)
    return before is not None and after is not None and before.near(after)


def tokens(row: TagRow) -> list[Token]:
    """The runs of letters and digits of a row."""
    found: list[Token] = []
    first, end = 0, 0
    for at in range(1, len(row.atoms) + 1):
        if at < len(row.atoms) and row.atoms[at].column == row.atoms[at - 1].column + 1:
            continue
        between = row.text[end : row.atoms[first].column]
        found.append(Token(first, at, _gap(between) if found else ""))
        first, end = at, row.atoms[at - 1].column + 1
    return found


def _gap(between: str) -> str:
    return "\t" if "\t" in between or len(between) > 3 else reduced(between)


def bones(row: TagRow, first: int, last: int) -> str:
    """The skeleton of the atoms `first` to `last`, without separators."""
    text = row.bones
    return "".join(text[atom.column] for atom in row.atoms[first:last])


def separators(found: list[Token], start: int, end: int, skip: int = 0) -> dict[int, str]:
    """Separators inside tokens `start`..`end`, by place; `skip` atoms of the first are left out."""
    first = found[start].first + skip
    return {token.first - first: token.gap for token in found[start + 1 : end + 1]}
