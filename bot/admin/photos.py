"""Photos for operators' eyes, of people who let theirs serve training; of nobody else's."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.admin.door import HOME, Door
from bot.admin.pages import Pages, Visit
from storage.photos.jpeg_size import jpeg_size
from storage.store import Store
from storage.types import Interaction, Quad, StoredReading

ROW = "{row:[0-9]{1,18}}"


@dataclass(frozen=True, slots=True)
class Outline:
    """A line on the photo, as an SVG draws it: `points` in pixels."""

    points: str
    text: str
    first: bool = False


@dataclass(frozen=True, slots=True)
class SeenPhoto:
    """A photo with what was read on it; `size` is None where it may not be shown or is gone."""

    row: Interaction
    reading: StoredReading
    consent: bool
    size: tuple[int, int] | None = None

    @property
    def outlines(self) -> list[Outline]:
        """All lines, and above them that of the first candidate."""
        lines = [Outline(_points(one.quad), one.text) for one in self.reading.regions]
        first = self.row.current[0] if self.row.current else None
        if first is not None and first.quad is not None:
            lines.append(Outline(_points(first.quad), first.code, first=True))
        return lines


class PhotoPages:
    """Asks for consent each time, for it can be taken back at any moment."""

    def __init__(self, store: Store, pages: Pages) -> None:
        self._store = store
        self._pages = pages

    def routes(self, door: Door) -> list[web.AbstractRouteDef]:
        """The photos themselves."""
        return [web.get(f"{HOME}/photos/{ROW}", door.shown(self._photo))]

    async def sheet(self, interaction: int) -> SeenPhoto | None:
        """What is known of a row, None where there is none."""
        row = await self._store.interactions.get(interaction)
        if row is None:
            return None
        consent = bool((await self._store.people.consent(row.who)).given)
        reading = await self._store.labels.reading(interaction)
        jpeg = await self._jpeg(row) if consent else None
        return SeenPhoto(row, reading, consent, jpeg_size(jpeg) if jpeg else None)

    async def _photo(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        row = await self._store.interactions.get(number(request))
        consent = row is not None and (await self._store.people.consent(row.who)).given
        jpeg = await self._jpeg(row) if row is not None and consent else None
        if jpeg is None:
            return self._pages.problem(request, visit, "no_photo", 404)
        return web.Response(body=jpeg, content_type="image/jpeg")

    async def _jpeg(self, row: Interaction) -> bytes | None:
        return await self._store.photos.get(row.photo) if row.photo else None


def number(request: web.Request) -> int:
    """The row that the address names."""
    return int(request.match_info["row"])


def _points(quad: Quad) -> str:
    return " ".join(f"{x:.0f},{y:.0f}" for x, y in quad)
