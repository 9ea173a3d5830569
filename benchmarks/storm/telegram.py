"""People in Telegram, and the server between, whose webhook is any process that is there."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import aiohttp

from benchmarks.stand_ins.telegram.chats import JSON, Shown
from benchmarks.stand_ins.telegram.people import Person
from benchmarks.stand_ins.telegram.server import TelegramServer
from benchmarks.storm.messages import SHOPPER_PATIENCE_S, SORRY, StormMessage
from bot.sentences import LANGUAGES, sentences

_PEEK_S = 0.05
_REDELIVER_S = 0.2
READING = frozenset(sentences(language)("telegram-reading") for language in LANGUAGES)


class Balanced(TelegramServer):
    """An update that a process does not take goes to the next one, until one has taken it."""

    addresses: Sequence[str] = ()

    async def post_webhook(self, update: JSON, tries: int = 5) -> int:
        """Deliver it to a process; `tries` does not count here."""
        secret = self.webhook["secret_token"]
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
        first = update["update_id"]
        async with asyncio.timeout(SHOPPER_PATIENCE_S), aiohttp.ClientSession() as session:
            while True:
                first += 1
                url = f"{self.addresses[first % len(self.addresses)]}/telegram/webhook"
                with suppress(aiohttp.ClientError, ConnectionError):
                    async with session.post(url, json=update, headers=headers) as got:
                        if got.ok:
                            return got.status
                await asyncio.sleep(_REDELIVER_S)


class TelegramShopper:
    """A person in a private chat with the bot."""

    channel = "telegram"

    def __init__(self, server: TelegramServer, number: int) -> None:
        self._server = server
        self._person = Person(server, number)
        self._proposals: list[Shown] = []
        self._queries: dict[str, str] = {}
        self.messages: list[StormMessage] = []

    async def open(self) -> None:
        """Nothing to be done."""

    async def close(self) -> None:
        """Nothing to be done."""

    async def text(self, code: str) -> StormMessage:
        """Type a code; returns when it is answered or given up."""
        message = self._noted(StormMessage("text", code=code))
        sent = await self._person.send_text(code)
        message.key = str(sent.id)
        await self._answered(message)
        return message

    async def photo(self, data: bytes) -> StormMessage:
        """Send a photo."""
        message = self._noted(StormMessage("photo"))
        sent = await self._person.send_photo(data)
        message.key = str(sent.id)
        await self._answered(message)
        self._proposals = [one for one in self._answers(message) if _confirm(one)]
        return message

    async def press(self) -> StormMessage | None:
        """Confirm the photo that was answered last; None where there is none to confirm."""
        if not self._proposals:
            return None
        shown = self._proposals.pop()
        before = shown.content(), len(self._person.sees())
        message = self._noted(StormMessage("press"))
        message.key = await self._person.press(shown, "confirm")

        def changed() -> bool:
            return (shown.content(), len(self._person.sees())) != before

        if await _until(changed):
            message.done()
        return message

    async def look(self) -> list[str]:
        """Count each message's answers; all texts that the person sees."""
        for message in self.messages:
            if message.kind == "press":
                stopped = self._server.queries.get(message.key) == "answered"
                message.answers = int(bool(message.answered))
                message.trouble = message.trouble or ("" if stopped else "its button still spins")
            else:
                answers = self._answers(message)
                message.answers = len(answers)
                message.sorry = any(shown.text in SORRY for shown in answers)
        return [shown.text for shown in self._person.sees()]

    @property
    def left_over(self) -> int:
        """Placeholders that still stand in the chat."""
        return sum(shown.text in READING for shown in self._person.sees())

    def _answers(self, message: StormMessage) -> list[Shown]:
        number = int(message.key)
        replies = [shown for shown in self._person.sees() if shown.reply_to == number]
        return [shown for shown in replies if shown.text not in READING]

    def _noted(self, message: StormMessage) -> StormMessage:
        self.messages.append(message)
        return message

    async def _answered(self, message: StormMessage) -> None:
        if await _until(lambda: bool(self._answers(message))):
            message.done()


def _confirm(shown: Shown) -> bool:
    return any(button.get("callback_data", "").startswith("confirm:") for button in shown.buttons)


async def _until(true: object) -> bool:
    assert callable(true)
    with suppress(TimeoutError):
        async with asyncio.timeout(SHOPPER_PATIENCE_S):
            while not true():  # noqa: ASYNC110 - the server tells nobody
                await asyncio.sleep(_PEEK_S)
            return True
    return False
