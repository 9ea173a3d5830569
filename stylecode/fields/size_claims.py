"""What rows say of sizes: "US 9", a table of systems over values, or a number by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stylecode.fields.agreement import Evidence
from stylecode.fields.layout import FieldRow
from stylecode.fields.size_words import SizeWord, as_size, size_words
from stylecode.tag.places import LinePlace

_BELOW = 3.5  # heights between the row of systems and the row of values
_BESIDE = 2.5  # heights that a value may stand beside its system's middle


@dataclass(frozen=True, slots=True)
class SizeClaim:
    """A value of a system; no `system` where a number stands alone on its line."""

    system: str
    value: str
    evidence: Evidence


_Pair = tuple[SizeWord, SizeWord]  # a system's name and a value
_Rest = tuple[FieldRow, list[SizeWord]]


def size_claims(rows: Sequence[FieldRow]) -> list[SizeClaim]:
    """All that the rows say, contradictions included."""
    pairs: list[_Pair] = []
    rests: list[_Rest] = []
    for row in rows:
        beside, rest = _beside(size_words(row))
        pairs += beside
        rests.append((row, rest))
    under = [pair for row, rest in rests for pair in _under(row, rest, rests)]
    named = [claim for pair in (*pairs, *under) for claim in _claimed(*pair)]
    taken = [value for _, value in under]
    return named + [
        SizeClaim("", word.text, word.evidence)
        for _, rest in rests
        for word in rest
        if word.kind == "value" and word.alone and word not in taken
    ]


def _system(name: SizeWord) -> str:
    return "KR" if name.kind == "size" else name.text


def _claimed(name: SizeWord, value: SizeWord) -> Iterator[SizeClaim]:
    size = as_size(_system(name), value.text)
    if size:
        yield SizeClaim(_system(name), size, name.evidence.and_(value.evidence))


def _beside(words: Sequence[SizeWord]) -> tuple[list[_Pair], list[SizeWord]]:
    """Systems with the value right behind them, or right before where that explains more."""
    forward, backward = _places(words, 0), _places(words, 1)
    behind = len(backward) > len(forward)
    taken = backward if behind else forward
    used = set(taken) | {at + 1 for at in taken}
    pairs = [(words[at + behind], words[at + 1 - behind]) for at in taken]
    return pairs, [word for at, word in enumerate(words) if at not in used]


def _places(words: Sequence[SizeWord], behind: int) -> list[int]:
    """Places of pairs; `behind` 1 for values that stand before their systems."""
    found: list[int] = []
    at = 0
    while at + 1 < len(words):
        name, value = words[at + behind], words[at + 1 - behind]
        named = name.kind == "system" or (name.kind == "size" and not behind)
        if named and value.kind == "value" and _may_pair(name, value):
            found.append(at)
            at += 1
        at += 1
    return found


def _may_pair(name: SizeWord, value: SizeWord) -> bool:
    return bool(as_size(_system(name), value.text)) or not _system(name)


def _under(row: FieldRow, rest: Sequence[SizeWord], rests: Sequence[_Rest]) -> list[_Pair]:
    """Values in the next row that belong to this row's systems."""
    names = [word for word in rest if word.kind in ("system", "size")]
    for other, words in rests if names else ():
        values = [word for word in words if word.kind == "value"]
        if other is row or not values or not other.below(row, _BELOW):
            continue
        if pairs := _matched(names, values, row.place):
            return pairs
    return []


def _matched(
    names: Sequence[SizeWord], values: Sequence[SizeWord], place: LinePlace | None
) -> list[_Pair]:
    """Systems and the values under them; `place` is that of the systems' row."""
    if len(names) == len(values) and (len(names) > 1 or place is None):
        pairs = list(zip(names, values, strict=True))
    elif place is not None:
        pairs = list(_columns(names, values, place))
    else:
        return []
    named = [(name, value) for name, value in pairs if _system(name)]
    fitting = [pair for pair in named if as_size(_system(pair[0]), pair[1].text)]
    return fitting if 3 * len(fitting) >= 2 * len(named) else []


def _columns(
    names: Sequence[SizeWord], values: Sequence[SizeWord], place: LinePlace
) -> Iterator[_Pair]:
    """Those that are nearest to each other along the row."""

    def apart(one: SizeWord, other: SizeWord) -> float:
        (ax, ay), (bx, by) = one.point, other.point
        return abs((bx - ax) * place.cos + (by - ay) * place.sin)

    for name in names:
        value = min(values, key=lambda value: apart(name, value))
        nearest = min(names, key=lambda other: apart(other, value))
        if nearest is name and apart(name, value) < _BESIDE * place.height:
            yield name, value
