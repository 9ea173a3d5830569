"""The first page: what became of photos lately, and how the price sources are doing.

GET /admin?days=7|30|90
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import get_args

from aiohttp import web

from bot.admin.pages import Pages, Visit
from bot.admin.panels import Panels
from bot.pictures.bars import PLOT_BOTTOM
from bot.sentences import Sentences
from lookup.types import SourceState, SourceStatus
from storage.overview_types import By, day_of
from storage.tables.overview import Overview, total

SPANS = (7, 30, 90)  # days
_USUAL_SPAN = 30  # enough weeks to see a change, and enough photos for narrow intervals
_STATES = {
    SourceState.OK: "admin-source-ok",
    SourceState.EMPTY: "admin-source-empty",
    SourceState.DOWN: "admin-source-down",
    SourceState.SLOW: "admin-source-slow",
    SourceState.QUOTA: "admin-source-quota",
    SourceState.RETIRED: "admin-source-retired",
    SourceState.REFUSED: "admin-source-refused",
}
_WELL = frozenset({SourceState.OK, SourceState.EMPTY})

PriceStatuses = Callable[[], Awaitable[Sequence[SourceStatus]]]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A price source: its name, how it answered last and when, and the calls of its quota."""

    name: str
    state: str
    well: bool
    asked_at: datetime | None
    calls: str
    left: str


class OverviewPage:
    """Answers /admin; `prices` tells how the price sources are doing, `clock` aware UTC."""

    def __init__(
        self,
        overview: Overview,
        pages: Pages,
        prices: PriceStatuses,
        clock: Callable[[], datetime],
    ) -> None:
        self._overview = overview
        self._pages = pages
        self._prices = prices
        self._clock = clock

    async def shown(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        """The page of the span that the address names."""
        asked = request.query.get("days", "")
        span = next((days for days in SPANS if str(days) == asked), _USUAL_SPAN)
        today = day_of(self._clock())
        days = [today - timedelta(days=ago) for ago in reversed(range(span))]
        ways: tuple[By, ...] = get_args(By)
        figures = {by: await self._overview.figures(days[0], today, by) for by in ways}
        panels = Panels(visit.say, days, figures).all(total("", figures["day"]))
        sources = [source_line(visit.say, status) for status in await self._prices()]
        return self._pages.page(
            request,
            visit,
            "overview.html",
            span=span,
            spans=SPANS,
            panels=panels,
            sources=sources,
            bottom=PLOT_BOTTOM,
        )


def source_line(say: Sentences, status: SourceStatus) -> SourceLine:
    """How a source is doing, in words."""
    state = "admin-source-unasked" if status.state is None else _STATES[status.state]
    told = say("admin-source-resting") if status.resting else say(state)
    well = not status.resting and (status.state is None or status.state in _WELL)
    usage = status.usage
    calls = "–" if usage is None else f"{usage.calls:,}"
    left = "–" if usage is None or usage.left is None else f"{usage.left:,}"
    return SourceLine(status.name, told, well, status.asked_at, calls, left)
