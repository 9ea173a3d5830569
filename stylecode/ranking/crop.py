"""Spans of a line that shows one code and little else: a crop of the code, drawn by a person."""

from __future__ import annotations

from collections.abc import Iterator

from stylecode.grammar.brands import grammar
from stylecode.ranking.fitting import fit
from stylecode.ranking.matching import Hit
from stylecode.ranking.signals import NOTHING, Signals, doubt_of, when
from stylecode.tag.labels import Label, colour_tail, glued_label, label_before
from stylecode.tag.reading import TagRow, Token, bones, separators, tokens

_SHORT_NEIGHBOUR = 2  # letters and digits of a cut neighbour
_MOST_CROP_TOKENS = 8
_LEAST_READ = 0.15


def crop_hits(row: TagRow) -> Iterator[Hit]:
    """The whole line and its shapely parts; nothing where next to nothing could be read."""
    found = [token for token in tokens(row) if _column(row, token) < colour_tail(row.bones)]
    if not found or not _legible(row):
        return
    lead = _label_tokens(row, found)
    yield from _whole(row, found, lead)
    for start in range(min(len(found), _MOST_CROP_TOKENS)):
        for end in range(start, min(len(found), start + 4)):
            yield from _shaped(row, found, start, end, lead)


def _column(row: TagRow, token: Token) -> int:
    return row.atoms[token.first].column


def _legible(row: TagRow) -> bool:
    likely = sorted(atom.listed[atom.char] for atom in row.atoms)
    return likely[len(likely) // 2] >= _LEAST_READ


def _label_tokens(row: TagRow, found: list[Token]) -> int:
    """How many tokens at the start are a label; never all of them."""
    for count in range(min(3, len(found) - 1), 0, -1):
        label, begin = label_before(row.bones[: _column(row, found[count])])
        if label == Label.GOOD and begin <= _column(row, found[0]):
            return count
    return 0


def _whole(row: TagRow, found: list[Token], lead: int) -> Iterator[Hit]:
    first, last = found[0].first, found[-1].last
    yield _generic(row, first, last, when("labelled line", lead > 0))
    if lead:
        yield _generic(row, found[lead].first, last)
    glued = glued_label(bones(row, first, found[0].last))
    if glued:
        yield _generic(row, first + glued, last, when("labelled line"))
    rest = found[lead:]
    if len(rest) > 1 and rest[0].last - rest[0].first <= _SHORT_NEIGHBOUR:
        yield _generic(row, rest[1].first, last, when("cut neighbour"))
    if len(rest) > 1 and last - rest[-1].first <= _SHORT_NEIGHBOUR:
        yield _generic(row, rest[0].first, rest[-2].last, when("cut neighbour"))


def _generic(row: TagRow, first: int, last: int, found: Signals = NOTHING) -> Hit:
    digits = any(atom.char.isdigit() for atom in row.atoms[first:last])
    found += when("whole line") + when("no digit", not digits)
    return Hit(row, first, last, None, found, doubt_of(found))


def _shaped(row: TagRow, found: list[Token], start: int, end: int, lead: int) -> Iterator[Hit]:
    """Known shapes in tokens `start`..`end`, also with up to two glued characters left out."""
    outside = sum(map(_left_out, (*found[lead:start], *found[end + 1 :])), NOTHING)
    head, tail = found[start], found[end]
    label = glued_label(bones(row, head.first, head.last))
    for skip, drop in {(0, 0), (1, 0), (0, 1), (1, 1), (2, 0), (0, 2), (label, 0)}:
        first, last = head.first + skip, tail.last - drop
        if head.last - skip <= head.first or last <= max(tail.first, first):
            continue
        trimmed = (*(range(head.first, first) if skip != label else ()), *range(last, tail.last))
        signals = when("crop") + outside + sum((_trim(row, at) for at in trimmed), NOTHING)
        printed = separators(found, start, end, skip)
        for shape in grammar().by_length.get(last - first, ()):
            fitting = fit(row, first, shape, printed)
            if fitting is not None:
                likely = (*signals, ("strength", shape.strength), *fitting)
                yield Hit(row, first, last, shape, likely, doubt_of(fitting))


def _left_out(token: Token) -> Signals:
    short = token.last - token.first <= _SHORT_NEIGHBOUR
    return when("cut neighbour", short) or when("word left out")


def _trim(row: TagRow, at: int) -> Signals:
    likely = row.atoms[at].listed[row.atoms[at].char]
    return ("sure character left out", likely), ("doubtful character left out", 1 - likely)
