"""A strict Bot API server over real HTTP, with the people who write to the bot.

`people` act (in the module beside), `chats` is what they see. `faults` are used up one by one:
trouble instead of an answer. `calls` is every call received, `on_call` is told of each
before ("before": True from it, and the call has no effect) and after ("after") it takes effect;
its answer has not left by then. getUpdates is also told when it is "acknowledged": updates that
it dropped will not come again.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Self

from aiohttp import ClientSession, web

from benchmarks.stand_ins.telegram.chats import JSON, Refusal, Shown
from benchmarks.stand_ins.telegram.methods import Methods, Upload

TOKEN = "777:AAfake-Token_for_tests-0123456789abc"


@dataclass
class Fault:
    """Trouble for the next call of `method`: a status, or "drop" before or "lost" after it."""

    method: str
    kind: int | str
    retry_after: int = 0


@dataclass
class Call:
    """A call as received; nested JSON is parsed, files are bytes."""

    method: str
    params: JSON


class Cut(Exception):
    """The connection is gone; whatever is answered reaches nobody."""


@dataclass
class TelegramServer(Methods):
    """`async with TelegramServer() as server:`; `api_url`, `file_url`, `TOKEN` for the client."""

    faults: list[Fault] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    on_call: Callable[[str, str], Awaitable[bool]] | None = None
    allowed: set[str] | None = None  # the kinds that the bot asked for last
    unknown_methods: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._waiting: list[JSON] = []  # updates that nobody acknowledged
        self._last_update = 5000
        self._news = asyncio.Condition()
        self._polls = 0
        app = web.Application(client_max_size=30_000_000)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_get("/file/bot{token}/{path:.+}", self._serve_file)
        # Unlike aiohttp's TestServer it goes on with a call whose caller is gone, as Telegram does.
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        async with self._news:
            self._polls += 1  # ends a poll that is being held
            self._news.notify_all()
        await self._runner.cleanup()

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}/bot"

    @property
    def file_url(self) -> str:
        return self.api_url.removesuffix("bot") + "file/bot"

    def called(self, method: str) -> list[JSON]:
        return [call.params for call in self.calls if call.method == method]

    @property
    def unacknowledged(self) -> int:
        return len(self._waiting)

    async def deliver(self, kind: str, *contents: JSON) -> None:
        """Make updates: they wait for getUpdates, or go to the webhook until they are taken.

        One getUpdates gets all of them, as with an album; whoever asks in between gets none.
        """
        asked = set(self.webhook.get("allowed_updates", [])) or self.allowed
        numbers = range(self._last_update + 1, self._last_update + 1 + len(contents))
        self._last_update += len(contents)
        updates = [{"update_id": n, kind: each} for n, each in zip(numbers, contents, strict=True)]
        if kind not in (asked or {kind}):
            return  # nobody asked for such
        if self.webhook:
            for update in updates:
                await self.post_webhook(update)
            return
        await self.redeliver(*updates)

    async def redeliver(self, *updates: JSON) -> None:
        """Updates that were delivered before come again."""
        async with self._news:
            self._waiting += updates
            self._news.notify_all()

    async def post_webhook(self, update: JSON, tries: int = 5) -> int:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook["secret_token"]}
        async with ClientSession() as session:
            for _ in range(tries):
                async with session.post(self.webhook["url"], json=update, headers=headers) as got:
                    if got.ok:
                        return got.status
                await asyncio.sleep(0.05)
        raise AssertionError(f"the webhook answered {got.status}")

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        try:
            self._check_token(request.match_info["token"])
            answer = getattr(self, "_do_" + re.sub("([A-Z])", r"_\1", method).lower(), None)
            if answer is None or method in self.unknown_methods:
                raise Refusal("Not Found", 404)
            params = await _params(request)
            self.calls.append(Call(method, params))
            if self.on_call and await self.on_call(method, "before"):
                raise Cut
            lost = self._trouble(request, method)
            result = answer(params)
            result = await result if asyncio.iscoroutine(result) else result
            if lost:
                _cut(request)
            if self.on_call:
                await self.on_call(method, "after")
        except Refusal as refusal:
            return _refused(refusal)
        except Cut:
            return web.Response()
        return web.json_response({"ok": True, "result": result})

    def _check_token(self, token: str) -> None:
        if not re.fullmatch(r"\d+:[\w-]{30,}", token):
            raise Refusal("Not Found", 404)
        if token != TOKEN:
            raise Refusal("Unauthorized", 401)

    def _trouble(self, request: web.Request, method: str) -> bool:
        fault = next((f for f in self.faults if f.method in {method, "*"}), None)
        if fault is None:
            return False
        self.faults.remove(fault)
        if fault.kind == "drop":
            _cut(request)
        if isinstance(fault.kind, int):
            text = {429: "Too Many Requests: retry later", 403: "Forbidden"}.get(fault.kind, "Oops")
            wait = {"retry_after": fault.retry_after} if fault.retry_after else {}
            raise Refusal(text, fault.kind, **wait)
        return fault.kind == "lost"

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request.match_info["token"])
            if self.on_call and await self.on_call("file", "before"):
                raise Cut
            self._trouble(request, "file")
        except Refusal as refusal:
            return _refused(refusal)
        except Cut:
            return web.Response()
        path = request.match_info["path"]
        data = next((file.data for file in self.files.values() if file.path == path), None)
        return web.Response(body=data) if data is not None else web.Response(status=404)

    async def _do_get_updates(self, params: JSON) -> list[JSON]:
        if self.webhook:
            raise Refusal("Conflict: can't use getUpdates method while webhook is active", 409)
        self.allowed = set(params.get("allowed_updates", [])) or self.allowed
        offset, hold_s = int(params.get("offset", 0)), int(params.get("timeout", 0))
        async with self._news:
            self._polls += 1
            mine = self._polls
            self._news.notify_all()  # another one that waits is ended, as Telegram does
            before = len(self._waiting)
            self._waiting = [u for u in self._waiting if u["update_id"] >= offset]
            if len(self._waiting) < before and self.on_call:
                await self.on_call("getUpdates", "acknowledged")
            try:
                async with asyncio.timeout(hold_s):
                    await self._news.wait_for(lambda: self._waiting or mine != self._polls)
            except TimeoutError:
                pass
            if mine != self._polls:
                raise Refusal("Conflict: terminated by other getUpdates request", 409)
            return self._waiting[: int(params.get("limit", 100))]

    def seen(self, chat: int) -> list[Shown]:
        """The bot's messages in a chat, as they look now."""
        return [message for message in self.chats.of(chat) if message.by_bot]


def _refused(refusal: Refusal) -> web.Response:
    body: JSON = {"ok": False, "error_code": refusal.status, "description": str(refusal)}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return web.json_response(body, status=refusal.status)


def _cut(request: web.Request) -> None:
    if request.transport:
        request.transport.abort()
    raise Cut


_NESTED = (
    *("reply_markup", "reply_parameters", "media", "commands", "allowed_updates"),
    *("results", "button"),
)


def _upload(field: web.FileField) -> Upload:
    upload = Upload(field.file.read())
    upload.name = field.filename
    return upload


async def _params(request: web.Request) -> JSON:
    """Parameters from the address, a JSON body or a form; nested JSON in a form is parsed."""
    params: JSON = dict(request.query)
    if request.content_type == "application/json":
        return {**params, **await request.json()}
    for name, value in (await request.post()).items():
        params[name] = _upload(value) if isinstance(value, web.FileField) else value
    for name in _NESTED:
        if isinstance(params.get(name), str):
            params[name] = json.loads(params[name])
    return params
