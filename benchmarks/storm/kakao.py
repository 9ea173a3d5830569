"""A person in KakaoTalk: who gets no answer in five seconds says it again, as people do."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

import aiohttp

from benchmarks.stand_ins.kakao.platform import LIMIT_S, KakaoPlatform, Seen, Talker
from benchmarks.storm.messages import SHOPPER_PATIENCE_S, SORRY, StormMessage
from bot.sentences import sentences

_SKILL = "/kakao/skill"
_REPEAT_S = 0.5
_say = sentences("ko")
_SEE, _RIGHT = _say("kakao-result-button"), _say("confirm-button")
_NOT_YET = frozenset({_say("kakao-reading"), _say("kakao-working")})
_SORRY = SORRY | {_say("reader-busy")}


class KakaoShopper:
    """A person in a chat with the skill that any of the processes serves."""

    channel = "kakao"

    def __init__(self, kakao: KakaoPlatform, addresses: Sequence[str], user: str) -> None:
        self._addresses = addresses
        self._turn = 0
        self._kakao = kakao
        self._user = user
        self._seen: list[str] = []
        self._proposal: Seen | None = None
        self.messages: list[StormMessage] = []
        self.late = 0  # responses after more than five seconds: Kakao shows none of them

    async def open(self) -> None:
        """Nothing to be done."""

    async def close(self) -> None:
        """Nothing to be done."""

    async def text(self, code: str) -> StormMessage:
        """Type a code; returns when it is answered or given up."""
        message = self._noted(StormMessage("text", code=code))
        await self._followed(message, lambda talker: talker.say(code))
        return message

    async def photo(self, data: bytes) -> StormMessage:
        """Send a photo; said again it is the same upload."""
        message = self._noted(StormMessage("photo"))
        payload = self._photo(data)
        seen = await self._followed(message, lambda talker: talker.post(payload))
        self._proposal = seen if seen and seen.has(_RIGHT) else None
        return message

    async def press(self) -> StormMessage | None:
        """Confirm the photo that was answered last; None where there is none to confirm."""
        proposal, self._proposal = self._proposal, None
        if proposal is None:
            return None
        message = self._noted(StormMessage("press"))
        await self._followed(message, lambda talker: talker.press(proposal, _RIGHT))
        return message

    async def look(self) -> list[str]:
        """All texts that the person saw."""
        for message in self.messages:
            message.answers = int(bool(message.answered))
        return self._seen

    def _photo(self, data: bytes) -> dict[str, Any]:
        url = self._kakao.upload(data)
        talker = Talker(self._kakao, "", self._user)
        payload = talker.payload(url, trigger="IMAGE_UPLOAD")
        payload["userRequest"]["params"]["media"] = {"type": "image", "url": url}
        return payload

    async def _followed(
        self, message: StormMessage, say: Callable[[Talker], Awaitable[Seen]]
    ) -> Seen | None:
        """Say it, again where nothing came back, and press "see result" while it is read."""
        until = message.sent + SHOPPER_PATIENCE_S
        asking, seen = say, None
        while time.monotonic() < until:
            seen = await self._tried(asking)
            if seen is not None and _says(seen, _NOT_YET):
                asking = partial(Talker.press, seen=seen, label=_SEE)
            elif seen is not None and not _says(seen, _SORRY):
                message.done()
                return seen
            else:
                asking = say
            await asyncio.sleep(_REPEAT_S)
        message.trouble = seen.text[:80] if seen else "no response"
        return None

    async def _tried(self, say: Callable[[Talker], Awaitable[Seen]]) -> Seen | None:
        self._turn += 1
        where = self._addresses[self._turn % len(self._addresses)]
        since = time.monotonic()
        try:
            seen = await say(Talker(self._kakao, where + _SKILL, self._user))
        except (aiohttp.ClientError, ConnectionError, TimeoutError, AssertionError):
            return None
        self.late += time.monotonic() - since > LIMIT_S
        self._seen.append(seen.text)
        return seen

    def _noted(self, message: StormMessage) -> StormMessage:
        self.messages.append(message)
        return message


def _says(seen: Seen, which: frozenset[str]) -> bool:
    return any(text in seen.text for text in which)
