"""Charts of prices seen: one line for each source, drawn off the event loop.

Days without an answer stay empty: points more than `GAP` apart are not joined, single days are
dots. matplotlib is imported with the first chart, and only its objects are used, nothing global.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from io import BytesIO
from typing import Protocol

from cachetools import LRUCache
from PIL import Image

log = logging.getLogger(__name__)

GAP = timedelta(days=3)
"""Points further apart than this are not joined."""

MOST_LINES = 6
WIDTH, HEIGHT = 1080, 600
_KEPT = 64  # charts
_BACK = {False: (255, 255, 255), True: (27, 25, 23)}


@dataclass(frozen=True, slots=True)
class Line:
    """A name (`latin` where no font has its letters), and prices in won by day, oldest first."""

    name: str
    points: tuple[tuple[date, int], ...]
    latin: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart shows.

    `latin` is the title where no font has the letters of `title`, `lowest` the name of the line
    over all lines ("" for none), `nothing` what stands where there are no prices. `korean` writes
    won and dates the Korean way where a font has the letters.
    """

    title: str
    lines: tuple[Line, ...]
    korean: bool
    latin: str = ""
    lowest: str = ""
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """The same picture for light and for dark pages, as JPEG."""

    light: bytes
    dark: bytes


class Charts(Protocol):
    """Draws charts; `ChartDrawer` is the real one. Never raises."""

    async def draw(self, chart: Chart, photo: bytes | None = None) -> Picture | None:
        """The chart, under a JPEG where one is given; None where it cannot be drawn."""
        ...


class ChartDrawer:
    """Draws with matplotlib in a thread, one chart at a time, and keeps the last ones."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._kept: LRUCache[Chart, Picture] = LRUCache(_KEPT)

    async def draw(self, chart: Chart, photo: bytes | None = None) -> Picture | None:
        """The chart, under a JPEG where one is given; None where it cannot be drawn."""
        try:
            async with self._turn:
                picture = self._kept.get(chart)
                if picture is None:
                    picture = await asyncio.to_thread(drawn, chart)
                    self._kept[chart] = picture
            if photo is None:
                return picture
            return await asyncio.to_thread(_stacked, photo, picture)
        except Exception:
            # The prices matter more than their picture.
            log.exception("a chart could not be drawn")
            return None


def drawn(chart: Chart) -> Picture:
    """Both pictures of a chart."""
    from bot.pictures.price_figure import png  # noqa: PLC0415 - matplotlib takes a second to import

    light, dark = (_jpeg(Image.open(BytesIO(png(chart, dark=dark)))) for dark in (False, True))
    return Picture(light, dark)


def segments(points: Sequence[tuple[date, int]]) -> Iterable[Sequence[tuple[date, int]]]:
    """The parts of a line that may be joined."""
    part: list[tuple[date, int]] = []
    for point in points:
        if part and point[0] - part[-1][0] > GAP:
            yield part
            part = []
        part.append(point)
    if part:
        yield part


def lowest_of(lines: Iterable[Line], name: str, latin: str = "") -> Line:
    """The lowest price of each day over all lines."""
    days: dict[date, int] = {}
    for line in lines:
        for day, won in line.points:
            days[day] = min(won, days.get(day, won))
    return Line(name, tuple(sorted(days.items())), latin)


def _stacked(photo: bytes, picture: Picture) -> Picture:
    under = partial(_under, photo)
    return Picture(under(picture.light, dark=False), under(picture.dark, dark=True))


def _under(photo: bytes, chart: bytes, *, dark: bool) -> bytes:
    """A photo with the chart beneath it, as wide as the chart."""
    with Image.open(BytesIO(photo)) as opened, Image.open(BytesIO(chart)) as below:
        above = opened.convert("RGB")
        above.thumbnail((WIDTH, WIDTH))
        whole = Image.new("RGB", (WIDTH, above.height + below.height), _BACK[dark])
        whole.paste(above, ((WIDTH - above.width) // 2, 0))
        whole.paste(below, (0, above.height))
        return _jpeg(whole)


def _jpeg(image: Image.Image) -> bytes:
    out = BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=88, optimize=True)
    return out.getvalue()
