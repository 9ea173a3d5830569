"""The in-memory stand-in for `bot.talk.ports.Watches`; no price ever falls in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from storage.types import Who
from storage.watch_types import Watch, WatchSet
from stylecode import key


class FakeWatches:
    """Watches in a dict, by their numbers."""

    def __init__(self) -> None:
        self.rows: dict[int, Watch] = {}

    async def switch_on(  # noqa: PLR0917
        self, who: Who, wanted: WatchSet, language: str, event_key: str, now: datetime, most: int
    ) -> Watch | None:
        old = await self.find(who, wanted.code)
        if old is not None and event_key in old.events:
            return old
        if sum(key(each.code) != key(wanted.code) for each in await self.of(who)) >= most:
            return None
        watch = Watch(
            old.id if old else len(self.rows) + 1,
            replace(who, locale=language),
            wanted.code,
            True,
            now,
            below_won=wanted.below_won,
            start_won=wanted.now_won,
            last_won=wanted.now_won,
            alerted_won=wanted.alerted_won,
            events=(*(old.events if old else ()), event_key),
        )
        self.rows[watch.id] = watch
        return watch

    async def switch_off(self, who: Who, code: str, event_key: str, now: datetime) -> Watch | None:
        watch = await self.find(who, code)
        if watch is None or event_key in watch.events or not watch.active:
            return watch
        events = (*watch.events, event_key)
        watch = replace(watch, active=False, changed_at=now, events=events)
        self.rows[watch.id] = watch
        return watch

    async def find(self, who: Who, code: str) -> Watch | None:
        return next((each for each in self._of(who) if key(each.code) == key(code)), None)

    async def get(self, who: Who, number: int) -> Watch | None:
        return next((each for each in self._of(who) if each.id == number), None)

    async def of(self, who: Who) -> Sequence[Watch]:
        return tuple(each for each in self._of(who) if each.active)

    async def waiting(self, who: Who, event_key: str) -> Sequence[Watch]:
        return ()

    def _of(self, who: Who) -> list[Watch]:
        mine = who.channel, who.user
        return [each for each in self.rows.values() if (each.who.channel, each.who.user) == mine]
