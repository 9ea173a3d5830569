"""Labelling: one photo after the other, those first of which a word teaches most.

    GET  /admin/labels?skip=IDS&said=ID   leads to the next photo
    GET  /admin/labels/ID                 the photo, and what there is to say of it
    POST /admin/labels/ID                 what the operator says of it

`skip` are photos that were passed over, `said` is the one that a word was just given on. What
others say of a photo is shown to who has had a say on it, so that two people's words are two.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from aiohttp import web

from bot.admin.door import HOME, Door
from bot.admin.forms import Form
from bot.admin.pages import Pages, Visit
from bot.admin.photos import ROW, PhotoPages, number
from bot.admin.words import NoWord, word_of
from bot.sentences import Sentences
from storage.label_types import PhotoLabel
from storage.store import Store
from storage.worth import newest_words

LABELS_PATH = f"{HOME}/labels"
_MOST_SKIPPED = 50
"""Photos passed over that an address remembers; the oldest come back after these."""
_COUNTED = 100
"""Photos that wait are counted up to here: more than anybody labels at a sitting."""
_CANDIDATE_KEYS = 5
"""Candidates that have a key; the page shows as many."""
_IDS = re.compile(r"[0-9]{1,18}(?:,[0-9]{1,18})*")


@dataclass(frozen=True, slots=True)
class _Way:
    """What the address remembers on the way from photo to photo."""

    skipped: tuple[int, ...] = ()
    said: int = 0

    @classmethod
    def of(cls, request: web.Request) -> _Way:
        skip, said = request.query.get("skip", ""), request.query.get("said", "")
        ids = [int(each) for each in skip.split(",")] if _IDS.fullmatch(skip) else []
        number = int(said) if _IDS.fullmatch(said) and "," not in said else 0
        return cls(tuple(ids[-_MOST_SKIPPED:]), number)

    def query(self, skip: int = 0, said: int = 0) -> str:
        """The query of the next address, "" for none."""
        skipped = [*self.skipped, skip] if skip else list(self.skipped)
        values = {
            "skip": ",".join(map(str, skipped[-_MOST_SKIPPED:])),
            "said": str(said or ""),
        }
        told = urlencode({name: value for name, value in values.items() if value}, safe=",")
        return f"?{told}" if told else ""


class LabelPages:
    """Shows photos and keeps what is said of them."""

    def __init__(
        self, store: Store, pages: Pages, photos: PhotoPages, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._pages = pages
        self._photos = photos
        self._clock = clock

    def routes(self, door: Door) -> list[web.AbstractRouteDef]:
        """Every page and form of it."""
        return [
            web.get(LABELS_PATH, door.shown(self._next)),
            web.get(f"{LABELS_PATH}/{ROW}", door.shown(self._one)),
            web.post(f"{LABELS_PATH}/{ROW}", door.acted(self._said)),
        ]

    async def _next(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        way = _Way.of(request)
        queue = await self._store.labels.queue(len(way.skipped) + 1, _author(visit))
        waiting = [one.interaction for one in queue if one.interaction not in way.skipped]
        if waiting:
            raise web.HTTPSeeOther(f"{LABELS_PATH}/{waiting[0]}{way.query(said=way.said)}")
        before = await self._before(way, visit)
        return self._pages.page(
            request, visit, "labels-done.html", before=before, skipped=len(way.skipped)
        )

    async def _one(self, request: web.Request, visit: Visit) -> web.StreamResponse:
        return await self._shown(request, visit)

    async def _said(self, request: web.Request, visit: Visit, form: Form) -> web.StreamResponse:
        sheet = await self._photos.sheet(number(request))
        if sheet is None or not sheet.consent:
            return self._pages.problem(request, visit, "no_photo", 404)
        try:
            label = word_of(form, sheet.row, sheet.size, _author(visit), self._clock())
        except NoWord as reason:
            return await self._shown(request, visit, str(reason))
        if not await self._store.labels.add(sheet.row.id, label):
            return self._pages.problem(request, visit, "no_photo", 404)
        raise web.HTTPSeeOther(f"{LABELS_PATH}{_Way.of(request).query(said=sheet.row.id)}")

    async def _shown(
        self, request: web.Request, visit: Visit, reason: str = ""
    ) -> web.StreamResponse:
        sheet = await self._photos.sheet(number(request))
        if sheet is None or not sheet.consent or sheet.row.photo is None:
            return self._pages.problem(request, visit, "no_photo", 404)
        way, say = _Way.of(request), visit.say
        queue = await self._store.labels.queue(_COUNTED, _author(visit))
        why = next((one.reasons for one in queue if one.interaction == sheet.row.id), ())
        return self._pages.page(
            request,
            visit,
            "labels.html",
            400 if reason else 200,
            sheet=sheet,
            row=sheet.row,
            candidates=sheet.row.current[:_CANDIDATE_KEYS],
            reasons=[reason_told(say, one) for one in why],
            waiting=len(queue),
            counted=_COUNTED,
            words=await self._words(sheet.row.id, visit),
            before=await self._before(way, visit),
            told=say(f"admin-{reason.replace('_', '-')}") if reason else "",
            action=f"{LABELS_PATH}/{sheet.row.id}{way.query()}",
            onward=f"{LABELS_PATH}{way.query(skip=sheet.row.id)}",
        )

    async def _words(self, interaction: int, visit: Visit) -> list[PhotoLabel]:
        """What is said of a photo; nothing to who has not had a say on it."""
        labels = newest_words(await self._store.labels.of(interaction))
        mine = any(label.author == _author(visit) for label in labels)
        return labels if mine else []

    async def _before(self, way: _Way, visit: Visit) -> tuple[int, list[PhotoLabel]] | None:
        """The photo that a word was just given on, with all words on it."""
        words = await self._words(way.said, visit) if way.said else []
        return (way.said, words) if words else None


def reason_told(say: Sentences, reason: str) -> str:
    """Why a photo is worth a look; a reason that has no sentence, as it is called."""
    key = f"admin-reason-{reason}"
    return say(key) if key in say.names(key) else reason


def _author(visit: Visit) -> str:
    assert visit.operator is not None  # nobody else is let through
    return visit.operator.name
