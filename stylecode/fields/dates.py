"""Dates of making, and what can be told of them without guessing."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from stylecode.fields.digits import as_digits
from stylecode.fields.layout import FieldRow
from stylecode.fields.types import PrintedDate
from stylecode.grammar.brands import grammar

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_NAME = (
    r"(?:JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?"
    r"|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)"
)
# A dash may stand before or behind, but only towards another date.
_DATE_START = r"(?:(?<![A-Z0-9.,/#-])|(?<=[./]\d\d-)|(?<=[./]20\d\d-)|(?<=20\d{6}-))"
_DATE_END = r"(?![A-Z0-9]|/|[.,]\d|-(?!20[0-3]\d|[0-3]\d[./])\d)"
_DATE_YEAR, _DATE_MONTH, _DATE_DAY = r"20[0-3]\d", r"1[0-2]|0[1-9]", r"3[01]|[12]\d|0[1-9]"
_DATE_PRINTED = re.compile(
    rf"{_DATE_START}(?:"
    rf"(?P<y1>{_DATE_YEAR})(?P<mark>[-./]) ?(?P<m1>{_DATE_MONTH}|[1-9])"
    rf"(?:(?P=mark) ?(?P<d1>{_DATE_DAY}|[1-9]))?"
    rf"|(?P<y2>{_DATE_YEAR}) ?년 ?(?P<m2>{_DATE_MONTH}|[1-9]) ?월"
    rf"(?: ?(?P<d2>{_DATE_DAY}|[1-9]) ?일)?"
    rf"|(?P<y3>{_DATE_YEAR})(?P<m3>{_DATE_MONTH})(?P<d3>{_DATE_DAY})?"
    rf"|(?P<a>\d\d?)(?P<sep>[-./])(?P<b>\d\d?)(?P=sep)(?P<c>{_DATE_YEAR}|\d\d)"
    rf"|(?P<m4>{_DATE_MONTH})[-./](?P<y4>{_DATE_YEAR})"
    rf"|(?P<m5>{_DATE_MONTH})/(?P<y5>1[3-9]|[23]\d)"
    rf"|(?P<d6>{_DATE_DAY}|[1-9])?[-. /]?(?P<m6>{_NAME})[-. ,/]{{0,2}}(?P<y6>{_DATE_YEAR})"
    rf"|(?P<d7>{_DATE_DAY}|[1-9])[-. /]?(?P<m7>{_NAME})[-. /']?(?P<y7>[0-3]\d)"
    rf"|(?P<m8>{_NAME})[. ]{{1,2}}(?P<d8>{_DATE_DAY}|[1-9]),? ?(?P<y8>{_DATE_YEAR})"
    rf"){_DATE_END}"
)
# A slash is easily read as an I or an L.
_SLASHES = re.compile(r"(?<![A-Z0-9])([0-3]\d)[/I|L1]([0-3]\d)[/I|L1]([0-3]\d)(?![A-Z0-9/])")
_NO_DATE = re.compile(r"(?:P\.?/?O\.?|LOT|FTY|FACTORY|TEL|RN|CA)(?: ?NO\.?)?[ :#.]*$")
_BETWEEN = re.compile(r"\s*(?:[-~/]|TO)?\s*")
_LONGEST_SPAN = 800  # days that a tag's span may have
_MONTH_FIRST, _DAY_FIRST, _YEAR_FIRST = _ORDERS = ("mdy", "dmy", "ymd")

Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class _Read:
    """A date in a text: what it may mean, by the order of its numbers ("" where that is plain)."""

    start: int
    end: int
    printed: str
    spans: dict[str, Span]

    def span(self, order: str) -> Span | None:
        """What it means; None where `order` is needed and not known."""
        if len(self.spans) == 1:
            return next(iter(self.spans.values()))
        same = set(self.spans.values())
        return same.pop() if len(same) == 1 else self.spans.get(order)


def dates_of(rows: Sequence[FieldRow], brand: str | None) -> tuple[PrintedDate, ...]:
    """The dates from top to bottom, two that belong together as one span, each once."""
    whole = brand in _month_first_brands()
    by_row = [(row, _read(row, whole)) for row in rows]
    order = _order([read for _, some in by_row for read in some], brand)
    found: dict[str, PrintedDate] = {}
    ends: set[str] = set()
    for row, some in by_row:
        at = 0
        while at < len(some):
            both = _joined(row, some[at : at + 2], order)
            made = both or PrintedDate(some[at].printed, *(some[at].span(order) or (None, None)))
            found.setdefault(made.printed, made)
            ends |= {read.printed for read in some[at : at + 2]} if both else set()
            at += 2 if both else 1
    return tuple(made for text, made in found.items() if text not in ends)


def _read(row: FieldRow, whole: bool) -> list[_Read]:
    """The dates of a row; `whole` where the brand prints days, too: without one it is a rest."""
    text = as_digits(_SLASHES.sub(_slashed, row.text))
    return [
        _Read(match.start(), match.end(), match[0].strip(), spans)
        for match in _DATE_PRINTED.finditer(text)
        if (spans := dict(_meanings(match))) and not _NO_DATE.search(text[: match.start()])
        if row.evidence(*match.span()).heard(-1 if whole and match["m5"] else 0).so
    ]


def _slashed(match: re.Match[str]) -> str:
    sure = any(mark in match[0] for mark in "/I|L")
    return f"{match[1]}/{match[2]}/{match[3]}" if sure else match[0]


def _meanings(match: re.Match[str]) -> Iterator[tuple[str, Span]]:
    groups = match.groupdict()
    if groups["a"] is not None:
        yield from _by_order(groups["a"], groups["sep"], groups["b"], groups["c"])
        return
    at = next(n for n in "12345678" if groups.get(f"y{n}"))
    year, month = groups[f"y{at}"], groups[f"m{at}"]
    number = _MONTHS.index(month[:3]) + 1 if month[:3] in _MONTHS else int(month)
    span = _span(year, number, groups.get(f"d{at}"))
    if span:
        yield "", span


def _by_order(a: str, sep: str, b: str, c: str) -> Iterator[tuple[str, Span]]:
    if sep != "." and (span := _span(c, int(a), b)):
        yield _MONTH_FIRST, span
    if span := _span(c, int(b), a):
        yield _DAY_FIRST, span
    if sep != "/" and len(c) == 2 and len(a) == 2 and (span := _span(a, int(b), c)):
        yield _YEAR_FIRST, span


def _span(year: str, month: int, day: str | None) -> Span | None:
    """The days that this may mean; None where there is no such day, or no shoe of that year."""
    full = int(year) + (2000 if len(year) == 2 else 0)
    if not (2005 <= full <= 2039 and 1 <= month <= 12):
        return None
    length = monthrange(full, month)[1]
    if day is None:
        return date(full, month, 1), date(full, month, length)
    if not 1 <= int(day) <= length:
        return None
    return (date(full, month, int(day)),) * 2


def _order(reads: Sequence[_Read], brand: str | None) -> str:
    """Which number is the month on this tag: as the other dates or the brand say, else unknown."""
    plain = {next(iter(read.spans)) for read in reads if len(read.spans) == 1}
    plain.discard("")
    if len(plain) == 1:
        return plain.pop()
    return _MONTH_FIRST if not plain and brand in _month_first_brands() else ""


@cache
def _month_first_brands() -> frozenset[str]:
    return frozenset(brand.name for brand in grammar().brands if brand.month_first)


def _joined(row: FieldRow, pair: Sequence[_Read], order: str) -> PrintedDate | None:
    """Two dates with nothing but a dash between them as one span, if they can be one."""
    if len(pair) < 2 or not _BETWEEN.fullmatch(between := row.text[pair[0].end : pair[1].start]):
        return None
    spans = {
        (first[0], last[1])
        for each in ([order] if order else _ORDERS)
        if (first := pair[0].span(each)) and (last := pair[1].span(each)) and _follows(first, last)
    }
    printed = " ".join(f"{pair[0].printed} {between} {pair[1].printed}".split())
    if not spans:
        return None
    return PrintedDate(printed, *(spans.pop() if len(spans) == 1 else (None, None)))


def _follows(first: Span, last: Span) -> bool:
    return first[0] <= last[1] and (last[1] - first[0]).days <= _LONGEST_SPAN
