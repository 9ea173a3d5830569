"""The Telegram channel: receives, stores, answers; polling or webhook."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from aiohttp import web

from bot.errors import DeliveryError
from bot.telegram.answering import Answering
from bot.telegram.calls import Timing
from bot.telegram.errors import TokenRejected
from bot.telegram.incoming import CHANNEL, Me, key_of, person_of, press_of
from bot.telegram.lanes import Lanes
from bot.telegram.logs import LOG, guard
from bot.telegram.note import Job, Note
from bot.telegram.polling import poll
from bot.telegram.ports import InboxStore
from bot.telegram.presses import Presses
from bot.telegram.sentences import COMMANDS
from bot.telegram.webhook import usable_secret, webhook_address, webhook_route
from bot.telegram.wire import Wire
from bot.types import Handler

T = TypeVar("T")

PEOPLE_AT_ONCE = 32
_INBOX_TRIES = 10


class TelegramChannel:
    """Translates updates into events and replies into messages.

    `api_url` and `file_url` are Bot API addresses to which the token is appended. With
    `webhook_url` (this server's public address) updates come to `routes()`, without it they are
    polled. Raises `SettingsError` for a secret that Telegram would not take.
    """

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        handler: Handler,
        inbox: InboxStore,
        token: str,
        api_url: str,
        file_url: str,
        webhook_url: str | None = None,
        webhook_secret: str | None = None,
        timing: Timing = Timing(),  # noqa: B008 - frozen
    ) -> None:
        guard(token)
        self._handler = handler
        self._inbox = inbox
        self._timing = timing
        self._webhook_url = webhook_url
        self._secret = usable_secret(webhook_secret, token)
        self._wire = Wire(token, api_url, file_url, timing)
        self._presses = Presses(self._wire, timing.press_s)
        self._lanes: Lanes[Job] = Lanes(self._work, PEOPLE_AT_ONCE)
        self._answering: Answering | None = None
        self._gate = asyncio.Lock()  # storing and taking over what was stored do not mix
        self._main: asyncio.Task[None] | None = None
        self.rejected = False  # Telegram does not know the token: the channel has stopped

    def routes(self) -> list[web.RouteDef]:
        """The webhook route; none while polling."""
        return [webhook_route(self._secret, self._take)] if self._webhook_url else []

    async def start(self) -> None:
        """Begin; returns at once, Telegram may be out of reach for now."""
        self._main = asyncio.create_task(self._serve())

    async def stop(self) -> None:
        """Stop receiving, let running turns end for a moment; what is left waits in the inbox."""
        if self._main:
            self._main.cancel()
            await asyncio.gather(self._main, return_exceptions=True)
        await self._lanes.stop(self._timing.stop_s)
        await self._wire.close()

    async def _serve(self) -> None:
        try:
            me = await self._insist("getMe", self._wire.me)
            await self._take_over(Me(me.id, me.username or ""))
            await self._introduce()
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
                await asyncio.sleep(self._timing.wait_s(failures))

    async def _take_over(self, me: Me) -> None:
        """Answer first what an earlier run left; from here on, what is stored is answered."""
        async with self._gate:
            self._answering = Answering(self._handler, self._inbox, self._presses, me, self._timing)
            for item in await self._inbox.pending(CHANNEL):
                self._queue(item.key, item.payload, item.note)

    async def _introduce(self) -> None:
        """The menu of commands; without it the bot works all the same."""
        try:
            await self._wire.set_commands(COMMANDS["en"], None)
            await self._wire.set_commands(COMMANDS["ko"], "ko")
        except TokenRejected:
            raise
        except DeliveryError as error:
            LOG.warning("the menu of commands was not set: %s", error)

    async def _take(self, updates: Sequence[dict[str, Any]]) -> None:
        """Store updates; answer the new ones. Raises what the inbox raises."""
        rows = [_row(update) for update in updates]
        async with self._gate:
            new = set(await self._inbox.put_many(CHANNEL, rows))
            if self._answering:
                for key, payload, _ in rows:
                    if key in new:
                        new.remove(key)
                        self._queue(key, payload, "")

    def _queue(self, key: str, payload: str, note: str) -> None:
        raw = json.loads(payload)
        person, query = person_of(raw), press_of(raw)
        if query and self._lanes.busy(person):
            self._presses.answer(query)  # the spinner need not wait for the turns before it
        self._lanes.add(person, Job(payload, Note.load(self._inbox, key, note), query))

    async def _work(self, job: Job) -> None:
        try:
            await self._answered(job)
        except TokenRejected:
            self._reject()
        finally:
            self._presses.forget(job.query)

    async def _answered(self, job: Job) -> None:
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
        LOG.error("update %s is left for the next start", job.key)

    def _reject(self) -> None:
        if self.rejected:
            return
        self.rejected = True
        LOG.error(
            "TELEGRAM_BOT_TOKEN was rejected by Telegram (or TELEGRAM_API_URL is not a Bot API "
            "server): the Telegram channel has stopped, unanswered messages are kept"
        )
        if self._main and self._main is not asyncio.current_task():
            self._main.cancel()


def _row(update: dict[str, Any]) -> tuple[str, str, str]:
    payload = json.dumps(update, ensure_ascii=False, separators=(",", ":"))
    return key_of(update["update_id"]), payload, person_of(update)
