"""How many photos one person may send."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from recognizer.errors import NotAPicture
from storage.store import Store
from tests.bot.room import ANN, MINSU, Room


async def test_one_photo_too_many_in_a_minute(room: Room) -> None:
    room.manners(photos_per_minute=2)
    await room.photo()
    await room.photo()
    replies = await room.photo()
    assert "2 photos a minute" in replies.text
    assert (len(room.interactions.rows), len(room.reader.reads)) == (2, 2)
    assert (await room.photo(MINSU)).last.code  # others are not held up
    room.now += timedelta(seconds=61)
    assert (await room.photo()).last.code


async def test_one_photo_too_many_on_a_day_of_korea(room: Room) -> None:
    room.manners(photos_per_day=2)
    await room.photo()
    room.now += timedelta(hours=3)
    await room.photo()
    replies = await room.photo()
    assert "2 a day" in replies.text
    room.now += timedelta(hours=9)  # noon in Seoul, then three and nine hours later
    assert (await room.photo()).last.code


async def test_a_photo_that_was_let_in_is_answered_again(room: Room) -> None:
    room.manners(photos_per_minute=1)
    first = await room.photo(key="k")
    again = await room.photo(key="k")
    assert again.sent == first.sent


async def test_being_refused_puts_nothing_off(room: Room) -> None:
    room.manners(photos_per_minute=1)
    await room.photo()
    for _ in range(5):
        await room.photo()
    room.now += timedelta(seconds=56)
    assert (await room.photo()).last.code


async def test_photos_that_could_not_be_read_count_and_typed_codes_do_not(room: Room) -> None:
    room.manners(photos_per_minute=1)
    await room.text("FU9006")
    room.reader.default = NotAPicture()
    assert "JPEG" in (await room.photo()).text
    assert "a minute" in (await room.photo()).text
    assert (await room.text("FU9007")).last.code == "FU9007"


async def test_no_limit_by_default(room: Room) -> None:
    for _ in range(60):
        assert (await room.photo()).last.code


@pytest.mark.parametrize("processes", [1, 2])
async def test_it_holds_over_restarts_and_processes(
    room: Room, tmp_path: Path, processes: int
) -> None:
    room.manners(photos_per_minute=3)
    url = f"sqlite+aiosqlite:///{tmp_path}/p.db"
    stores = [await Store.open(url, tmp_path / "photos") for _ in range(processes)]
    told = []
    for number in range(5):
        store = stores[number % processes]
        room.use(store.interactions, store.people, store.photos)
        told.append("a minute" in (await room.photo(ANN)).text)
    assert told == [False, False, False, True, True]
    for store in stores:
        await store.close()
