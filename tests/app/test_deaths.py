"""A photo that kills the process takes no other one down; others take over what a dead one held."""

from __future__ import annotations

import asyncio
import random
from contextlib import AsyncExitStack
from pathlib import Path

from benchmarks.stand_ins.telegram.people import Person as Chatter
from benchmarks.stand_ins.telegram.server import TOKEN, TelegramServer
from benchmarks.storm.messages import SORRY
from benchmarks.storm.web import WebShopper
from bot.talk.suspects import Alone, Deaths
from tests.fakes.app_process import application
from tests.fakes.database import tables_in
from tests.fakes.deadly import DEADLY, undying
from tests.fakes.ports import free_port
from tests.fakes.reader import tag_jpeg
from tests.waiting import until

PHOTO = tag_jpeg()
BAD = PHOTO + DEADLY


def settings_of(folder: Path, **more: object) -> dict[str, object]:
    return {
        "database_url": f"sqlite+aiosqlite:///{tables_in(folder / 'p.db')}",
        "photo_dir": str(folder / "photos"),
        **more,
    }


async def test_only_the_photo_that_kills_is_given_up_in_the_web_chat(tmp_path: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    async with AsyncExitStack() as stack:
        deaths = await stack.enter_async_context(undying(settings_of(tmp_path, web_port=port)))
        people = [WebShopper([url], random.Random(number)) for number in range(7)]
        for person in people:
            stack.push_async_callback(person.close)
            await person.open()
        photos = [BAD, *[PHOTO] * 6]
        pairs = zip(people, photos, strict=True)
        sent = await asyncio.gather(*(person.photo(photo) for person, photo in pairs))
        for person in people:
            await person.look()
        assert [message.sorry for message in sent] == [True, *[False] * 6]
        assert all(message.answers == 1 and not message.trouble for message in sent)
        assert 2 <= len(deaths) <= 5


async def test_only_the_photo_that_kills_is_given_up_in_telegram(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        settings = settings_of(
            tmp_path,
            web_port=0,
            telegram_bot_token=TOKEN,
            telegram_api_url=server.api_url,
            telegram_file_url=server.file_url,
        )
        async with undying(settings) as deaths:
            people = [Chatter(server, 2000 + number) for number in range(7)]
            for number, person in enumerate(people):
                await person.send_photo(PHOTO if number else BAD)
            for person in people[1:]:
                await person.answered()
            await people[0].until(lambda seen: any(message.text in SORRY for message in seen))
            await asyncio.sleep(0.3)
            assert [len(person.sees()) for person in people] == [1] * 7
            assert 2 <= len(deaths) <= 5


async def test_turns_of_a_killed_process_are_answered_by_another(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, web_port=0)
    async with (
        application(settings, stuck=True) as (url, process),
        application(settings) as (other, _),
    ):
        addresses = [url]
        person = WebShopper(addresses, random.Random(1))
        await person.open()
        sending = asyncio.create_task(person.photo(PHOTO))

        async def taken() -> bool:
            return any('"photo"' in entry for entry in await person.look())

        await until(taken)
        process.kill()
        addresses[:] = [other]
        assert (await sending).answered
        await person.look()
        assert [message.answers for message in person.messages] == [1]
        await person.close()


async def test_a_suspect_is_read_with_no_other_beside_it() -> None:
    room, log, go = Alone(), list[str](), asyncio.Event()

    async def read(name: str, *, alone: bool = False) -> None:
        async def noted() -> None:
            log.append(f"{name} noted")

        async with room.room(noted if alone else None):
            log.append(f"{name} in")
            await go.wait()
            log.append(f"{name} out")

    tasks = [asyncio.create_task(read("a")), asyncio.create_task(read("b"))]
    await asyncio.sleep(0)
    tasks += [asyncio.create_task(read("s", alone=True)), asyncio.create_task(read("c"))]
    await asyncio.sleep(0.01)
    assert log == ["a in", "b in"]
    go.set()
    await asyncio.gather(*tasks)
    assert log[:4] == ["a in", "b in", "a out", "b out"]
    assert log[4:] == ["s noted", "s in", "s out", "c in", "c out"]


async def test_what_a_process_survived_is_no_death() -> None:
    deaths = Deaths()

    async def kept() -> None:
        pass

    assert deaths.begin("x", 1) == 0
    assert deaths.begin("x", 2) == 0  # again after the database was away
    assert deaths.suspect("x", 0, kept) is None
    late = Deaths()
    died = late.begin("x", 3)
    assert died == 2
    suspect = late.suspect("x", died, kept)
    assert suspect is not None
    await suspect()
    assert not late.is_to_blame("x", died, 2)  # one of the two is its own
    assert late.is_to_blame("x", died, 3)
    assert Deaths().is_to_blame("x", 20, 0)
