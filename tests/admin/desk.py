"""An operator's browser, without a browser."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape

import aiohttp

SECRET = "only-operators-know-this"
READ_SECRET = "this-is-for-looking-only"
_FORM = re.compile(r'name="form" value="([0-9a-f]+)"')


@dataclass
class Answer:
    status: int
    text: str
    headers: Mapping[str, str]

    @property
    def words(self) -> str:
        """What is to be read, without tags."""
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", self.text)).split())

    @property
    def form(self) -> str:
        found = _FORM.search(self.text)
        assert found, self.text
        return found[1]


class Desk:
    """One cookie jar. `form` is what the newest page's forms bring back."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session = session
        self.url = url
        self.headers = {"Accept-Language": "en"}
        self.form = ""

    async def get(self, path: str, **headers: str) -> Answer:
        return await self._asked("GET", path, None, headers)

    async def post(self, path: str, fields: Mapping[str, str], **headers: str) -> Answer:
        """As a browser sends a form; a header given as "" is left out."""
        own = {"Origin": self.url, "Sec-Fetch-Site": "same-origin", **headers}
        return await self._asked("POST", path, fields, own)

    async def sign_in(self, secret: str = SECRET, name: str = "kim", **headers: str) -> Answer:
        await self.get("/admin/login")
        fields = {"form": self.form, "name": name, "secret": secret}
        return await self.post("/admin/login", fields, **headers)

    async def say(self, path: str, **fields: str) -> Answer:
        return await self.post(path, {"form": self.form, **fields})

    def cookie(self, name: str = "pumbeon-admin") -> str:
        found = [each.value for each in self.session.cookie_jar if each.key == name]
        return found[0] if found else ""

    async def _asked(
        self, method: str, path: str, fields: Mapping[str, str] | None, headers: Mapping[str, str]
    ) -> Answer:
        told = {name.replace("_", "-"): value for name, value in headers.items() if value}
        async with self.session.request(
            method,
            self.url + path,
            data=fields,
            headers={**self.headers, **told},
            allow_redirects=False,
        ) as got:
            answer = Answer(got.status, await got.text("utf-8", "replace"), got.headers)
        if found := _FORM.search(answer.text):
            self.form = found[1]
        return answer
