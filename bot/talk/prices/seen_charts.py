"""Charts of prices seen, for one code's page and for a page of the past."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date, timedelta

from bot.pictures.price_chart import ChartPicture
from bot.pictures.price_lines import AxisTexts, Chart, PriceLine
from bot.sentences import Sentences
from bot.talk.desk import KST, Desk
from bot.talk.prices.card import source_name
from storage.watch_types import PriceSeen
from stylecode import key as code_key

log = logging.getLogger(__name__)

CHART_SPAN = timedelta(days=180)
"""How far back a chart goes."""

LEAST_DAYS = 2
"""Days with a price that make a line: one price alone stands in the text."""


async def code_chart(
    desk: Desk, say: Sentences, code: str, photo: bytes | None
) -> ChartPicture | None:
    """What was seen of a code, a line for each source, beneath the photo; None: too few days."""
    seen = await _seen(desk, [code])
    if desk.memory.charts is None or len({one.day for one in seen}) < LEAST_DAYS:
        return None
    names = {one.source: source_name(say, one.source, one.source_name) for one in seen}
    lines = [
        PriceLine(name, _points([one for one in seen if one.source == source]), source)
        for source, name in names.items()
    ]
    return await desk.memory.charts.draw(_chart(say, code, lines, say("chart-lowest")), photo)


async def codes_chart(desk: Desk, say: Sentences, codes: Sequence[str]) -> ChartPicture | None:
    """The lowest prices seen of some codes, a line for each that was seen on days enough."""
    if desk.memory.charts is None:
        return None
    seen = await _seen(desk, codes)
    lines = []
    for code in codes:
        points = _points([one for one in seen if one.code_key == code_key(code)])
        if len(points) >= LEAST_DAYS:
            lines.append(PriceLine(code, points, code))
    if not lines:
        return None
    return await desk.memory.charts.draw(_chart(say, "", lines))


def _chart(say: Sentences, code: str, lines: Sequence[PriceLine], lowest: str = "") -> Chart:
    title = say("chart-title", code=code) if code else say("chart-titles")
    return Chart(title, tuple(lines), axis_texts(say), code, lowest)


def axis_texts(say: Sentences) -> AxisTexts:
    """How the language writes dates and amounts along a chart."""
    return AxisTexts(
        say("chart-year"),
        say("chart-month"),
        say("chart-day"),
        say("chart-amount", won="{}"),
        say("chart-ten-thousands", amount="{}"),
    )


async def _seen(desk: Desk, codes: Sequence[str]) -> Sequence[PriceSeen]:
    if desk.memory.seen is None:
        return ()
    since = (desk.clock().astimezone(KST) - CHART_SPAN).date()
    try:
        return await desk.memory.seen.of({code_key(code) for code in codes}, since)
    except Exception:  # an answer without its chart is better than none
        log.exception("prices seen cannot be read")
        return ()


def _points(seen: Sequence[PriceSeen]) -> tuple[tuple[date, int], ...]:
    days: dict[date, int] = {}
    for one in seen:
        days[one.day] = min(one.lowest_won, days.get(one.day, one.lowest_won))
    return tuple(sorted(days.items()))
