"""Connections that only take up room."""

from __future__ import annotations

import asyncio
import errno
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.running.connections import ConnectionLimits, quieted
from bot.running.ending import Ending
from bot.running.listening import listen
from bot.running.server import Readiness, build
from tests.fakes.serving import settings_in
from tests.strangers.sockets import Line, head, line
from tests.waiting import until

NEVER = 3600.0
STRANGER, NEIGHBOUR = "127.0.0.2", "127.0.0.3"


@dataclass
class House:
    """A server with one door that stays open as long as a test wants."""

    url: str
    may_end: asyncio.Event = field(default_factory=asyncio.Event)
    inside: int = 0
    heard: list[tuple[str | None, str]] = field(default_factory=list)


@asynccontextmanager
async def house(folder: Path, limits: ConnectionLimits, **values: object) -> AsyncIterator[House]:
    made = House("")

    async def wait(request: web.Request) -> web.Response:
        made.heard.append((request.remote, request.scheme))
        made.inside += 1
        await made.may_end.wait()
        return web.Response(text="at last")

    async def database() -> None:
        return None

    async with Ending() as ending:
        app = build(Readiness(database), [web.get("/wait", wait), web.get("/kakao/wait", wait)])
        runner = await listen(ending, app, settings_in(folder, **values), limits)
        made.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield made
        made.may_end.set()


async def lines(stack: AsyncExitStack, url: str, number: int, source: str) -> list[Line]:
    return [await stack.enter_async_context(line(url, source)) for _ in range(number)]


async def test_who_says_nothing_is_sent_away(tmp_path: Path) -> None:
    limits = ConnectionLimits(most=50, header_s=0.2)
    async with house(tmp_path, limits) as made, line(made.url) as silent, line(made.url) as slow:
        await slow.say("GET /health HTTP/1.1\r\nHost: local")
        assert await silent.ended()
        assert await slow.ended()


async def test_who_waits_for_an_answer_is_not(tmp_path: Path) -> None:
    limits = ConnectionLimits(most=50, header_s=0.2, idle_s=0.2)
    async with house(tmp_path, limits) as made, line(made.url) as waiting, line(made.url) as silent:
        await waiting.say(head("/wait"))
        assert await silent.ended()  # so much time has gone by
        made.may_end.set()
        assert await waiting.status() == 200
        assert await waiting.ended()  # it asks for nothing more


async def test_the_oldest_idle_one_of_an_address_makes_room(tmp_path: Path) -> None:
    limits = ConnectionLimits(most=50, of_one=3, header_s=NEVER)
    async with house(tmp_path, limits) as made, AsyncExitStack() as stack:
        (neighbour,) = await lines(stack, made.url, 1, NEIGHBOUR)
        first, *others = await lines(stack, made.url, 4, STRANGER)
        assert await first.ended()
        for each in (*others, neighbour):
            await each.say(head("/health"))
            assert await each.status() == 200


async def test_where_none_is_idle_the_new_one_goes(tmp_path: Path) -> None:
    limits = ConnectionLimits(most=50, of_one=3, header_s=NEVER)
    async with house(tmp_path, limits) as made, AsyncExitStack() as stack:
        busy = await lines(stack, made.url, 3, STRANGER)
        for each in busy:
            await each.say(head("/wait"))
        await until(lambda: made.inside == 3)
        (late,) = await lines(stack, made.url, 1, STRANGER)
        assert await late.ended()
        made.may_end.set()
        assert [await each.status() for each in busy] == [200] * 3
        (again,) = await lines(stack, made.url, 1, STRANGER)  # those answered are idle now
        await again.say(head("/health"))
        assert await again.status() == 200


async def test_all_together_have_a_bound_and_a_proxy_no_other(tmp_path: Path) -> None:
    limits = ConnectionLimits(most=6, of_one=3, header_s=NEVER)
    async with (
        house(tmp_path, limits, trusted_proxies=STRANGER) as made,
        AsyncExitStack() as stack,
    ):
        through_proxy = await lines(stack, made.url, 6, STRANGER)
        for each in through_proxy:
            await each.say(head("/health"))
            assert await each.status() == 200
        (neighbour,) = await lines(stack, made.url, 1, NEIGHBOUR)
        await neighbour.say(head("/health"))
        assert await neighbour.status() == 200
        assert await through_proxy[0].ended()


