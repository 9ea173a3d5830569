"""The skill server's routes.

    POST      /kakao/skill    a request of Kakao's; header X-Skill-Secret or ?secret=
    GET, HEAD /kakao/skill    200 for whoever looks whether we are there
    GET       /kakao/file/…   pictures and documents of answers, by signed address

401: no secret, 403: a wrong one or another bot, 400: no skill payload, 413: too large. Whatever a
person caused is answered with 200 and a sentence.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
from datetime import UTC, datetime

import aiohttp
from aiohttp import web

from bot.channels.kakao.answering import Responder
from bot.channels.kakao.callback import Callbacks
from bot.channels.kakao.components import Response
from bot.channels.kakao.errors import Garbage
from bot.channels.kakao.files import Links
from bot.channels.kakao.pages import Page
from bot.channels.kakao.pictures import Fetcher, Hosts, session
from bot.channels.kakao.request import MAX_BODY, Asked, asked
from bot.channels.kakao.turns import Timing, Turns
from bot.channels.kakao.types import Table
from bot.sentences import language_of, sentences
from bot.talk.ports import People
from bot.talk.types import PhotoHandler

SKILL_PATH = "/kakao/skill"
SKILL_HEADER = "X-Skill-Secret"
_BODY_S = 3.0

log = logging.getLogger(__name__)


class KakaoChannel:
    """Translates skill requests into events and replies into skill responses."""

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        handler: PhotoHandler,
        table: Table,
        people: People,
        secret: str,
        bot_id: str = "",
        extra_hosts: tuple[str, ...] = (),
        public_url: str | None = None,
        timing: Timing = Timing(),  # noqa: B008 - frozen
    ) -> None:
        """`extra_hosts` may be called beside Kakao's; `public_url` is where we are reached."""
        self._secret = secret
        self._bot_id = bot_id
        self._timing = timing
        self._table = table
        self._hosts = Hosts(extra_hosts)
        self._links = Links(public_url, secret, lambda: datetime.now(UTC))
        self._session: aiohttp.ClientSession = session()
        fetcher = Fetcher(self._hosts, self._session, timing.fetch_s)
        turns = Turns(handler, people, table, fetcher, self._links, timing)
        callbacks = Callbacks(self._hosts, self._session)
        self._answering = Responder(turns, table, callbacks, self._hosts, timing)

    def routes(self) -> list[web.AbstractRouteDef]:
        """What the application serves for this channel."""
        probe = web.get(SKILL_PATH, _probe)  # HEAD, too
        return [web.post(SKILL_PATH, self._skill), probe, *self._links.routes(self._table.file)]

    async def start(self) -> None:
        """Answer what was left unanswered."""
        self._answering.start()

    async def stop(self) -> None:
        """Let running answers end for a moment; the others wait in the database."""
        await self._answering.stop()
        await self._session.close()

    async def _skill(self, request: web.Request) -> web.Response:
        until = asyncio.get_running_loop().time() + self._timing.deadline_s
        if refusal := self._refusal(request):
            return _refused(*refusal)
        try:
            payload = asked(await _body(request), lambda url: self._hosts.picture(url) is not None)
        except Garbage as error:
            log.info("not a skill request: %s", error)
            return _refused(400, str(error))
        # The admin centre's own tests name a bot under development with a "!" behind its id.
        if self._bot_id and payload.bot.rstrip("!") != self._bot_id.rstrip("!"):
            log.warning("a skill request of another bot was refused")
            return _refused(403, "another bot")
        body = await self._answered(payload, until)
        return web.Response(body=body, content_type="application/json", charset="utf-8")

    async def _answered(self, payload: Asked, until: float) -> bytes:
        # Not `timeout`: it waits until what it cancels has ended, and that may wait for a server.
        answering = asyncio.create_task(self._answering.answer(payload, until))
        left = until + self._timing.grace_s - asyncio.get_running_loop().time()
        try:
            done, _ = await asyncio.wait({answering}, timeout=max(0.0, left))
            if done:
                return (await answering).wire()
            raise TimeoutError("no answer in time")
        except Exception:
            # The database is out of reach, or a defect: the person hears of it all the same.
            log.exception("a skill request could not be answered")
            return _apology(payload).wire()
        finally:
            answering.cancel()
            answering.add_done_callback(lambda task: task.cancelled() or task.exception())

    def _refusal(self, request: web.Request) -> tuple[int, str] | None:
        given = [request.headers.get(SKILL_HEADER), request.query.get("secret")]
        ours = self._secret.encode()
        if not any(given):
            return 401, "the secret is missing"
        # All are compared, each in constant time.
        right = [hmac.compare_digest(_bytes(text or ""), ours) for text in given]
        if any(right):
            return None
        log.warning("a skill request with a wrong secret was refused")
        return 403, "the secret is wrong"


async def _body(request: web.Request) -> bytes:
    """The request's bytes. Raises `Garbage`, and HTTPRequestEntityTooLarge."""
    data = bytearray()
    try:
        async with asyncio.timeout(_BODY_S):
            async for chunk in request.content.iter_chunked(64 * 1024):
                data += chunk
                if len(data) > MAX_BODY:
                    raise web.HTTPRequestEntityTooLarge(MAX_BODY, len(data))
    except (TimeoutError, ConnectionError, web.RequestPayloadError):
        raise Garbage("the body was cut off") from None
    return bytes(data)


async def _probe(_: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _refused(status: int, reason: str) -> web.Response:
    return web.json_response({"error": reason}, status=status)


def _apology(payload: Asked) -> Response:
    say = sentences(language_of(None, payload.locale))
    return Page.saying(say("trouble")).response()
