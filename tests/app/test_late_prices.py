"""A slow shop on the web: the answer comes without it, and is edited when it has answered."""

from __future__ import annotations

from pathlib import Path

import aiohttp

from bot.app import running
from tests.fakes.elevenst import API_KEY, FakeElevenStreet
from tests.fakes.serving import ServingReader, settings_in
from tests.web.client import Person


async def test_the_web_chat_shows_late_prices_in_the_same_entry(tmp_path: Path) -> None:
    async with FakeElevenStreet() as shop:
        shop.plan.append("slow")
        shop.slow_s = 1.5
        settings = settings_in(
            tmp_path,
            elevenst_key=API_KEY,
            elevenst_url=shop.url,
            price_deadline_s=0.5,
            price_total_s=30,
        )
        jar = aiohttp.CookieJar(unsafe=True)  # 127.0.0.1 is an address, not a name
        async with (
            running(settings, ServingReader().open) as url,
            aiohttp.ClientSession(cookie_jar=jar) as session,
        ):
            person = Person(session, url)
            await person.log()  # the cookie
            answer = await person.text("DD1391-100")
            first, second = (entry for entry in answer.bot if "DD1391-100" in entry["text"])
            log = (await person.log())["entries"]
    assert "11Street: took too long" in first["text"]
    assert "(11Street, " in second["text"]
    assert "took too long" not in second["text"]
    assert first["id"] == second["id"]
    assert [entry["text"] for entry in log if entry["id"] == first["id"]] == [second["text"]]
