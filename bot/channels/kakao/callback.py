"""Late answers: one POST to the address that Kakao gave for it."""

from __future__ import annotations

import json
import logging

import aiohttp

from bot.channels.kakao.pictures import Hosts

LIMIT_S = 8.0
_LONGEST_ANSWER = 16 * 1024

log = logging.getLogger(__name__)


class Callbacks:
    """Posts answers. An address is good for one try, so nothing is tried again."""

    def __init__(self, hosts: Hosts, session: aiohttp.ClientSession) -> None:
        self._hosts = hosts
        self._session = session

    def usable(self, url: str) -> bool:
        """Whether it is an address of Kakao's."""
        if not url:
            return False
        usable = self._hosts.callback(url) is not None
        if not usable:
            log.warning("a callbackUrl outside *.kakao.com was not used")
        return usable

    async def post(self, url: str, body: bytes) -> bool:
        """Post an answer; whether Kakao says that the person has it."""
        address = self._hosts.callback(url)
        if address is None:
            return False
        headers = {"Content-Type": "application/json; charset=utf-8"}
        limit = aiohttp.ClientTimeout(total=LIMIT_S)
        try:
            async with self._session.post(
                address, data=body, headers=headers, allow_redirects=False, timeout=limit
            ) as got:
                answer = await got.content.read(_LONGEST_ANSWER)
                status = got.status
        except (aiohttp.ClientError, OSError, ValueError) as error:
            log.warning("a late answer was not taken: %s", type(error).__name__)
            return False
        verdict = _verdict(answer)
        taken = 200 <= status < 300 and verdict in {"", "SUCCESS"}
        if not taken:
            log.warning("a late answer was not taken: status %d %s", status, verdict)
        return taken


def _verdict(answer: bytes) -> str:
    try:
        said = json.loads(answer)
    except (ValueError, RecursionError):
        return ""
    status = said.get("status") if isinstance(said, dict) else ""
    return status.upper()[:20] if isinstance(status, str) else ""
