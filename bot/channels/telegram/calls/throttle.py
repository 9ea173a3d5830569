"""Calls to Telegram in one place: patience, a chat's flood wait, groups that moved, lost topics."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram.error import ChatMigrated, InvalidToken, TelegramError
from telegram.ext import ExtBot

from bot.channels.telegram.calls.calls import CallTiming, patiently, sort_out
from bot.channels.telegram.errors import FloodWait, Refused
from bot.channels.telegram.logs import LOG
from bot.channels.telegram.updates.incoming import ChatPlace

T = TypeVar("T")


class Throttle:
    """Every method raises only the errors of `telegram.errors`.

    What is remembered here (waits, moves) is told again by Telegram to a process that forgot it.
    """

    def __init__(self, bot: ExtBot[int], timing: CallTiming) -> None:
        self._bot = bot
        self._timing = timing
        self._silent_until: dict[int, float] = {}  # by chat, in the event loop's time
        self._moved: dict[int, int] = {}  # groups that became supergroups

    async def once(self, call: Awaitable[T]) -> T:
        """One try."""
        try:
            return await call
        except TelegramError as error:
            raise sort_out(error) from None

    async def call(self, what: str, do: Callable[[], Awaitable[T]]) -> T:
        """A call that goes to no chat."""
        try:
            return await self._patiently(what, do)
        except ChatMigrated as error:
            raise Refused(error.message) from None

    async def to_chat(
        self, what: str, place: ChatPlace, do: Callable[[int, int | None], Awaitable[T]]
    ) -> T:
        """A call with the chat and the topic that it goes to, wherever these are by now."""
        chat, thread = self._moved.get(place.chat, place.chat), place.thread
        for _ in range(3):
            await self._keep_silent(chat)
            try:
                return await self._noting(chat, what, lambda c=chat, t=thread: do(c, t))  # type: ignore[misc]
            except ChatMigrated as error:
                LOG.info("a group became a supergroup")
                chat = self._moved[place.chat] = error.new_chat_id
            except Refused as error:
                if not (error.no_topic and thread):
                    raise
                thread = None
        raise Refused(f"{what}: the chat moves about")

    def move(self, chat: int, new: int) -> None:
        """A group became a supergroup."""
        self._moved[chat] = new

    def is_silent(self, chat: int) -> bool:
        """Whether nothing may be sent to the chat for now."""
        return self._silence_s(chat) > 0

    async def _noting(self, chat: int, what: str, do: Callable[[], Awaitable[T]]) -> T:
        async def noted() -> T:
            try:
                return await do()
            except TelegramError as error:
                if isinstance(wait := sort_out(error), FloodWait):
                    now = asyncio.get_running_loop().time()
                    self._silent_until[chat] = now + wait.wait_s
                raise

        return await self._patiently(what, noted)

    async def _keep_silent(self, chat: int) -> None:
        while wait_s := self._silence_s(chat):
            if wait_s > self._timing.patience_s:
                raise FloodWait(wait_s)
            await asyncio.sleep(wait_s)

    def _silence_s(self, chat: int) -> float:
        until = self._silent_until.get(chat)
        if until is None:
            return 0.0
        left = until - asyncio.get_running_loop().time()
        if left <= 0:
            self._silent_until.pop(chat, None)
        return max(left, 0.0)

    async def _patiently(self, what: str, do: Callable[[], Awaitable[T]]) -> T:
        async def tried() -> T:
            try:
                return await do()
            except InvalidToken:
                # Telegram says 404 for a wrong token and for a method that it does not know.
                await self._bot.get_me()
                raise Refused(f"{what}: no such method") from None

        return await patiently(tried, self._timing, what)
