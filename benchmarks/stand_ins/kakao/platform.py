"""Kakao's side over real HTTP: chats that call a skill, a picture server, one-shot callbacks.

A response is checked as Kakao does it: 200, at most 30 KB, every limit of `schema.json`. What
breaks a rule is an AssertionError in the test. Unlike Kakao it waits longer than `LIMIT_S`: how
long the machine takes is no matter of ours, how long a response may be waited for is.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from jsonschema import Draft202012Validator

from benchmarks.stand_ins.waiting import PATIENCE_S

Json = dict[str, Any]

SECRET = "skill-secret-for-tests"
LIMIT_S = 5.0
CALLBACK_S = 60.0
MAX_BYTES = 30_000

_SCHEMA = json.loads((Path(__file__).parent / "schema.json").read_text("utf-8"))
_VALIDATOR = Draft202012Validator(_SCHEMA)


def check(body: bytes) -> Json:
    """The response, if Kakao would take it."""
    assert len(body) <= MAX_BYTES, f"{len(body)} bytes"
    answer: Json = json.loads(body.decode("utf-8"))
    errors = [f"{error.json_path}: {error.message}" for error in _VALIDATOR.iter_errors(answer)]
    assert not errors, errors
    for output in answer.get("template", {}).get("outputs", []):
        card = output.get("textCard", {})
        together = len(card.get("title", "")) + len(card.get("description", ""))
        assert together <= 400, "title and description of a text card"
    return answer


@dataclass
class Callback:
    """An address for one late answer."""

    url: str
    made: float
    answers: list[Json] = field(default_factory=list)
    refused: int = 0
    arrived: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass
class Seen:
    """What a person sees after a request."""

    body: Json

    @property
    def later(self) -> bool:
        return self.body.get("useCallback") is True

    @property
    def outputs(self) -> list[Json]:
        outputs: list[Json] = self.body["template"]["outputs"]
        return outputs

    @property
    def replies(self) -> list[Json]:
        replies: list[Json] = self.body.get("template", {}).get("quickReplies", [])
        return replies

    @property
    def text(self) -> str:
        """All texts, cards included."""
        return json.dumps(self.body, ensure_ascii=False)

    def card(self, kind: str) -> Json:
        found = [output[kind] for output in self.outputs if kind in output]
        assert found, f"no {kind} in {self.text}"
        card: Json = found[0]
        return card

    def button(self, label: str) -> Json:
        """A quick reply or a card's button with this label, signs before it aside."""
        buttons = list(self.replies)
        for output in self.outputs:
            for part in output.values():
                buttons += part.get("buttons", [])
        found = [button for button in buttons if _bare(button["label"]) == label]
        assert found, f"no {label} among {[button['label'] for button in buttons]}"
        return found[0]

    def has(self, label: str) -> bool:
        return any(_bare(reply["label"]) == label for reply in self.replies)


def _bare(label: str) -> str:
    return label.lstrip("✓✎✕↻←+🔎 ") or label


