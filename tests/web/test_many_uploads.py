"""Many large uploads at once: they wait on the disk, not in memory."""

from __future__ import annotations

import asyncio
import io
import os
from pathlib import Path

import aiohttp
import pytest

from bot.channels.web.guests import COOKIE
from bot.channels.web.requests import MAX_UPLOAD
from tests.fakes.app_process import application
from tests.fakes.serving import settings_in
from tests.storage.test_photos import files
from tests.waiting import until

PEOPLE = 40
MOST_GROWN = 60 * 1024 * 1024


def peak(process: int) -> int:
    """The most bytes of memory that it ever had, since `forget_peak`."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    (line,) = [line for line in lines if line.startswith("VmHWM:")]
    return int(line.split()[1]) * 1024


def forget_peak(process: int) -> None:
    Path(f"/proc/{process}/clear_refs").write_text("5")


async def send(session: aiohttp.ClientSession, url: str, person: int, photo: bytes) -> None:
    """Send it as somebody of their own until it is taken; nobody waits for the answer."""
    headers = {
        "Cookie": f"{COOKIE}={person:043d}",
        "X-Message-Id": f"photo-of-{person:04d}",
        "Content-Type": "application/octet-stream",
    }
    while True:
        async with session.post(
            f"{url}/chat/photo", data=io.BytesIO(photo), headers=headers
        ) as got:
            if got.status == 200:
                return
            assert got.status == 503
            await asyncio.sleep(0.2)


async def look(session: aiohttp.ClientSession, url: str, person: int) -> int:
    """The bytes of the photo that waits, as its sender's page shows it after a reload."""
    headers = {"Cookie": f"{COOKIE}={person:043d}"}
    async with session.get(f"{url}/chat/log", headers=headers) as got:
        (entry,) = (await got.json())["entries"]
    async with session.get(f"{url}/chat/upload/{entry['id']}", headers=headers) as got:
        assert got.content_type == "image/jpeg"
        return sum([len(piece) async for piece in got.content.iter_any()])


async def test_forty_large_uploads_at_once_take_little_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MALLOC_ARENA_MAX", "1")  # as the real reader sets it at its start
    settings = settings_in(tmp_path)
    given = {"web_port": 0, "database_url": settings.database_url, "photo_wait_s": 0}
    given["photo_dir"] = str(settings.photo_dir)
    photo = os.urandom(MAX_UPLOAD)
    quiet = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
    async with quiet as session, application(given, stuck=True) as (url, process):
        # What all uploads share (connections of the database, threads) is no matter of their bytes.
        first = (send(session, url, PEOPLE + n, b"small") for n in range(PEOPLE))
        await asyncio.gather(*first)
        forget_peak(process.pid)
        idle = peak(process.pid)
        await asyncio.gather(*(send(session, url, n, photo) for n in range(PEOPLE)))
        folder = tmp_path / "photos" / "uploads"
        await until(lambda: len(files(folder)) == 2 * PEOPLE)
        seen = await asyncio.gather(*(look(session, url, n) for n in range(PEOPLE)))
        assert seen == [MAX_UPLOAD] * PEOPLE
        grown = peak(process.pid) - idle
        process.kill()
    assert grown < MOST_GROWN, f"{grown / 2**20:.0f} MB"
