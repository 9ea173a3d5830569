"""A minute of hostile pictures, slow uploads and idle connections beside good people."""

from __future__ import annotations

import asyncio
import random
import socket
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp

from benchmarks.storm.house import LIMITLESS, House
from benchmarks.storm.messages import Codes, StormMessage, percentile
from benchmarks.storm.photos import hostile, tag_photo
from benchmarks.storm.report import Row, at_most, none_of
from benchmarks.storm.web import WebShopper

MOST_MB = 600.0
_FILES = 256  # that the process may open
_IDLE, _SLOW, _HOSTILE = 300, 32, 4
_LOG_MB = 1.0
_SIEGED_HEALTH_S = 2.0
_ANSWER_S = 30.0
_GOOD = 6
_STRANGER, _OTHER = "127.0.0.66", "127.0.0.67"
_PAUSE_S = 1.0


async def strangers(folder: Path, tables: str, lasting: float, seed: int) -> list[Row]:
    """Run it; `tables` is the address of an empty database."""
    chance = random.Random(seed)
    settings = {
        "DATABASE_URL": tables,
        "PHOTO_DIR": str(folder / "photos"),
        **LIMITLESS,
    }
    house = House(folder, settings, files=_FILES)
    bombs = [data for _, data in hostile()]
    async with AsyncExitStack() as stack:
        await house.start()
        stack.push_async_callback(house.stop)
        until = time.monotonic() + lasting
        health: list[float] = []
        bad = [
            *(_idle(house.addresses[0], until) for _ in range(_IDLE)),
            *(_slow(house.addresses[0], until) for _ in range(_SLOW)),
            *(_send_hostile(house, bombs, until, chance) for _ in range(_HOSTILE)),
        ]
        good = [_good(house, until, random.Random(number)) for number in range(_GOOD)]
        told, *_ = await asyncio.gather(
            asyncio.gather(*good), asyncio.gather(*bad), _watch(house, until, health)
        )
        ends = await house.stop()
        return _judged(house, [one for person in told for one in person], health, ends)


async def _good(house: House, until: float, chance: random.Random) -> list[StormMessage]:
    codes = Codes()
    person = WebShopper(house.addresses, chance)
    try:
        await person.open()
        while time.monotonic() < until:
            await person.text(codes.fresh())
            await person.photo(tag_photo(chance))
            await asyncio.sleep(_PAUSE_S)
    finally:
        await person.close()
    return person.messages


async def _send_hostile(
    house: House, bombs: Sequence[bytes], until: float, chance: random.Random
) -> None:
    while time.monotonic() < until:
        person = WebShopper(house.addresses, chance, _OTHER, persistent=False)
        with suppress(TimeoutError):
            async with asyncio.timeout(max(0.0, until - time.monotonic())):
                await person.photo(chance.choice(bombs))
        await person.close()


async def _idle(address: str, until: float) -> None:
    """A connection on which nothing is said; a closed one is opened again."""
    await _keep_open(address, until, b"", b"")


async def _slow(address: str, until: float) -> None:
    """A photo that comes a byte every three seconds."""
    head = (
        "POST /chat/photo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n"
        f"X-Message-Id: slow-{random.getrandbits(64):016x}\r\n\r\n"
    )
    await _keep_open(address, until, head.encode(), b"x")


async def _keep_open(address: str, until: float, head: bytes, drip: bytes) -> None:
    where = urlsplit(address)
    while time.monotonic() < until:
        with suppress(OSError, TimeoutError):
            await _session(where.hostname or "", where.port or 80, until, head, drip)
        await asyncio.sleep(_PAUSE_S)


async def _session(host: str, port: int, until: float, head: bytes, drip: bytes) -> None:
    local = socket.socket()
    local.setblocking(False)
    local.bind((_STRANGER, 0))
    await asyncio.get_running_loop().sock_connect(local, (host, port))
    reader, writer = await asyncio.open_connection(sock=local)
    try:
        writer.write(head)
        gone = asyncio.ensure_future(reader.read())
        while time.monotonic() < until and not gone.done():
            await asyncio.wait({gone}, timeout=min(3.0, max(0.0, until - time.monotonic())))
            writer.write(drip)
        gone.cancel()
    finally:
        writer.close()


async def _watch(house: House, until: float, took: list[float]) -> None:
    """How long /health takes; one that does not answer counts as `_SIEGED_HEALTH_S` times ten."""
    async with aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(10 * _SIEGED_HEALTH_S)
    ) as session:
        while time.monotonic() < until:
            since = time.monotonic()
            try:
                async with session.get(f"{house.addresses[0]}/health") as got:
                    await got.read()
                took.append(time.monotonic() - since)
            except (aiohttp.ClientError, TimeoutError):
                took.append(10 * _SIEGED_HEALTH_S)
            await asyncio.sleep(0.2)


def _judged(
    house: House, sent: Sequence[StormMessage], health: Sequence[float], ends: Sequence[int]
) -> list[Row]:
    unanswered = sum(not one.answered or bool(one.trouble) for one in sent)
    took = percentile([one.took_s for one in sent if one.answered], 0.95)
    return [
        Row("idle connections, slow uploads, hostile at once", f"{_IDLE}, {_SLOW}, {_HOSTILE}"),
        none_of(f"good people's messages without answer, of {len(sent):,}", unanswered),
        at_most("good people: p95 to the answer", took, _ANSWER_S, " s"),
        at_most("/health, p95", percentile(health, 0.95), _SIEGED_HEALTH_S, " s"),
        at_most("/health, slowest", max(health, default=0.0), 2 * _SIEGED_HEALTH_S, " s"),
        none_of("processes that died", len(house.deaths)),
        at_most("most memory", house.peak_mb, MOST_MB, " MB"),
        at_most("log", house.log_bytes / 1e6, _LOG_MB, " MB"),
        none_of("exit statuses that are not 0", sum(map(bool, ends))),
    ]
