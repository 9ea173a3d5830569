"""A slow shop on the web: the answer comes without it, and is edited when it has answered."""

from __future__ import annotations

from pathlib import Path

import aiohttp

from benchmarks.stand_ins.elevenst import ELEVENST_KEY, FakeElevenStreet
from bot.app import running
from tests.fakes.serving import ServingReader, settings_in
from tests.waiting import until
from tests.web.client import Person


async def test_the_web_chat_shows_late_prices_in_the_same_entry(tmp_path: Path) -> None:
    async with FakeElevenStreet() as shop:
        shop.plan.append("slow")
        settings = settings_in(
            tmp_path,
            elevenst_key=ELEVENST_KEY,
            elevenst_url=shop.url,
            price_deadline_s=0.5,
            price_total_s=60,
        )
        jar = aiohttp.CookieJar(unsafe=True)  # 127.0.0.1 is an address, not a name
        async with (
            running(settings, ServingReader().open) as url,
            aiohttp.ClientSession(cookie_jar=jar) as session,
        ):
            person = Person(session, url)
            await person.log()  # the cookie
            answer = await person.text("DD1391-100")
            (first,) = (entry for entry in answer.bot if "DD1391-100" in entry["text"])
            assert "11Street: took too long" in first["text"]
            # The next event does not wait for what is late.
            assert (await person.text("hello")).bot
            assert await _text_of(person, first["id"]) == first["text"]
            shop.go_on.set()

            async def changed() -> object:
                return await _text_of(person, first["id"]) != first["text"]

            await until(changed)
            text = await _text_of(person, first["id"])
    assert "(11Street, " in text
    assert "took too long" not in text


async def _text_of(person: Person, entry: int) -> str:
    log = (await person.log())["entries"]
    return next(str(each["text"]) for each in log if each["id"] == entry)
