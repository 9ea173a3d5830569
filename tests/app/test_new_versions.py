"""The running bot takes the version that is promoted, and keeps its own where it cannot."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
import sqlalchemy as sa

from bot.app import running
from bot.running import new_versions
from bot.running.new_versions import SHIPPED, NewVersions
from bot.settings import Settings
from bot.talk.errors import SettingsError
from recognizer.errors import ModelError
from recognizer.models import WEIGHTS, ModelFiles
from recognizer.store.model_store import ModelStore
from recognizer.store.place import Place
from storage import schema
from storage.database import Database
from tests.app.test_metrics import scraped, values
from tests.fakes.models import SPOILT, s3_service, spoil, unreadable_in, version_in
from tests.fakes.reader import tag_jpeg
from tests.fakes.serving import settings_in
from tests.waiting import until
from tests.web.client import Person

LOOK_S = 0.2


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new_versions, "_FETCHED", tmp_path / "fetched")


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    store = ModelStore(str(tmp_path / "store"))
    for name in ("v1", "v2"):
        store.add(name, version_in(tmp_path / name, f"trba-{name}"), {})
    return store


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR]


async def serving(url: str) -> str:
    rows = values(await scraped(url))
    (version,) = [row[1] for row in rows if row[0] == "pumbeon_model_info"]
    return version


async def taken(url: str, version: str) -> None:
    async def yet() -> bool:
        return await serving(url) == version

    await until(yet)


@asynccontextmanager
async def person_at(url: str) -> AsyncIterator[Person]:
    jar = aiohttp.CookieJar(unsafe=True)  # 127.0.0.1 is an address, not a name
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        person = Person(session, url)
        await person.log()
        yield person


async def readers_kept(settings: Settings) -> list[str]:
    """Which network each photo was read by, as the interactions tell."""
    database = await Database.open(settings.database_url)
    try:
        async with database.read() as connection:
            found = sa.select(schema.interactions.c.models).order_by(schema.interactions.c.id)
            return [str(models["reader"]) for models in await connection.scalars(found)]
    finally:
        await database.close()


async def test_a_bot_takes_what_is_promoted_and_goes_back(
    store: ModelStore, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = settings_in(tmp_path, model_store=str(tmp_path / "store"), model_store_look_s=LOOK_S)
    async with running(settings) as url, person_at(url) as person:
        assert await serving(url) == SHIPPED
        store.promote("v1")
        await taken(url, "v1")
        assert (await person.photo(tag_jpeg())).status == 200
        store.promote("v2")
        await taken(url, "v2")
        assert (await person.photo(tag_jpeg())).status == 200
        store.rollback()
        await taken(url, "v1")
        store.rollback()
        await taken(url, SHIPPED)
    assert errors(caplog) == []
    assert await readers_kept(settings) == ["trba-v1", "trba-v2"]


async def test_a_bot_starts_with_what_is_current_and_keeps_it_where_the_next_is_damaged(
    store: ModelStore, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store.promote("v1")
    spoil(tmp_path / "store" / "versions" / "v2" / SPOILT)
    settings = settings_in(tmp_path, model_store=str(tmp_path / "store"), model_store_look_s=LOOK_S)
    async with running(settings) as url, person_at(url) as person:
        assert await serving(url) == "v1"
        store.promote("v2")
        await until(lambda: errors(caplog))
        assert await serving(url) == "v1"
        assert (await person.photo(tag_jpeg())).status == 200
        store.add("v3", version_in(tmp_path / "v3", "trba-v3"), {})
        store.promote("v3")  # some looks later
        await taken(url, "v3")
    (told,) = errors(caplog)
    assert "version v2 is not taken, version v1 goes on" in told
    assert f"{SPOILT} is damaged" in told


async def test_a_bot_over_a_bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing-secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with s3_service() as service:
        monkeypatch.setenv("AWS_ENDPOINT_URL", service)
        place = "s3://tags/models"
        store = ModelStore(place)
        store.add("v1", version_in(tmp_path / "v1", "trba-v1"), {})
        settings = settings_in(tmp_path, model_store=place, model_store_look_s=LOOK_S)
        async with running(settings) as url:
            assert await serving(url) == SHIPPED
            await asyncio.to_thread(store.promote, "v1")
            await taken(url, "v1")


class Renewing:
    """Takes any files, or fails as it is told to."""

    def __init__(self) -> None:
        self.folders: list[Path] = []
        self.error: ModelError | None = None

    async def renew(self, files: ModelFiles) -> None:
        self.folders.append(files.folder)
        if self.error:
            raise self.error


@pytest.fixture
def looking(store: ModelStore, tmp_path: Path) -> Iterator[NewVersions]:
    yield NewVersions(store, tmp_path / "fetched")


async def test_a_version_that_cannot_be_opened_is_told_once(
    looking: NewVersions, store: ModelStore, caplog: pytest.LogCaptureFixture
) -> None:
    reader = Renewing()
    reader.error = ModelError("no network")
    store.promote("v1")
    for _ in range(3):
        await looking.begin(reader)
    assert (looking.version, len(reader.folders)) == (SHIPPED, 1)
    assert errors(caplog) == [
        "MODEL_STORE: version v1 is not taken, version shipped goes on: no network"
    ]
    reader.error = None
    store.promote("v1")  # said again: tried again
    await looking.look()
    assert looking.version == "v1"
    assert [folder.name for folder in reader.folders] == ["v1", "v1"]
    store.rollback()
    await looking.look()
    assert (looking.version, reader.folders[-1]) == (SHIPPED, WEIGHTS)


async def test_a_store_that_is_away_is_told_once_and_asked_again(
    looking: NewVersions, store: ModelStore, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    reader, place = Renewing(), Place(str(tmp_path / "store"))
    place.write("current.json", b"{")
    for _ in range(3):
        await looking.begin(reader)
    assert (looking.version, reader.folders, len(errors(caplog))) == (SHIPPED, [], 1)
    place.remove("current.json")
    store.promote("v2")
    await looking.look()
    assert looking.version == "v2"
    place.write("current.json", b"{")
    await looking.look()
    assert (looking.version, len(errors(caplog))) == ("v2", 2)


async def test_a_store_that_is_not_mounted_is_no_rollback(
    looking: NewVersions, store: ModelStore, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    reader = Renewing()
    store.promote("v1")
    await looking.begin(reader)
    (tmp_path / "store").rename(tmp_path / "unmounted")
    for _ in range(2):
        await looking.look()
    assert looking.version == "v1"
    assert errors(caplog) == [
        "MODEL_STORE: no version is in the store any more; version v1 goes on"
    ]
    (tmp_path / "unmounted").rename(tmp_path / "store")
    store.rollback()
    await looking.look()
    assert (looking.version, len(reader.folders)) == (SHIPPED, 2)


async def test_networks_that_fail_their_first_picture_leave_the_old_ones(
    store: ModelStore, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store.add("v3", unreadable_in(tmp_path / "v3", "trba-v3"), {})
    store.promote("v3")
    settings = settings_in(tmp_path, model_store=str(tmp_path / "store"), model_store_look_s=LOOK_S)
    async with running(settings) as url, person_at(url) as person:
        assert await serving(url) == SHIPPED
        assert (await person.photo(tag_jpeg())).status == 200
    (told,) = errors(caplog)
    assert "version v3 is not taken, version shipped goes on" in told


async def test_a_store_that_is_away_at_the_start_is_no_reason_not_to_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing-secret")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    settings = settings_in(tmp_path, model_store="s3://tags/models")
    async with running(settings) as url:
        assert await serving(url) == SHIPPED
    (told,) = errors(caplog)
    assert told.startswith("MODEL_STORE: cannot read from s3://tags/models")


def test_an_address_of_nothing_known_is_a_wrong_setting() -> None:
    with pytest.raises(SettingsError, match="MODEL_STORE: cannot use nothing://x"):
        NewVersions.of("nothing://x")
