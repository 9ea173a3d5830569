"""A person in the web chat, as the page behaves: what is not answered is sent again."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import AsyncIterator, Sequence
from typing import Any

import aiohttp

from benchmarks.storm.messages import SHOPPER_PATIENCE_S, SORRY, StormMessage

_FIRST_WAIT_S, _LONGEST_WAIT_S = 0.2, 3.0  # between two tries, as the page's outbox
_AGAIN = frozenset({408, 429, 500, 502, 503})


class WebShopper:
    """Cookie and outbox of one person; `addresses` are the processes, of which any will do.

    They come through a proxy, from an address of their own; or straight from `local`.

    With `persistent` off a refusal is the end of a message: it is noted as busy.
    """

    channel = "web"

    def __init__(
        self,
        addresses: Sequence[str],
        chance: random.Random,
        local: str = "",
        *,
        persistent: bool = True,
    ) -> None:
        self._addresses = addresses
        self._chance = chance
        self._persistent = persistent
        connector = aiohttp.TCPConnector(local_addr=(local, 0)) if local else None
        home = ".".join(str(chance.randrange(1, 255)) for _ in range(3))
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.CookieJar(unsafe=True),
            headers={} if local else {"X-Forwarded-For": f"10.{home}"},
        )
        self.messages: list[StormMessage] = []
        self.bare = 0  # answers without a sentence
        self._proposals: list[dict[str, Any]] = []

    async def close(self) -> None:
        """The page is closed."""
        await self._session.close()

    async def open(self) -> None:
        """Get the cookie, which the log gives."""
        await self._log(0)

    async def text(self, code: str) -> StormMessage:
        """Type a code; returns when it is answered or given up."""
        name = self._name()
        payload = {"id": name, "text": code}
        return await self._send(StormMessage("text", name, code), "/chat/text", json=payload)

    async def photo(self, data: bytes) -> StormMessage:
        """Send a photo."""
        name = self._name()
        headers = {"X-Message-Id": name}
        return await self._send(
            StormMessage("photo", name), "/chat/photo", data=data, headers=headers
        )

    async def press(self) -> StormMessage | None:
        """Confirm the photo that was answered last; None where there is none to confirm."""
        if not self._proposals:
            return None
        entry = self._proposals.pop()
        name = self._name()
        payload = {"id": name, "message": entry["id"], "data": _confirms(entry)[0]}
        return await self._send(StormMessage("press", name), "/chat/press", json=payload)

    async def look(self) -> list[str]:
        """Read the whole log: counts each message's answers, gives all texts."""
        entries = [entry async for entry in self._entries()]
        for message in self.messages:
            own = [entry for entry in entries if entry["turn"] == message.key]
            said = [entry for entry in own if entry["author"] == "person"]
            answers = [entry for entry in own if entry["author"] == "bot"]
            message.answers = len(answers)
            message.sorry = any(entry["text"] in SORRY for entry in answers)
            if message.kind == "press":  # it may change the entry that was pressed
                message.answers = max(message.answers, 1) if message.answered else 0
            if len(said) != 1 or said[0]["pending"]:
                message.trouble = message.trouble or "pending" if said else "not in the log"
        return [json.dumps(entry, ensure_ascii=False) for entry in entries]

    async def _send(self, message: StormMessage, path: str, **request: Any) -> StormMessage:
        self.messages.append(message)
        wait_s = _FIRST_WAIT_S
        until = message.sent + SHOPPER_PATIENCE_S
        while time.monotonic() < until:
            try:
                if await self._tried(message, path, request):
                    return message
            except (aiohttp.ClientError, ConnectionError, TimeoutError) as error:
                message.trouble = type(error).__name__
            if message.busy and not self._persistent:
                return message
            await asyncio.sleep(wait_s)
            wait_s = min(2 * wait_s, _LONGEST_WAIT_S)
        return message

    async def _tried(self, message: StormMessage, path: str, request: dict[str, Any]) -> bool:
        """Whether it was answered to the end."""
        timeout = aiohttp.ClientTimeout(total=SHOPPER_PATIENCE_S, sock_read=SHOPPER_PATIENCE_S / 2)
        where = self._chance.choice(self._addresses)
        async with self._session.post(where + path, timeout=timeout, **request) as got:
            if got.status != 200:
                message.trouble = f"{got.status}"
                self.bare += got.content_type != "application/json"
                if got.status not in _AGAIN:
                    return True
                message.busy = message.busy or time.monotonic()
                return False
            async for line in got.content:
                told = json.loads(line)
                if told["type"] == "message":
                    self._heard(message, told["entry"])
                if told["type"] == "end":
                    message.trouble = ""
                    message.done()
                    return True
        return False

    def _heard(self, message: StormMessage, entry: dict[str, Any]) -> None:
        if message.kind == "photo" and entry["author"] == "bot" and _confirms(entry):
            self._proposals = [entry]

    async def _entries(self) -> AsyncIterator[dict[str, Any]]:
        before = 0
        while True:
            page = await self._log(before)
            for entry in page["entries"]:
                yield entry
            if not page["more"] or not page["entries"]:
                return
            before = page["entries"][0]["id"]

    async def _log(self, before: int) -> dict[str, Any]:
        query = f"?before={before}" if before else ""
        until = time.monotonic() + SHOPPER_PATIENCE_S
        while True:
            try:
                where = self._chance.choice(self._addresses)
                async with self._session.get(f"{where}/chat/log{query}") as got:
                    if got.status == 200:
                        found: dict[str, Any] = await got.json()
                        return found
            except (aiohttp.ClientError, ConnectionError, TimeoutError):
                pass
            if time.monotonic() > until:
                raise TimeoutError("the log cannot be read")
            await asyncio.sleep(_FIRST_WAIT_S)

    def _name(self) -> str:
        return f"storm-{self._chance.getrandbits(64):016x}"


def _confirms(entry: dict[str, Any]) -> list[str]:
    buttons = [button.get("data") or "" for row in entry.get("rows", ()) for button in row]
    return [data for data in buttons if data.startswith("confirm:")]
