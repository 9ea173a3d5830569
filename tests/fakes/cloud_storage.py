"""Google Cloud Storage as clients meet it: an emulator of its JSON API, behind a door.

The door adds what the emulator has not: tokens for a service account, lists in pages, and trouble.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections import deque
from pathlib import Path
from typing import Any, Self

import aiohttp
from aiohttp import web
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from gcp_storage_emulator.server import create_server
from google.auth import jwt

from tests.fakes.ports import free_port

BUCKET = "tags"
ACCOUNT = "bot@pumbeon.iam.gserviceaccount.com"
# What Google says, by status; https://cloud.google.com/storage/docs/json_api/v1/status-codes
REFUSALS = {
    401: "Anonymous caller does not have storage.objects.create access to the bucket.",
    403: f"{ACCOUNT} does not have storage.objects.create access to the bucket.",
    429: "The object exceeded the rate limit for object mutation operations.",
    503: "Service Unavailable",
}
_AUDIENCE = "https://oauth2.googleapis.com/token"  # whatever address is asked
_PASSED_BACK = ("Content-Type", "Content-Range", "Range", "X-Goog-Hash")


class FakeCloudStorage:
    """Use as `async with`; `url` is its address, `BUCKET` its one bucket.

    `plan` holds the trouble of the next calls, `always` that of all calls when it is empty: a
    status, "slow" (no answer), "cut" (half of one) or "damaged" (another content than was sent).
    """

    def __init__(self, *, guarded: bool = False, page: int = 1000) -> None:
        self.guarded, self.page = guarded, page
        self.expires_s = 3600  # of a token
        self.plan: deque[int | str] = deque()
        self.always: int | str = ""
        self.calls: list[str] = []
        self._port = free_port()
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._tokens: set[str] = set()

    async def __aenter__(self) -> Self:
        self._emulator = create_server("127.0.0.1", self._port, in_memory=True)
        self._emulator.start()
        self._session = aiohttp.ClientSession()
        app = web.Application(client_max_size=100 * 2**20)
        app.router.add_post("/token", self._give_token)
        app.router.add_route("*", "/{rest:.*}", self._answer)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        made = self._session.post(f"{self._behind}/storage/v1/b", json={"name": BUCKET})
        async with made as answer:
            assert answer.status == 200
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()
        await self._session.close()
        threading.Thread(target=self._emulator.stop).start()  # it takes half a second

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    def credentials(self, folder: Path) -> Path:
        """The file of a service account that may use the bucket."""
        key = self._key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        account = {
            "type": "service_account",
            "project_id": "pumbeon",
            "private_key_id": "1",
            "private_key": key.decode(),
            "client_email": ACCOUNT,
            "token_uri": f"{self.url}/token",
        }
        file = folder / "account.json"
        file.write_text(json.dumps(account))
        return file

    def forget_tokens(self) -> None:
        """Refuse all tokens given so far."""
        self._tokens.clear()

    @property
    def _behind(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    async def _give_token(self, request: web.Request) -> web.Response:
        said = str((await request.post())["assertion"])
        public = self._key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        claims = jwt.decode(said, certs=public, audience=_AUDIENCE)  # type: ignore[no-untyped-call]
        assert claims["scope"].endswith("devstorage.read_write"), claims
        token = f"token-{len(self.calls)}"
        self._tokens.add(token)
        return web.json_response({"access_token": token, "expires_in": self.expires_s})

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.calls.append(f"{request.method} {request.path}")
        trouble = self.plan.popleft() if self.plan else self.always
        if isinstance(trouble, int):
            return _refusal(trouble, REFUSALS[trouble])
        if trouble == "slow":
            await asyncio.sleep(60)
        known = request.headers.get("Authorization", "").removeprefix("Bearer ") in self._tokens
        if self.guarded and not known:
            given = "Authorization" in request.headers
            return _refusal(401, "Invalid Credentials" if given else REFUSALS[401])
        status, headers, body = await self._passed_on(request, trouble)
        if trouble == "cut":
            return await _cut(request, body)
        return web.Response(status=status, headers=headers, body=body)

    async def _passed_on(
        self, request: web.Request, trouble: str
    ) -> tuple[int, dict[str, str], bytes]:
        sent = await request.read()
        if trouble == "damaged":
            sent = sent.replace(b"photo", b"ph0to")
        names = ("Content-Type", "Content-Range", "X-Upload-Content-Type")
        headers = {name: request.headers[name] for name in names if name in request.headers}
        url = f"{self._behind}{request.raw_path}"
        async with self._session.request(
            request.method, url, data=sent or None, headers=headers
        ) as answer:
            back = {name: answer.headers[name] for name in _PASSED_BACK if name in answer.headers}
            if place := answer.headers.get("Location"):
                back["Location"] = place.replace(self._behind, self.url)
            body = await answer.read()
            if answer.status == 200 and request.path.endswith("/o") and request.method == "GET":
                body = self._paged(request, json.loads(body))
            return answer.status, back, body

    def _paged(self, request: web.Request, found: dict[str, Any]) -> bytes:
        start = int(request.query.get("pageToken", 0))
        size = min(self.page, int(request.query.get("maxResults", 1000)))
        items = found.get("items", [])
        page = {**found, "items": items[start : start + size]}
        if start + size < len(items):
            page["nextPageToken"] = str(start + size)
        return json.dumps(page).encode()


def _refusal(status: int, message: str) -> web.Response:
    reason = {"domain": "global", "reason": "trouble", "message": message}
    error = {"error": {"code": status, "message": message, "errors": [reason]}}
    return web.json_response(error, status=status)


async def _cut(request: web.Request, body: bytes) -> web.StreamResponse:
    answer = web.StreamResponse(headers={"Content-Length": str(len(body) + 10)})
    await answer.prepare(request)
    await answer.write(body)
    assert request.transport is not None
    request.transport.close()
    return answer
