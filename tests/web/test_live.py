"""Server-sent events: all pages of a person hear everything, also what they missed."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp

from bot.app import running
from bot.channels.web.live import EARS_OF_ONE, Hub
from bot.settings import Settings
from tests.fakes.reader import tag_jpeg
from tests.fakes.serving import ServingReader, settings_in
from tests.waiting import PATIENCE_S
from tests.web.client import Person, fresh_id
from tests.web.conftest import Newcomer

PHOTO = tag_jpeg()


class Ear:
    """What one page hears."""

    def __init__(self) -> None:
        self.indexes: list[list[list[int]]] = []
        self.lines: list[dict[str, Any]] = []
        self.heard = asyncio.Event()

    def hear(self, kind: str, said: Any) -> None:
        if kind == "index":
            self.indexes.append(said)
        else:
            self.lines.append(said)
        self.heard.set()

    async def until(self, kind: str) -> None:
        await self.wait(lambda: any(line["type"] == kind for line in self.lines))

    async def index(self, nth: int = 1) -> list[list[int]]:
        await self.wait(lambda: len(self.indexes) >= nth)
        return self.indexes[-1]

    async def wait(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not condition():
                self.heard.clear()
                await self.heard.wait()


@asynccontextmanager
async def listening(person: Person) -> AsyncIterator[Ear]:
    ear = Ear()

    async def listen() -> None:
        timeout = aiohttp.ClientTimeout(total=None)
        request = person.session.get(
            f"{person.url}/chat/live", headers=person.headers, timeout=timeout
        )
        async with request as got:
            assert got.content_type == "text/event-stream", await got.text()
            kind = ""
            async for raw in got.content:
                line = raw.decode().rstrip()
                if line.startswith("event: "):
                    kind = line[7:]
                elif line.startswith("data: "):
                    ear.hear(kind, json.loads(line[6:]))
                    kind = ""

    task = asyncio.create_task(listen())
    await ear.index()
    try:
        yield ear
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_every_page_hears_what_one_of_them_sends(person: Person) -> None:
    async with listening(person) as first, listening(person) as second:
        answer = await person.photo(PHOTO)
        for ear in (first, second):
            await ear.until("end")
            assert ear.lines == answer.lines
            assert "working" in [line["type"] for line in ear.lines]
            assert len({line["turn"] for line in ear.lines}) == 1


async def test_nobody_hears_another_person(newcomer: Newcomer) -> None:
    mine, other = await newcomer(), await newcomer()
    async with listening(other) as ear, listening(mine) as own:
        await mine.text("DD1391-100")
        await own.until("end")
        assert ear.lines == []
        assert ear.indexes == [[]]


async def test_a_page_that_comes_back_learns_what_it_missed(person: Person) -> None:
    async with listening(person) as ear:
        assert await ear.index() == []
    read = await person.photo(PHOTO)
    edit = await person.press(read.button("edit"), read.last["id"])
    edit = await person.press(edit.button("char"), edit.last["id"])
    async with listening(person) as ear:
        versions = {id_: version for id_, version, _ in await ear.index()}
    assert versions[edit.last["id"]] == edit.last["version"] == 2


async def test_what_is_being_answered_is_pending(person: Person, reader: ServingReader) -> None:
    reader.gate = asyncio.Event()
    sending = asyncio.create_task(person.photo(PHOTO))
    async with asyncio.timeout(PATIENCE_S):
        await reader.asked.wait()
    async with listening(person) as ear:
        ((_, _, pending),) = await ear.index()
        assert pending
        reader.gate.set()
        await ear.until("end")
    await sending


async def test_another_process_is_heard_too(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    jar = aiohttp.CookieJar(unsafe=True)
    async with (
        aiohttp.ClientSession(cookie_jar=jar) as session,
        running(settings, ServingReader().open) as first,
        running(settings, ServingReader().open) as second,
    ):
        here, there = Person(session, first), Person(session, second)
        await here.log()
        async with listening(here) as ear:
            await there.text("DD1391-100")
            assert await ear.index(2)


async def test_a_person_has_so_many_pages_at_most(person: Person) -> None:
    hub = Hub()
    ears = [hub.listen("mina") for _ in range(EARS_OF_ONE)]
    for ear in ears:
        ear.__enter__()
    assert hub.full("mina")
    assert not hub.full("jun")
    ears[0].__exit__(None, None, None)
    assert not hub.full("mina")


async def test_a_page_that_is_too_slow_starts_over() -> None:
    hub = Hub()
    with hub.listen("mina") as ear:
        for number in range(1000):
            hub.tell("mina", str(number).encode())
        assert ear.missed
        ear.start_over()
        hub.tell("mina", b"next")
        assert await ear.next(1) == b"next"
        assert await ear.next(0.01) == b""


async def test_stopping_lets_all_pages_go(tmp_path: Path) -> None:
    took = []
    for _ in range(3):  # a busy machine may be slow now and then
        took.append(await time_to_stop(settings_in(tmp_path)))
        if took[-1] < 2.5:
            break
    assert min(took) < 2.5  # less than the time that hanging requests get


async def time_to_stop(settings: Settings) -> float:
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        serving = running(settings, ServingReader().open)
        person = Person(session, await serving.__aenter__())
        await person.log()
        async with listening(person):
            since = time.monotonic()
            await serving.__aexit__(None, None, None)
            return time.monotonic() - since


async def test_a_mark_reads_the_photo_again(person: Person, reader: ServingReader) -> None:
    read = await person.photo(PHOTO)
    corners = [[0.1, 0.2], [0.9, 0.2], [0.9, 0.5], [0.1, 0.5]]
    payload = {"id": fresh_id(), "interaction": read.last["interaction"], "corners": corners}
    again = await person.json("/chat/mark", payload)
    assert again.last["code"] == "DD1391-100"
    assert reader.marks == [tuple(map(tuple, corners))]
    twice = await person.json("/chat/mark", payload)
    assert twice.last == again.last
    assert len(reader.marks) == 1


async def test_nobody_marks_another_persons_photo(
    newcomer: Newcomer, reader: ServingReader
) -> None:
    mine, other = await newcomer(), await newcomer()
    read = await mine.photo(PHOTO)
    corners = [[0, 0], [1, 0], [1, 1], [0, 1]]
    payload = {"id": fresh_id(), "interaction": read.last["interaction"], "corners": corners}
    answer = await other.json("/chat/mark", payload)
    assert answer.status == 200
    assert reader.marks == []
    assert answer.bot == []


async def test_senseless_marks_are_refused(person: Person, reader: ServingReader) -> None:
    read = await person.photo(PHOTO)
    good = {"interaction": read.last["interaction"], "corners": [[0, 0], [1, 0], [1, 1], [0, 1]]}
    bad = [
        {**good, "corners": [[0, 0], [1, 1], [1, 0], [0, 1]]},
        {**good, "corners": [[0, 0], [float("nan"), 0], [1, 1], [0, 1]]},
        {**good, "corners": None},
        {**good, "interaction": 0},
        {**good, "interaction": 2**70},
        {**good, "interaction": "1"},
    ]
    for fields in bad:
        answer = await person.json("/chat/mark", {"id": fresh_id(), **fields})
        assert (answer.status, answer.refusal["error"]) == (400, "bad_mark")
    assert reader.marks == []
