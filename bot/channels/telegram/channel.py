"""The Telegram channel: receives, stores, answers; polling or webhook."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial
from itertools import count
from typing import Any, TypeVar

from aiohttp import web

from bot.channels.telegram.answers.answering import Answering
from bot.channels.telegram.answers.inline import InlineMode
from bot.channels.telegram.answers.lanes import Lanes
from bot.channels.telegram.answers.marks import mark_item, press_item
from bot.channels.telegram.answers.memory import PostMemory
from bot.channels.telegram.answers.note import Job, UpdateNote
from bot.channels.telegram.answers.once import tell
from bot.channels.telegram.answers.presses import Presses
from bot.channels.telegram.calls.calls import CallTiming
from bot.channels.telegram.calls.introducing import introduce
from bot.channels.telegram.calls.polling import poll
from bot.channels.telegram.calls.wire import Wire
from bot.channels.telegram.errors import FloodWait, TokenRejected
from bot.channels.telegram.logs import LOG, guard
from bot.channels.telegram.ports import TelegramShelves
from bot.channels.telegram.updates.addressing import Me
from bot.channels.telegram.updates.raw import (
    CHANNEL,
    album_of,
    chat_of,
    is_album,
    is_photo,
    person_of,
    press_of,
)
from bot.channels.telegram.updates.receiving import album_parts, rows_of
from bot.channels.telegram.webhook import usable_secret, webhook_address, webhook_route
from bot.talk.errors import DeliveryError
from bot.talk.holding import Holding
from bot.talk.types import Handler, Reply
from storage.errors import DatabaseAway
from storage.types import InboxItem, Quad, Who

T = TypeVar("T")

PEOPLE_AT_ONCE = 32  # of those who sent no photo
PHOTOS_AT_ONCE = 256  # they wait for the reader, their bytes not fetched yet
ALBUMS_AT_ONCE = 1000  # they wait for their photos, which must not wait for them
_INBOX_TRIES = 10


class TelegramChannel:
    """Translates updates into events and replies into messages.

    `api_url` and `file_url` are Bot API addresses to which the token is appended. With
    `webhook_url` (this server's public address) updates come to `routes()`, without it they are
    polled. `mark_page` is the https address of the page where a code is marked on its photo, ""
    for none. Raises `SettingsError` for a secret that Telegram would not take.
    """

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        handler: Handler,
        shelves: TelegramShelves,
        token: str,
        api_url: str,
        file_url: str,
        webhook_url: str | None = None,
        webhook_secret: str | None = None,
        timing: CallTiming = CallTiming(),  # noqa: B008 - frozen
        mark_page: str = "",
    ) -> None:
        guard(token)
        self._handler = handler
        self._shelves = shelves
        self._timing = timing
        self._webhook_url = webhook_url
        self._secret = usable_secret(webhook_secret, token)
        self._wire = Wire(token, api_url, file_url, timing, mark_page)
        self._presses = Presses(self._wire, timing.press_s)
        self._memory = PostMemory(shelves.posts, timing)
        self._inline = InlineMode(handler, shelves.people, self._wire, timing)
        self._holding = Holding(
            "Telegram's updates",
            timedelta(seconds=timing.lease_s),
            partial(shelves.inbox.renew, CHANNEL),
            partial(shelves.inbox.release, CHANNEL),
        )
        self._lanes: Lanes[Job] = Lanes(
            self._work, PEOPLE_AT_ONCE, lambda job: job.photo, PHOTOS_AT_ONCE
        )
        self._albums: Lanes[Job] = Lanes(self._work, ALBUMS_AT_ONCE)
        self._answering: Answering | None = None
        self._gate = asyncio.Lock()  # storing and taking over what was stored do not mix
        self._main: asyncio.Task[None] | None = None
        self._keeper: asyncio.Task[None] | None = None
        self.rejected = False  # Telegram does not know the token: the channel has stopped

    def routes(self) -> list[web.RouteDef]:
        """The webhook route; none while polling."""
        return [webhook_route(self._secret, self._take)] if self._webhook_url else []

    async def start(self) -> None:
        """Begin; returns at once, Telegram may be out of reach for now."""
        self._main = asyncio.create_task(self._serve())

    async def stop(self) -> None:
        """Stop receiving, let running turns end for a moment; what is left waits in the inbox."""
        tasks = [task for task in (self._main, self._keeper) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        stops = self._lanes.stop(self._timing.stop_s), self._albums.stop(self._timing.stop_s)
        await asyncio.gather(*stops, self._inline.stop())
        await self._holding.release()
        await self._wire.close()

    async def marked(self, user: str, locale: str, interaction: int, corners: Quad) -> None:
        """The person `user` marked a photo in the Mini App: read it again, answer in their chat.

        Returns once it is stored; the same mark counts once. `corners` are as in `MarkSent`. The
        caller has checked who the person is; whose photo it is, the conversation checks. Raises
        `ValueError` for what can be no mark and what the inbox raises.
        """
        await self._store([mark_item(user, locale, interaction, corners)])

    async def pressed(self, user: str, locale: str, data: str, name: str) -> None:
        """The person pressed a button in the Mini App: answered like a mark, once for a `name`."""
        await self._store([press_item(user, locale, data, name)])

    async def post(self, who: Who, reply: Reply) -> None:
        """Write to a person without an update of theirs. Raises `DeliveryError`, `PersonGone`."""
        if self.rejected:
            raise DeliveryError("the Telegram channel has stopped")
        try:
            await tell(self._wire, self._shelves.inbox, who, reply)
        except TokenRejected:
            self._reject()
            raise

    async def _serve(self) -> None:
        try:
            me = await self._insist("getMe", self._wire.me)
            await self._take_over(Me(me.id, me.username or ""))
            every_s = self._timing.lease_s / 3
            keeping = self._holding.keep(every_s, self._busy, self._queue_what_waits)
            self._keeper = asyncio.create_task(keeping)
            await introduce(self._wire)
            if self._webhook_url:
                url = webhook_address(self._webhook_url)
                await self._insist("setWebhook", lambda: self._wire.use_webhook(url, self._secret))
            else:
                await self._insist("deleteWebhook", self._wire.use_polling)
                await poll(self._wire, self._take, self._timing)
        except TokenRejected:
            self._reject()
        except Exception:
            LOG.exception("the Telegram channel has stopped")

    async def _insist(self, what: str, call: Callable[[], Awaitable[T]]) -> T:
        """Do it however long Telegram is out of reach. Raises only `TokenRejected`."""
        failures = 0
        while True:
            try:
                return await call()
            except TokenRejected:
                raise
            except DeliveryError as error:
                failures += 1
                LOG.warning("%s failed, trying again: %s", what, error)
                wait_s = error.wait_s if isinstance(error, FloodWait) else 0.0
                await asyncio.sleep(wait_s or self._timing.wait_s(failures))

    async def _take_over(self, me: Me) -> None:
        """Answer first what an earlier run left; from here on, what is stored is answered.

        However long the database is away.
        """
        answering = Answering(
            self._handler, self._shelves, self._presses, me, self._timing, self._drop_lane
        )
        for failures in count(1):
            try:
                async with self._gate:
                    left = await self._shelves.inbox.take(CHANNEL, self._holding.lease)
                    self._answering = answering
                    for item in left:
                        self._queue(item)
                return
            except DatabaseAway as error:
                LOG.warning("what an earlier run left cannot be read, trying again: %s", error)
                await asyncio.sleep(self._timing.wait_s(failures))

    async def _take(self, updates: Sequence[dict[str, Any]]) -> None:
        """Store updates; answer the new ones. Raises what the inbox raises."""
        kept = [update for update in updates if not update.get("inline_query")]
        await self._memory.album_came(album_parts(kept))
        await self._store([row for update in kept for row in rows_of(update)])
        for update in updates:
            if update.get("inline_query"):
                self._inline.take(update)

    async def _store(self, rows: Sequence[tuple[str, str, str]]) -> None:
        async with self._gate:
            lease = self._holding.lease if self._answering else None
            new = set(await self._shelves.inbox.put_many(CHANNEL, rows, lease))
            if self._answering:
                for key, payload, _ in rows:
                    if key in new:
                        new.remove(key)
                        self._queue(InboxItem(CHANNEL, key, payload, "", 0))

    async def _queue_what_waits(self) -> None:
        """What an earlier run or a process that died left, oldest first."""
        for item in await self._shelves.inbox.take(CHANNEL, self._holding.lease):
            self._queue(item)

    def _queue(self, item: InboxItem) -> None:
        raw = json.loads(item.payload)
        person, query, chat = person_of(raw), press_of(raw), chat_of(raw)
        note = UpdateNote.load(self._shelves.inbox, self._holding.lease, item.key, item.note)
        job = Job(item.payload, note, query, chat, is_photo(raw))
        if is_album(item.key):
            self._albums.add(item.key, job)  # they wait for each other themselves
            return
        if query and chat > 0 and self._lanes.busy(person):
            self._presses.answer(
                query, note=note
            )  # the spinner need not wait for the turns before it
        # In a group the photo whose caption names us may come behind those that wait for it.
        apart = chat < 0 and album_of(raw) is not None
        self._lanes.add(f"{person}:{item.key}" if apart else person, job)

    def _busy(self) -> bool:
        return bool(self._lanes) or bool(self._albums)

    async def _drop_lane(self, job: Job) -> None:
        """Somebody blocked us: nothing of their private chat is read any more."""
        if job.chat <= 0:
            return
        for waiting in self._lanes.drop(str(job.chat), lambda other: other.chat == job.chat):
            await self._shelves.inbox.done(CHANNEL, waiting.key)

    async def _work(self, job: Job) -> float | None:
        try:
            again_s = await self._answered(job)
        except TokenRejected:
            self._reject()
            again_s = None
        if again_s is None:
            self._presses.forget(job.query)
        return again_s

    async def _answered(self, job: Job) -> float | None:
        assert self._answering
        for failures in range(1, _INBOX_TRIES + 1):
            try:
                return await self._answering.answer(job)
            except TokenRejected:
                raise
            except Exception:
                # Only the inbox itself can have failed; nothing can be noted about this update.
                LOG.exception("update %s: the inbox failed", job.key)
                await asyncio.sleep(self._timing.wait_s(failures))
        LOG.error("update %s is left for later", job.key)
        return None

    def _reject(self) -> None:
        if self.rejected:
            return
        self.rejected = True
        LOG.error(
            "TELEGRAM_BOT_TOKEN was rejected by Telegram (or TELEGRAM_API_URL is not a Bot API "
            "server): the Telegram channel has stopped, unanswered messages are kept"
        )
        for task in (self._main, self._keeper):
            if task and task is not asyncio.current_task():
                task.cancel()
