"""Answers that are small on the wire and large at home: neither memory nor the loop is theirs."""

from __future__ import annotations

import asyncio
import gzip
import json
import sys
import zlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.waiting import PATIENCE_S

ROOT = Path(__file__).parents[2]
PARSED = {"usual", "hangul", "ampersands"}  # into no offer
MOST_MB = 40  # above what asking for a usual answer takes
LONGEST_STALL_S = 0.4  # on a machine that does more than one thing; by itself it is 0.05
ATTEMPTS = 3  # others may starve us now and then; our own work would do so every time


def zeros(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    chunk = bytes(1_000_000)
    return b"".join(packer.compress(chunk) for _ in range(megabytes)) + packer.flush()


def xml(inner: str) -> bytes:
    return f"<ProductSearchResponse>{inner}</ProductSearchResponse>".encode()


ANSWERS = {
    "usual": (xml("<Products/>"), ""),
    "unpacked-300-mb": (zeros(300), "gzip"),
    "tags": (b"<a>" * 660_000, ""),
    "deep": (b"<a>" * 40_000, ""),
    "wide": (xml("<a/>" * 490_000), ""),
    "hangul": (xml("가" * 600_000), ""),
    "ampersands": (xml("&" * 1_900_000), ""),
    "deep-json": (b"[" * 1_900_000, ""),
    "wide-json": (b'{"items":[' + b"{}," * 600_000 + b"{}]}", ""),
    "packed-json": (gzip.compress(b'{"items":[' + b"1," * 900_000 + b"1]}"), "gzip"),
}

ASKING = """
import asyncio, json, sys, time
from pathlib import Path
import aiohttp
from pydantic import SecretStr
from lookup.sources.elevenst import ElevenStreetSettings, ElevenStreetSource
from lookup.sources.means import CallManners, Means
from lookup.sources.naver import NaverSettings, NaverSource

def memory(what):
    told = Path("/proc/self/status").read_text().split(what + ":")[1]
    return int(told.split()[0]) / 1024

async def stalled(work):
    longest, done = 0.0, asyncio.create_task(work)
    while not done.done():
        before = time.perf_counter()
        await asyncio.sleep(0.002)
        longest = max(longest, time.perf_counter() - before - 0.002)
    return (await done).state.value, longest

async def main(url, names):
    async with aiohttp.ClientSession() as session:
        means = Means(session, CallManners(deadline_s=60, tries=1, failures=100))
        for name in names:
            if "json" in name:
                keys = {"client_id": SecretStr("i"), "client_secret": SecretStr("s")}
                source = NaverSource(NaverSettings(api_url=url + name, **keys), means)
            else:
                settings = ElevenStreetSettings(url=url + name, key=SecretStr("k"))
                source = ElevenStreetSource(settings, means)
            Path("/proc/self/clear_refs").write_text("5")
            before = memory("VmRSS")
            state, stall = await stalled(source.quote("DD1391-100"))
            taken = memory("VmHWM") - before
            print(json.dumps({"name": name, "state": state, "mb": taken, "stall_s": stall}))

asyncio.run(main(sys.argv[1], sys.argv[2:]))
"""


@pytest.fixture
async def server() -> AsyncIterator[TestServer]:
    async def answer(request: web.Request) -> web.Response:
        body, packed = ANSWERS[request.path.strip("/")]
        headers = {"Content-Encoding": packed} if packed else {}
        return web.Response(body=body, headers=headers, content_type="text/xml")

    app = web.Application()
    app.router.add_get("/{name}", answer)
    server = TestServer(app)
    async with server:
        yield server


async def asked(server: TestServer) -> list[dict[str, Any]]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", ASKING, str(server.make_url("/")), *ANSWERS),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(PATIENCE_S):
        out, _ = await process.communicate()
    assert process.returncode == 0
    return [json.loads(line) for line in out.splitlines()]


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="needs Linux's /proc")
async def test_no_answer_takes_much_memory_or_holds_up_the_loop(server: TestServer) -> None:
    for attempt in range(1, ATTEMPTS + 1):
        told = await asked(server)
        assert max(one["mb"] for one in told) < MOST_MB, told
        assert {one["name"]: one["state"] for one in told} == {
            name: "empty" if name in PARSED else "down" for name in ANSWERS
        }
        if max(one["stall_s"] for one in told) < LONGEST_STALL_S:
            return
        assert attempt < ATTEMPTS, told