async def test_behind_a_proxy_the_requests_of_one_address_are_bounded(tmp_path: Path) -> None:
    limits = ConnectionLimits(most=50, of_one=2, header_s=NEVER)
    async with (
        house(tmp_path, limits, trusted_proxies=STRANGER) as made,
        AsyncExitStack() as stack,
    ):
        first, second, third, neighbour = await lines(stack, made.url, 4, STRANGER)
        for each in (first, second):
            await each.say(head("/wait", X_Forwarded_For="198.51.100.7"))
        await until(lambda: made.inside == 2)
        for each, client, status in (
            (third, "198.51.100.7", 503),
            (neighbour, "198.51.100.8", 200),
        ):
            await each.say(head("/health", X_Forwarded_For=client))
            assert await each.status() == status
        made.may_end.set()
        assert await second.status() == 200
        await first.say(head("/health", X_Forwarded_For="198.51.100.7"))
        assert await first.status() == 200


async def test_a_messenger_asks_for_all_its_people_at_once(tmp_path: Path) -> None:
    limits = ConnectionLimits(most=50, of_one=2, header_s=NEVER)
    async with (
        house(tmp_path, limits, trusted_proxies=STRANGER) as made,
        AsyncExitStack() as stack,
    ):
        for each in await lines(stack, made.url, 5, STRANGER):
            await each.say(head("/kakao/wait", X_Forwarded_For="198.51.100.7"))
        await until(lambda: made.inside == 5)
        assert {client for client, _ in made.heard} == {"198.51.100.7"}


async def test_a_proxy_on_this_machine_that_nobody_named_is_not_bounded(tmp_path: Path) -> None:
    limits = ConnectionLimits(most=50, of_one=2, header_s=NEVER)
    async with house(tmp_path, limits) as made, AsyncExitStack() as stack:
        for each in await lines(stack, made.url, 5, "127.0.0.1"):
            await each.say(head("/wait", X_Forwarded_For="198.51.100.7"))
        await until(lambda: made.inside == 5)
        assert {client for client, _ in made.heard} == {"127.0.0.1"}


async def test_a_request_is_whose_a_trusted_proxy_says(tmp_path: Path) -> None:
    said = {"X_Forwarded_For": "6.6.6.6, 198.51.100.7", "X_Forwarded_Proto": "https"}
    limits = ConnectionLimits(most=50)
    async with (
        house(tmp_path, limits, trusted_proxies=STRANGER) as made,
        line(made.url, STRANGER) as proxy,
        line(made.url, NEIGHBOUR) as liar,
    ):
        made.may_end.set()
        for each in (proxy, liar):
            await each.say(head("/wait", **said))
            assert await each.status() == 200
    assert made.heard == [("198.51.100.7", "https"), (NEIGHBOUR, "http")]


async def test_the_access_log_has_the_real_address(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with (
        house(tmp_path, ConnectionLimits(most=50), trusted_proxies="127.0.0.1") as made,
        aiohttp.ClientSession(headers={"X-Forwarded-For": "198.51.100.7"}) as session,
        session.get(f"{made.url}/health") as got,
    ):
        assert got.status == 200
    assert "198.51.100.7" in caplog.text


async def test_a_proxy_that_is_not_believed_is_told_of_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with (
        house(tmp_path, ConnectionLimits(most=50)) as made,
        aiohttp.ClientSession(headers={"X-Forwarded-For": "198.51.100.7"}) as session,
    ):
        for _ in range(3):
            async with session.get(f"{made.url}/health") as got:
                assert got.status == 200
    assert caplog.text.count("TRUSTED_PROXIES") == 1


def test_that_nothing_can_be_accepted_is_said_once_a_minute(
    caplog: pytest.LogCaptureFixture,
) -> None:
    now = 1000.0
    handle = quieted(lambda: now)
    loop = asyncio.new_event_loop()
    trouble = {
        "message": "socket.accept() out of system resource",
        "exception": OSError(errno.EMFILE, "Too many open files"),
        "socket": None,
    }
    for seconds in (0, 0, 59, 1):
        now += seconds
        handle(loop, trouble)
    handle(loop, {"message": "something else"})
    loop.close()
    assert caplog.text.count("Too many open files") == 2
    assert "something else" in caplog.text
