"""SIGTERM in the middle of everything: the process ends in time, and nothing is lost."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import aiohttp

from benchmarks.stand_ins.kakao.platform import SECRET, KakaoPlatform, Talker
from benchmarks.stand_ins.telegram.people import Person as Chatter
from benchmarks.stand_ins.telegram.server import TOKEN, TelegramServer
from bot.app import running
from bot.channels.kakao.channel import SKILL_PATH
from bot.running.ending import Ending
from tests.fakes.app_process import application
from tests.fakes.ports import free_port
from tests.fakes.reader import tag_jpeg
from tests.fakes.serving import ServingReader, settings_in
from tests.strangers.processes import given
from tests.strangers.sockets import head, line
from tests.waiting import PATIENCE_S, until
from tests.web.client import Person

PHOTO = tag_jpeg()
CODE = "DD1391-100"
MOST_S = 10.0  # after which Docker kills a container


@asynccontextmanager
async def guest(url: str) -> AsyncIterator[Person]:
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        person = Person(session, url)
        await person.log()
        yield person


async def entries(person: Person, author: str) -> list[dict[str, Any]]:
    return [each for each in (await person.log())["entries"] if each["author"] == author]


async def test_an_end_under_load_is_quick_and_loses_nothing(tmp_path: Path) -> None:
    async with TelegramServer() as telegram, KakaoPlatform() as kakao:
        url = f"http://127.0.0.1:{(port := free_port())}"
        settings = given(
            tmp_path,
            web_port=port,
            telegram_bot_token=TOKEN,
            telegram_api_url=telegram.api_url,
            telegram_file_url=telegram.file_url,
            kakao_skill_secret=SECRET,
            kakao_image_hosts="127.0.0.1",
            kakao_deadline_s=0.5,
        )
        minji, yuna = Talker(kakao, url + SKILL_PATH), Chatter(telegram, 2001)
        async with guest_of(settings) as (person, process):
            sending = asyncio.create_task(person.photo(PHOTO))
            reading = await minji.send(PHOTO)
            await yuna.send_photo(PHOTO)
            await yuna.until(bool)  # "reading…"
            await until(lambda: entries(person, "person"))
            async with line(url) as slow, person.session.get(f"{url}/chat/live") as page:
                await slow.say(
                    head("/chat/photo", "POST", X_Message_Id="slow-0001", Content_Length=1000) + "x"
                )
                assert page.status == 200
                process.terminate()
                since = monotonic()
                async with asyncio.timeout(PATIENCE_S):
                    assert await process.wait() == 0
                took_s = monotonic() - since
            await asyncio.gather(sending, return_exceptions=True)
            assert took_s < MOST_S
            async with application(settings):
                await until(lambda: entries(person, "bot"))
                await yuna.answered()

                async def told() -> bool:
                    return CODE in (await minji.press(reading, "결과 보기")).text

                await until(told)
                answers = await entries(person, "bot")
        assert [each["code"] for each in answers] == [CODE]
        assert len([message for message in yuna.sees() if message.photo]) == 1


@asynccontextmanager
async def guest_of(
    settings: dict[str, object],
) -> AsyncIterator[tuple[Person, asyncio.subprocess.Process]]:
    """Somebody at a bot whose reader never ends, and its process."""
    async with application(settings, computing=True) as (url, process), guest(url) as person:
        yield person, process


async def test_at_the_end_nothing_new_is_taken(tmp_path: Path) -> None:
    reader = ServingReader()
    reader.may_read.clear()
    bot = running(settings_in(tmp_path), reader.open)
    url = await bot.__aenter__()
    async with guest(url) as person, line(url) as one:
        sending = asyncio.create_task(person.photo(PHOTO))
        async with asyncio.timeout(PATIENCE_S):
            await reader.asked.wait()
        ending = asyncio.create_task(bot.__aexit__(None, None, None))
        body = json.dumps({"id": "message-1", "text": "no code"})
        asked = head(
            "/chat/text",
            "POST",
            Content_Type="application/json",
            Content_Length=len(body),
            Connection="close",
        )
        await until(lambda: refused(url))
        await one.say(head("/ready") + asked + body)
        assert await one.status() == 503
        rest = (await one.reading.read()).decode()
        assert '"started": false' in rest
        assert "Nothing can be kept right now" in rest
        reader.may_read.set()
        assert (await sending).last["code"] == CODE
        await ending


async def refused(url: str) -> bool:
    try:
        async with line(url):
            return False
    except ConnectionError:
        return True


async def test_what_does_not_end_is_cut_off_and_the_rest_still_ends() -> None:
    ended: list[str] = []

    async def quick() -> None:
        await asyncio.sleep(0)
        ended.append("quick")

    async def never() -> None:
        await asyncio.Event().wait()

    since = monotonic()
    async with Ending(total_s=0.3) as ending:
        ending.then("first", quick, 1.0)
        for _ in range(3):
            ending.then("never", never, PATIENCE_S)
        ending.then("last", quick, 1.0)
    assert ended == ["quick", "quick"]
    assert monotonic() - since < PATIENCE_S / 2
