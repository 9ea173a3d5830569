"""Sizes: "US 9 UK 8 EUR 42.5 CM 27", tables of systems over values, "275MM", "SIZE 260"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stylecode.fields.layout import FieldRow, Point
from stylecode.tag.places import LinePlace

# What a value may be in each system; shown in this order.
_RANGES: dict[str, tuple[tuple[float, float], ...]] = {
    "US": ((0.5, 22),),
    "UK": ((0.5, 21),),
    "EUR": ((14, 56),),
    "FR": ((14, 56),),
    "CM": ((7, 36),),
    "JP": ((7, 36), (70, 360)),
    "CHN": ((14, 56), (70, 360)),
    "BR": ((12, 54),),
    "MEX": ((2, 36),),
    "KR": ((70, 360),),
}
# As they are printed; the longer ones come first. A system without a name here is passed over.
_NAMES: dict[str, str] = {
    "USA": "US", "US": "US", "U5": "US", "GB": "UK", "UK": "UK", "EURO": "EUR", "EUR": "EUR",
    "EU": "EUR", "FR": "FR", "CM": "CM", "JPN": "JP", "JP": "JP", "CHN": "CHN", "CHI": "CHN",
    "CN": "CHN", "BRA": "BR", "BR": "BR", "8R": "BR", "MEX": "MEX", "MX": "MEX", "KOR": "KR",
    "KR": "KR", "K0R": "KR", "MM": "KR", "IND": "", "F": "FR", "J": "JP", "D": "",
}  # fmt: skip
_SIZE_WORDS = ("SIZE", "S1ZE", "5IZE", "SIZ", "사이즈", "치수", "호수")
_WEARERS = r"MEN'?S?|WOMEN'?S?|WMNS?|UNISEX|KIDS?|YOUTH|MNS|M|W|Y"
_VALUE = r"\d{1,3}(?:[.,]\d)?(?: [12]/[23])?(?:(?P<kids>[CYK])(?!M)|(?!MM)[DEMW]{1,2})?"
_READ_SIZE = r"(?=[OISBZL.,]*\d)[0-9OISBZL]{1,3}(?:[.,][0-9OS])?"
_TOKEN = re.compile(
    rf"(?<![A-Z가-힣])(?P<system>{'|'.join(sorted(_NAMES, key=len, reverse=True))})(?![A-Z])"
    rf"|(?<![A-Z가-힣])(?P<size>{'|'.join(_SIZE_WORDS)})(?![A-Z가-힣])"
    rf"|(?<![A-Z0-9])(?P<who>{_WEARERS})(?![A-Z])"
    rf"|(?<![0-9.,/#%-])(?P<value>{_VALUE})(?=$|[^A-Z0-9.,/%-]|[/,.-](?:$|[^0-9A-Z])|MM|CM)"
    rf"|(?<![A-Z0-9.,/#%-])(?P<alike>{_READ_SIZE})(?=$|[^A-Z0-9.,/%-]|[/,.](?:$|[^0-9A-Z])|MM|CM)"
    r"|(?P<mark>[\s:./|,()\[\]=+*'-])"
    r"|(?P<other>[A-Z0-9가-힣]+|.)"
)
_AS_DIGITS = str.maketrans("OISBZL", "015821")
_SINGLE = frozenset("FJD")
_KIDS = frozenset(("US", "UK"))  # systems with sizes such as 10C and 3Y
_BELOW = 3.5  # heights between the row of systems and the row of values
_BESIDE = 2.5  # heights that a value may stand beside its system's middle
_PAIR, _TABLE = 2, 1


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # system, size, value or other
    text: str  # the system's name, or the value
    point: Point  # of its middle, on the photo


@dataclass(frozen=True, slots=True, order=True)
class _Found:
    """What one row says (or two, one over the other): pairs of system and value."""

    count: int
    weight: int
    confidence: float
    pairs: tuple[tuple[str, str], ...]


def sizes_of(rows: Sequence[FieldRow], code: str | None) -> tuple[tuple[str, str], ...]:
    """The size in each system that is printed.

    Rows complete each other; one that contradicts a fuller or surer row belongs to another shoe,
    or was misread, and is left out.
    """
    found: list[_Found] = []
    rests: list[tuple[FieldRow, list[_Token]]] = []
    for row in rows:
        pairs, rest = _pairs(_tokens(row))
        found.append(_Found(len(pairs), _PAIR, row.confidence, tuple(pairs)))
        rests.append((row, rest))
    found += (_under(row, rest, rests) for row, rest in rests)
    best: dict[str, str] = {}
    for one in sorted(found, reverse=True):
        if all(best.get(system, value) == value for system, value in one.pairs):
            for system, value in one.pairs:
                best.setdefault(system, value)
    if "KR" not in best and (bare := _bare(rows, code, best)):
        best["KR"] = bare
    return tuple((system, best[system]) for system in _RANGES if system in best)


def _tokens(row: FieldRow) -> list[_Token]:
    found: list[_Token] = []
    for match in _TOKEN.finditer(row.text):
        kind = match.lastgroup if match.lastgroup != "kids" else "value"
        if kind in ("mark", "who") or kind is None:
            continue
        text = match[0]
        if kind == "system":
            text = match[0] if match[0] in _SINGLE else _NAMES[match[0]]
        elif kind in ("value", "alike"):
            kind, text = "value", _value(match)
        found.append(_Token(kind, text, row.point((match.start() + match.end()) / 2)))
    proper = sum(token.kind == "system" and token.text not in _SINGLE for token in found)
    return [_single(token, proper) for token in found]


def _single(token: _Token, proper: int) -> _Token:
    """A system of one letter only counts among others: "US 9 UK 8.5 F 42 2/3 J 27"."""
    if token.kind != "system" or token.text not in _SINGLE:
        return token
    return _Token("system" if proper > 1 else "other", _NAMES[token.text], token.point)


def _value(match: re.Match[str]) -> str:
    text = match[0].replace(",", ".")
    if match["alike"]:
        text = text.translate(_AS_DIGITS)
    return text if match["kids"] else text.rstrip("DEMW")


def _fits(system: str, value: str) -> bool:
    if value[-1:].isalpha() and system not in _KIDS:
        return False
    return any(low <= _number(value) <= high for low, high in _RANGES.get(system, ()))


def _number(value: str) -> float:
    whole, _, fraction = value.rstrip("CYK").partition(" ")
    return float(whole) + (0.5 if fraction else 0.0)


def _pairs(tokens: Sequence[_Token]) -> tuple[list[tuple[str, str]], list[_Token]]:
    """Systems with the value right behind them, or right before where that explains more."""
    forward, backward = _paired(tokens, 0), _paired(tokens, 1)
    taken = backward if len(backward) > len(forward) else forward
    used = set(taken) | {at + 1 for at in taken}
    pairs = [
        (system, value)
        for at in taken
        for system, value in [_system_and_value(tokens[at], tokens[at + 1])]
        if _fits(system, value)
    ]
    return pairs, [token for at, token in enumerate(tokens) if at not in used]


def _system_and_value(one: _Token, other: _Token) -> tuple[str, str]:
    value, name = (other, one) if other.kind == "value" else (one, other)
    return ("KR" if name.kind == "size" else name.text), value.text


def _paired(tokens: Sequence[_Token], behind: int) -> list[int]:
    """Places of pairs; `behind` 1 for values that stand before their systems."""
    found: list[int] = []
    at = 0
    while at + 1 < len(tokens):
        name, value = tokens[at + behind], tokens[at + 1 - behind]
        named = name.kind == "system" or (name.kind == "size" and not behind)
        if named and value.kind == "value" and _may_pair(name, value):
            found.append(at)
            at += 1
        at += 1
    return found


def _may_pair(name: _Token, value: _Token) -> bool:
    system = "KR" if name.kind == "size" else name.text
    return _fits(system, value.text) or (name.kind == "system" and not system)


def _under(
    row: FieldRow, rest: Sequence[_Token], rests: Sequence[tuple[FieldRow, list[_Token]]]
) -> _Found:
    """Values in the next row that belong to this row's systems."""
    names = [token for token in rest if token.kind in ("system", "size")]
    for other, tokens in rests if names else ():
        values = [token for token in tokens if token.kind == "value"]
        if other is row or not values or not other.below(row, _BELOW):
            continue
        pairs = tuple(_matched(names, values, row.place))
        if pairs:
            return _Found(len(pairs), _TABLE, min(row.confidence, other.confidence), pairs)
    return _Found(0, _TABLE, 0.0, ())


