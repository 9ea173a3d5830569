"""`/metrics` of the whole application, and the table that `python -m lookup status` makes of it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from benchmarks.stand_ins.elevenst import ELEVENST_KEY, FakeElevenStreet
from bot.app import running
from lookup import status
from tests.fakes.ports import free_port
from tests.fakes.reader import tag_jpeg
from tests.fakes.serving import ServingReader, settings_in
from tests.web.client import Person


def values(text: str) -> dict[tuple[str, ...], float]:
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def scraped(url: str) -> str:
    async with aiohttp.ClientSession() as session, session.get(f"{url}/metrics") as got:
        assert got.status == 200
        assert got.content_type == "text/plain"
        return await got.text()


async def test_sources_and_photos(tmp_path: Path) -> None:
    async with FakeElevenStreet() as shop:
        settings = settings_in(
            tmp_path, elevenst_key=ELEVENST_KEY, elevenst_url=shop.url, elevenst_calls_a_day=9
        )
        async with running(settings, ServingReader().open) as url:
            before = values(await scraped(url))
            assert before["pumbeon_photos_waiting",] == 0
            assert before["pumbeon_price_calls_left", "elevenst"] == 9
            assert before["pumbeon_price_state", "11번가", "elevenst", "ok"] == 0
            await _ask(url, "DD1391-100")
            text = await scraped(url)
            after = values(text)
            assert after["pumbeon_price_calls_left", "elevenst"] == 8
            assert after["pumbeon_price_answers_total", "elevenst", "ok"] == 1
            assert after["pumbeon_price_state", "11번가", "elevenst", "ok"] == 1
            assert after["pumbeon_photos_total", "code"] == 1
            assert after["pumbeon_photo_seconds_count",] == 1
            assert "DD1391" not in text
            assert ELEVENST_KEY not in text
            shown = await asyncio.to_thread(status.fetch, url)
    lines = status.table(status.read(shown)).splitlines()
    assert lines[0].startswith("source ")
    assert [line.split()[:2] for line in lines[1:]] == [["elevenst", "ok"], ["catalogue", "empty"]]
    assert " 1      8     ok 1" in lines[1]


async def _ask(url: str, text: str) -> None:
    jar = aiohttp.CookieJar(unsafe=True)  # 127.0.0.1 is an address, not a name
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        person = Person(session, url)
        await person.log()  # the cookie
        assert (await person.text(text)).status == 200
        assert (await person.photo(tag_jpeg())).status == 200


@pytest.mark.parametrize("text", ["", "<html>", "pumbeon_photos_waiting 0\n", 'a{b="c} 1\n'])
def test_what_is_no_metrics_of_ours(text: str) -> None:
    with pytest.raises(status.NoMetrics):
        status.read(text)


def test_no_bot_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert status.main(["--server", f"http://127.0.0.1:{free_port()}"]) == 2
    for server in ("ftp://x", "http://[::1"):
        assert status.main(["--server", server]) == 2
    assert "no answer" in capsys.readouterr().err


@pytest.mark.parametrize("value", ["NaN", "1e300", "-1e300", "+Inf"])
def test_values_of_another_world_are_no_crash(value: str) -> None:
    rows = status.read(
        'pumbeon_price_state{source="a",name="A",state="ok"} 1\n'
        f'pumbeon_price_asked_timestamp_seconds{{source="a"}} {value}\n'
        f'pumbeon_price_answers_total{{source="a",state="ok"}} {value}\n'
    )
    assert status.table(rows).splitlines()[1].split()[:3] == ["a", "ok", "-"]
