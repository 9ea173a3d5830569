"""Charts of prices seen: one line for each source, drawn off the event loop.

matplotlib is imported with the first chart, and only its objects are used, nothing global.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Protocol

from cachetools import LRUCache
from PIL import Image

from bot.pictures.price_lines import CHART_WIDTH, Chart

log = logging.getLogger(__name__)

_CHARTS_KEPT = 64  # charts
_BACK = {False: (255, 255, 255), True: (27, 25, 23)}


@dataclass(frozen=True, slots=True)
class ChartPicture:
    """The same picture for light and for dark pages, as JPEG."""

    light: bytes
    dark: bytes


class Charts(Protocol):
    """Draws charts; `ChartDrawer` is the real one. Never raises."""

    async def draw(self, chart: Chart, photo: bytes | None = None) -> ChartPicture | None:
        """The chart, under a JPEG where one is given; None where it cannot be drawn."""
        ...


class ChartDrawer:
    """Draws with matplotlib in a thread, one chart at a time, and keeps the last ones."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._kept: LRUCache[Chart, ChartPicture] = LRUCache(_CHARTS_KEPT)

    async def draw(self, chart: Chart, photo: bytes | None = None) -> ChartPicture | None:
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


def drawn(chart: Chart) -> ChartPicture:
    """Both pictures of a chart."""
    from bot.pictures.price_figure import png  # noqa: PLC0415 - matplotlib takes a second to import

    light, dark = (_jpeg(Image.open(BytesIO(png(chart, dark=dark)))) for dark in (False, True))
    return ChartPicture(light, dark)


def _stacked(photo: bytes, picture: ChartPicture) -> ChartPicture:
    under = partial(_under, photo)
    return ChartPicture(under(picture.light, dark=False), under(picture.dark, dark=True))


def _under(photo: bytes, chart: bytes, *, dark: bool) -> bytes:
    """A photo with the chart beneath it, as wide as the chart."""
    with Image.open(BytesIO(photo)) as opened, Image.open(BytesIO(chart)) as below:
        above = opened.convert("RGB")
        above.thumbnail((CHART_WIDTH, CHART_WIDTH))
        whole = Image.new("RGB", (CHART_WIDTH, above.height + below.height), _BACK[dark])
        whole.paste(above, ((CHART_WIDTH - above.width) // 2, 0))
        whole.paste(below, (0, above.height))
        return _jpeg(whole)


def _jpeg(image: Image.Image) -> bytes:
    out = BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=88, optimize=True)
    return out.getvalue()