class KakaoPlatform:
    """`async with KakaoPlatform() as kakao:`; `url` is its own address."""

    def __init__(self) -> None:
        self.pictures: dict[str, bytes] = {}
        self.fetched: list[str] = []
        self.may_send = asyncio.Event()  # cleared, it holds pictures back
        self.may_send.set()
        self.callbacks: dict[str, Callback] = {}
        self.callback_status = "SUCCESS"
        self._numbers = itertools.count(1)
        app = web.Application()
        app.router.add_get("/dna/{name}", self._picture)
        app.router.add_get("/moved/{name}", self._moved)
        app.router.add_post("/callback/{name}", self._callback)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        self.session = aiohttp.ClientSession()

    async def __aenter__(self) -> KakaoPlatform:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.session.close()
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    def upload(self, data: bytes) -> str:
        """A picture that somebody uploaded; its address is good for this one upload."""
        name = f"i_{next(self._numbers)}.jpg"
        self.pictures[name] = data
        return f"{self.url}/dna/{name}?credential=zf3&expires=1795000000&signature=a%2Bb%3D"

    def callback(self) -> Callback:
        name = f"c{next(self._numbers)}"
        made = Callback(f"{self.url}/callback/{name}", time.monotonic())
        self.callbacks[name] = made
        return made

    async def _picture(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        self.fetched.append(name)
        await self.may_send.wait()
        # The signature counts as it was given, not decoded and encoded anew.
        if name not in self.pictures or "signature=a%2Bb%3D" not in request.raw_path:
            return web.Response(status=403)
        return web.Response(body=self.pictures[name], content_type="image/jpeg")

    async def _moved(self, request: web.Request) -> web.Response:
        self.fetched.append("moved")
        raise web.HTTPFound(f"{self.url}/dna/{request.match_info['name']}")

    async def _callback(self, request: web.Request) -> web.Response:
        known = self.callbacks.get(request.match_info["name"])
        late = known is None or time.monotonic() - known.made > CALLBACK_S
        if known is None or late or known.answers:
            if known:
                known.refused += 1
            return web.json_response({"status": "FAIL", "message": "invalid"}, status=400)
        known.answers.append(check(await request.read()))
        known.arrived.set()
        verdict = {"taskId": "t", "status": self.callback_status, "message": "", "timestamp": 0}
        return web.json_response(verdict)


class Talker:
    """A person in a chat with the bot whose skill is at `skill`."""

    def __init__(self, kakao: KakaoPlatform, skill: str, user: str = "u1", **extra: Any) -> None:
        self.kakao = kakao
        self.skill = skill
        self.user = user
        self.extra = extra  # of userRequest
        self.keeps_extra = True  # whether buttons' data reach the skill

    def payload(
        self,
        utterance: object,
        params: Json | None = None,
        extra: Json | None = None,
        trigger: str = "TEXT_INPUT",
        **request: Any,
    ) -> Json:
        user = {"id": self.user, "type": "botUserKey", "properties": {"plusfriendUserKey": "p"}}
        return {
            "bot": {"id": "5f0c", "name": "품번"},
            "intent": {"id": "b1", "name": "폴백 블록", "extra": {"reason": {"code": 1}}},
            "action": {
                "id": "a1",
                "name": "품번",
                "params": params or {},
                "detailParams": {},
                "clientExtra": extra,
            },
            "userRequest": {
                "block": {"id": "b1", "name": "폴백 블록"},
                "user": user,
                "utterance": utterance,
                "params": {"surface": "Kakaotalk.plusfriend"},
                "lang": "ko",
                "timezone": "Asia/Seoul",
                **self.extra,
                **request,
            },
            "flow": {"trigger": {"type": trigger}, "lastBlock": {"id": "b1", "name": "폴백 블록"}},
            "contexts": [],
        }

    async def post(self, payload: Json) -> Seen:
        """Deliver a payload; what Kakao would show."""
        timeout = aiohttp.ClientTimeout(total=PATIENCE_S)
        async with self.kakao.session.post(
            self.skill, json=payload, headers={"X-Skill-Secret": SECRET}, timeout=timeout
        ) as got:
            assert got.status == 200, got.status
            assert got.content_type == "application/json"
            body = check(await got.read())
        return Seen(body)

    async def say(self, text: str, **more: Any) -> Seen:
        return await self.post(self.payload(text, **more))

    async def send(self, data: bytes, **request: Any) -> Seen:
        """A photo straight into the chat."""
        url = self.kakao.upload(data)
        payload = self.payload(url, trigger="IMAGE_UPLOAD", **request)
        payload["userRequest"]["params"]["media"] = {"type": "image", "url": url}
        return await self.post(payload)

    async def press(self, seen: Seen, label: str, **request: Any) -> Seen:
        """A quick reply or a card's button."""
        button = seen.button(label)
        assert button["action"] == "message"
        extra = button.get("extra") if self.keeps_extra else None
        return await self.say(
            button["messageText"], extra=extra, trigger="QUICKREPLY_BUTTON_MESSAGE", **request
        )

    async def result(self, seen: Seen) -> Seen:
        """Press "see result" until it is there."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                seen = await self.press(seen, "결과 보기")
                if "아직" not in seen.text:
                    return seen
