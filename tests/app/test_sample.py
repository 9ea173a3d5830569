"""The price list that the program brings along: there while nothing else is, counted nowhere."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiohttp
import pytest

from bot.app import running
from bot.program.main import main
from storage.store import Store
from storage.types import Who
from tests.fakes.reader import reading
from tests.fakes.serving import ServingReader, settings_in
from tests.web.client import Person

CODE = "DD1391-100"
OWN = "code,name,price\nFU9006,러너,99000\n"


async def told(folder: Path, code: str = CODE, **settings: object) -> str:
    """What a bot over this folder answers to a code."""
    reader = ServingReader(reading(CODE, confidence=0.99))
    async with (
        running(settings_in(folder, **settings), reader.open) as url,
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session,
    ):
        person = Person(session, url)
        await person.log()
        return str((await person.text(code)).last["text"])


async def own_list(folder: Path) -> None:
    settings = settings_in(folder)
    store = await Store.open(settings.database_url, settings.photos_in)
    await store.catalogue.import_list(OWN)
    await store.close()


async def test_a_newcomer_sees_an_example_that_says_so(tmp_path: Path) -> None:
    text = await told(tmp_path)
    assert "[SAMPLE]" in text
    assert "no real prices" in text
    assert "Lowest" not in text
    settings = settings_in(tmp_path)
    store = await Store.open(settings.database_url, settings.photos_in)
    try:
        (row,) = await store.interactions.rows_before(await person_of(store), None, 5)
        assert row.price_won is None
        past = await store.interactions.past_of(row.who, CODE)
        assert past is not None
        assert (past.lowest, past.first_price) == (None, None)
        seen = await store.prices_seen.of({"DD1391100"}, row.created_at.date())
        assert seen == ()
        assert await store.catalogue.known([CODE]) == frozenset()
    finally:
        await store.close()


async def person_of(store: Store) -> Who:
    row = await store.interactions.get(1)
    assert row is not None
    return row.who


@pytest.mark.parametrize(
    "key",
    [
        {"elevenst_key": "k" * 32, "elevenst_url": "http://127.0.0.1:1"},
        {"serpapi_key": "k" * 64, "serpapi_url": "http://127.0.0.1:1"},
    ],
)
async def test_it_goes_with_the_first_key(tmp_path: Path, key: dict[str, str]) -> None:
    assert "[SAMPLE]" in await told(tmp_path)
    assert "SAMPLE" not in await told(tmp_path, **key)
    settings = settings_in(tmp_path)
    store = await Store.open(settings.database_url, settings.photos_in)
    assert await store.catalogue.is_empty()
    await store.close()
    assert "[SAMPLE]" in await told(tmp_path)  # neither a key nor a row any more


async def test_it_goes_with_the_first_own_list_while_the_bot_runs(tmp_path: Path) -> None:
    assert "[SAMPLE]" in await told(tmp_path)
    await own_list(tmp_path)
    assert "SAMPLE" not in await told(tmp_path)
    assert "99,000" in await told(tmp_path, "FU9006")


async def test_a_database_of_before_is_tidied_at_the_start(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    store = await Store.open(settings.database_url, settings.photos_in)
    await store.catalogue.import_list(OWN)
    await store.catalogue.import_list("code,name,price\nDD1391-100,[SAMPLE] shoe,118900\n")
    await store.close()
    assert "SAMPLE" not in await told(tmp_path)


async def test_the_command_shows_it_without_a_lowest_price(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    await told(tmp_path)
    monkeypatch.setenv("DATABASE_URL", settings_in(tmp_path).database_url)
    assert await asyncio.to_thread(main, ["price", CODE]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[0] == CODE
    assert "[sample]" in out
    monkeypatch.setenv("ELEVENST_KEY", "k" * 32)
    monkeypatch.setenv("ELEVENST_URL", "http://127.0.0.1:1")
    assert await asyncio.to_thread(main, ["price", CODE]) == 0
    assert "SAMPLE" not in capsys.readouterr().out
