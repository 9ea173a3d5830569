"""The overview's panels: from counts to what a page draws, and to the table of the same numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.pictures.bars import TimeChart, Value, time_chart
from bot.sentences import Sentences
from storage.overview_types import By, FigureRow
from storage.shares import Share

SHOWN_BRANDS = 12  # as many as fit beside a chart of weeks; the table has all
_CHART_HIGH = 5  # lines that are as high as a chart
_NOTHING = "–"
_CHANNELS = {
    "telegram": "admin-channel-telegram",
    "kakao": "admin-channel-kakao",
    "web": "admin-channel-web",
}

Figures = Mapping[By, Sequence[FigureRow]]
ShareOf = Callable[[FigureRow], Share]


@dataclass(frozen=True, slots=True)
class Numbers:
    """A table: its head, and its rows. The first cell of each names it."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A bar that lies: its share and its interval, in per cent."""

    name: str
    told: str
    percent: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Panel:
    """One figure: its name, the whole span's number in words, a chart, and the same as a table."""

    heading: str
    whole: str
    note: str
    numbers: Numbers
    chart: TimeChart | None = None
    unit: str = ""
    axis: str = ""
    lines: tuple[Line, ...] = ()

    @property
    def tall(self) -> bool:
        """Whether it takes the place of two beside it."""
        return len(self.lines) > _CHART_HIGH


class Panels:
    """Makes the panels of a span in one language."""

    def __init__(self, say: Sentences, days: Sequence[date], figures: Figures) -> None:
        """`days` are all of the span, those without anything included."""
        self._say = say
        self._figures = figures
        by_day = {row.name: row for row in figures["day"]}
        self._days = [_of(by_day, day) for day in days]
        by_week = {row.name: row for row in figures["week"]}
        mondays = dict.fromkeys(day - timedelta(days=day.weekday()) for day in days)
        self._weeks = [_of(by_week, monday) for monday in mondays]

    def all(self, total: FigureRow) -> list[Panel]:
        """In the page's order; `total` is the whole span."""
        say = self._say
        return [
            self._photos(total),
            self._share(say("admin-right"), say("admin-right-note"), total, _right),
            self._lines(say("admin-right-by-brand"), "brand", "col-brand", self._brand),
            self._lines(say("admin-right-by-channel"), "channel", "col-channel", self._channel),
            self._lines(say("admin-right-by-version"), "version", "col-version", self._version),
            self._taps(total),
            self._share(say("admin-none-found"), say("admin-none-found-note"), total, _none_found),
            self._share(say("admin-wrong-auto"), say("admin-wrong-auto-note"), total, _wrong_auto),
        ]

    def _photos(self, total: FigureRow) -> Panel:
        say = self._say
        values = [Value(_short(row.name), row.photos, _told(row, row.photos)) for row in self._days]
        head = (
            "col-day",
            "col-photos",
            "col-answered",
            "col-none",
            "col-failed",
            "col-typed",
        )
        rows = [
            (row.name, row.photos, row.answered, row.none_found, row.failed, row.typed)
            for row in self._days
        ]
        return Panel(
            say("admin-photos"),
            f"{total.photos:,}",
            say("admin-photos-note", codes=total.typed, photos=total.failed),
            self._numbers(head, rows),
            time_chart(values, _count, whole=True) if total.photos else None,
            say("admin-unit-photos"),
            say("admin-axis-days"),
        )

    def _share(self, heading: str, note: str, total: FigureRow, share: ShareOf) -> Panel:
        values = [_share_value(row, share(row)) for row in self._weeks]
        return Panel(
            heading,
            told_share(share(total)),
            note,
            self._shares("col-week", [(row.name, share(row)) for row in self._weeks]),
            time_chart(values, _percent),
            "%",
            self._say("admin-axis-weeks"),
        )

    def _taps(self, total: FigureRow) -> Panel:
        say = self._say
        values = [
            Value(_short(row.name), row.taps_each, _told(row, _mean(row))) for row in self._weeks
        ]
        rows = [(row.name, _mean(row), row.taps, row.tapped) for row in self._weeks]
        return Panel(
            say("admin-taps"),
            _mean(total),
            say("admin-taps-note"),
            self._numbers(("col-week", "col-taps-each", "col-taps", "col-tapped"), rows),
            time_chart(values, lambda number: f"{number:g}"),
            say("admin-unit-taps"),
            say("admin-axis-weeks"),
        )

    def _lines(self, heading: str, by: By, head: str, name: Callable[[str], str]) -> Panel:
        rows = [(name(row.name), row.right) for row in self._figures[by] if row.said]
        lines = tuple(_line(*row) for row in rows[:SHOWN_BRANDS])
        return Panel(heading, "", "", self._shares(head, rows), lines=lines)

    def _shares(self, named: str, rows: Sequence[tuple[str, Share]]) -> Numbers:
        cells = [
            (name, _part(share.value), _span(share), share.right, share.count)
            for name, share in rows
        ]
        return self._numbers(
            (named, "col-share", "col-interval", "col-so-many", "col-of-all"), cells
        )

    def _numbers(self, head: Sequence[str], rows: Sequence[tuple[str | int, ...]]) -> Numbers:
        told = tuple(tuple(_cell(cell) for cell in row) for row in rows)
        return Numbers(tuple(self._say(f"admin-{name}") for name in head), told)

    def _brand(self, name: str) -> str:
        return name or self._say("admin-no-brand")

    def _version(self, name: str) -> str:
        return name or self._say("admin-no-version")

    def _channel(self, name: str) -> str:
        return self._say(_CHANNELS[name]) if name in _CHANNELS else name


def told_share(share: Share) -> str:
    """A share with its interval."""
    return _NOTHING if share.value is None else f"{_part(share.value)} ({_span(share)} %)"


def _of(known: Mapping[str, FigureRow], day: date) -> FigureRow:
    return known.get(day.isoformat(), FigureRow(day.isoformat()))


def _right(row: FigureRow) -> Share:
    return row.right


def _none_found(row: FigureRow) -> Share:
    return row.without_code


def _wrong_auto(row: FigureRow) -> Share:
    return row.wrong_auto


def _share_value(row: FigureRow, share: Share) -> Value:
    low, high = (None, None) if share.value is None else share.interval
    return Value(_short(row.name), share.value, _told(row, told_share(share)), low, high)


def _line(name: str, share: Share) -> Line:
    told = f"{_part(share.value)} · {share.count:,}"
    ends = (share.right / share.count, *share.interval)
    return Line(name, told, *(round(end * 100, 2) for end in ends))


def _told(row: FigureRow, what: object) -> str:
    return f"{row.name}: {what}"


def _short(day: str) -> str:
    at = date.fromisoformat(day)
    return f"{at.month}/{at.day}"


def _mean(row: FigureRow) -> str:
    return _NOTHING if row.taps_each is None else f"{row.taps_each:.2f}"


def _part(share: float | None) -> str:
    return _NOTHING if share is None else f"{share * 100:.1f} %"


def _span(share: Share) -> str:
    low, high = share.interval
    return f"{low * 100:.1f}–{high * 100:.1f}" if share.count else _NOTHING


def _count(number: float) -> str:
    return f"{number:,.0f}"


def _percent(share: float) -> str:
    return f"{share * 100:g}"


def _cell(cell: str | int) -> str:
    return cell if isinstance(cell, str) else f"{cell:,}"
