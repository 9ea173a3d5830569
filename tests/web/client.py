"""A person who speaks to the web chat's API as the page does."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import aiohttp

_names = count(1)


def fresh_id() -> str:
    return f"message-{next(_names):08d}"


@dataclass
class Answer:
    """What came back: the status, the JSON lines, and the plain JSON of a refusal."""

    status: int
    lines: list[dict[str, Any]] = field(default_factory=list)
    refusal: dict[str, Any] = field(default_factory=dict)

    @property
    def entries(self) -> list[dict[str, Any]]:
        return [line["entry"] for line in self.lines if line["type"] == "message"]

    @property
    def bot(self) -> list[dict[str, Any]]:
        return [entry for entry in self.entries if entry["author"] == "bot"]

    @property
    def last(self) -> dict[str, Any]:
        return self.bot[-1]

    def button(self, verb: str) -> str:
        """The data of the last answer's first button with this verb."""
        buttons: list[str] = [button["data"] for row in self.last["rows"] for button in row]
        return next(data for data in buttons if data.startswith(f"{verb}:"))


class Person:
    """One cookie jar."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session = session
        self.url = url
        self.headers = {"X-Language": "en", "Origin": url, "Sec-Fetch-Site": "same-origin"}

    async def log(self, after: int = 0) -> dict[str, Any]:
        async with self.session.get(
            f"{self.url}/chat/log?after={after}", headers=self.headers
        ) as got:
            assert got.status == 200, await got.text()
            found: dict[str, Any] = await got.json()
            return found

    async def photo(self, data: bytes, name: str = "") -> Answer:
        return await self.post("/chat/photo", data, {"X-Message-Id": name or fresh_id()})

    async def text(self, text: str, name: str = "") -> Answer:
        return await self.json("/chat/text", {"id": name or fresh_id(), "text": text})

    async def press(self, data: str, message: int, name: str = "") -> Answer:
        payload = {"id": name or fresh_id(), "message": message, "data": data}
        return await self.json("/chat/press", payload)

    async def json(self, path: str, payload: object) -> Answer:
        headers = {"Content-Type": "application/json"}
        return await self.post(path, json.dumps(payload).encode(), headers)

    async def post(self, path: str, data: Any, headers: dict[str, str]) -> Answer:
        request = self.session.post(self.url + path, data=data, headers={**self.headers, **headers})
        async with request as got:
            text = await got.text()
            if got.status != 200:
                return Answer(got.status, refusal=json.loads(text))
            return Answer(got.status, [json.loads(line) for line in text.splitlines()])