def _matched(
    names: Sequence[_Token], values: Sequence[_Token], place: LinePlace | None
) -> Iterator[tuple[str, str]]:
    """Systems and the values under them; `place` is that of the systems' row."""
    if len(names) == len(values) and (len(names) > 1 or place is None):
        pairs = list(zip(names, values, strict=True))
    elif place is not None:
        pairs = list(_columns(names, values, place))
    else:
        return
    fitting = [
        (system, value.text)
        for name, value in pairs
        for system in ["KR" if name.kind == "size" else name.text]
        if _fits(system, value.text)
    ]
    named = sum(name.kind == "size" or bool(name.text) for name, _ in pairs)
    if 3 * len(fitting) >= 2 * named:
        yield from fitting


def _columns(
    names: Sequence[_Token], values: Sequence[_Token], place: LinePlace
) -> Iterator[tuple[_Token, _Token]]:
    """Those that are nearest to each other along the row."""

    def apart(one: _Token, other: _Token) -> float:
        (ax, ay), (bx, by) = one.point, other.point
        return abs((bx - ax) * place.cos + (by - ay) * place.sin)

    for name in names:
        value = min(values, key=lambda value: apart(name, value))
        nearest = min(names, key=lambda other: apart(other, value))
        if nearest is name and apart(name, value) < _BESIDE * place.height:
            yield name, value


def _bare(rows: Sequence[FieldRow], code: str | None, best: dict[str, str]) -> str | None:
    """A size in millimetres that stands alone on its line, if there is but one such number."""
    numbers = {
        cell.text
        for row in rows
        for cell in row.cells
        if re.fullmatch(r"(?:2\d|3[0-2])[05]", cell.text) and cell.text in row.text
    }
    mm = [number for number in numbers if not (code or "").endswith(number)]
    if len(mm) != 1 or ("CM" in best and abs(_number(best["CM"]) * 10 - int(mm[0])) > 10):
        return None
    return mm[0]
