"""The person marks where the code stands: read again, kept, answered like a photo."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.talk.photo.marking import MOST_CANDIDATES_KEPT
from bot.talk.types import MarkSent
from recognizer.errors import MarkTooSmall, PhotoError, ReaderBusy
from recognizer.types import Quad
from storage.store import Store
from storage.types import Status
from tests.bot.room import ANN, MINSU, Room
from tests.fakes.reader import reading

CORNERS: Quad = ((0.1, 0.2), (0.9, 0.2), (0.9, 0.4), (0.1, 0.4))


async def marked(room: Room, *codes: str, key: str = "", confidence: float = 0.95) -> str:
    """What the person is told once these codes were read in the part marked on row 1."""
    room.reader.marked = reading(*codes, confidence=confidence)
    return (await room.handle(ANN, MarkSent(key or room.key(), 1, CORNERS))).text


async def test_the_part_is_read_from_the_stored_photo(room: Room) -> None:
    room.reader.default = reading()
    await room.photo()
    stored = room.photos.files[room.row.photo or ""]
    replies = await room.handle(ANN, MarkSent("m", 1, CORNERS))
    assert replies.worked == 1
    assert (room.reader.reads[-1], room.reader.marks) == (stored, [CORNERS])


async def test_a_code_found_there_is_answered_like_a_photos(room: Room) -> None:
    room.reader.default = reading()
    none = await room.photo()
    assert [choice.mark for choice in none.choices()] == [False, False, True]
    room.reader.marked = reading("FU9006", "FU9008")
    replies = await room.handle(ANN, MarkSent("m", 1, CORNERS))
    assert replies.last.code == "FU9006"
    assert replies.last.image is not None
    assert [c.data for c in replies.choices()][:2] == ["confirm:1", "pick:1:1"]
    assert (room.row.status, room.row.taps) == (Status.READ, 1)
    await room.press("confirm:1")
    assert (room.row.status, room.row.code, room.row.taps) == (Status.CONFIRMED, "FU9006", 2)


async def test_the_same_mark_twice_is_read_once(room: Room) -> None:
    room.reader.default = reading()
    await room.photo()
    first = await marked(room, "FU9006", key="m")
    row = room.row
    room.restart()
    assert await marked(room, "FU9008", key="m") == first
    assert (room.row, len(room.reader.marks)) == (row, 1)


async def test_buttons_of_the_first_reading_mean_what_they_meant(room: Room) -> None:
    photo = await room.photo()
    room.reader.marked = reading("FU9006", "FU9008")
    again = await room.handle(ANN, MarkSent("m", 1, CORNERS))
    assert [c.data for c in again.choices()][:2] == ["pick:1:3", "pick:1:4"]
    assert [c.label for c in again.choices()][:2] == ["✓ That’s right", "FU9008"]
    await room.press(photo.data("pick"))
    assert (room.row.status, room.row.code) == (Status.PICKED, "DD1391-108")
    await room.press(photo.data("confirm"))
    assert (room.row.status, room.row.code) == (Status.CONFIRMED, "DD1391-100")
    await room.press("pick:1:3")
    assert (room.row.status, room.row.code) == (Status.CONFIRMED, "FU9006")


async def test_a_correction_begins_with_the_new_reading(room: Room) -> None:
    await room.photo()
    await marked(room, "FU9006")
    editor = await room.press("edit:1")
    assert editor.last.code == "FU9006"


async def test_what_was_said_before_no_longer_stands_once_a_code_is_found(room: Room) -> None:
    await room.photo()
    await room.press("confirm:1")
    await marked(room)
    assert (room.row.status, room.row.code) == (Status.CONFIRMED, "DD1391-100")
    await marked(room, "FU9006")
    row = room.row
    assert (row.status, row.code, row.price_won) == (Status.READ, None, None)


async def test_prices_come_along_where_the_part_is_sure(room: Room) -> None:
    room.manners(sure_confidence=0.9)
    room.prices.set_prices("FU9006", 99_000)
    await room.photo()
    told = await marked(room, "FU9006", key="m")
    assert "₩99,000" in told
    assert room.row.auto_code == "FU9006"
    assert "₩99,000" in await marked(room, "FU9006", key="m")


async def test_nothing_found_there_says_so(room: Room) -> None:
    await room.photo()
    assert "found no style code" in await marked(room)
    assert room.row.status is Status.NONE_FOUND
    await room.press("confirm:1")  # what was offered before still works
    assert room.row.code == "DD1391-100"


@pytest.mark.parametrize(
    ("error", "words"),
    [(MarkTooSmall(), "too small"), (ReaderBusy(), "waiting"), (PhotoError(), "JPEG or PNG")],
)
async def test_trouble_with_a_part_leaves_the_row(room: Room, error: Exception, words: str) -> None:
    await room.photo()
    before = room.row
    room.reader.marked = error
    replies = await room.handle(ANN, MarkSent("m", 1, CORNERS))
    assert words in replies.text
    assert room.row == before


async def test_another_persons_photo_is_not_read(room: Room) -> None:
    await room.photo()
    before = room.row
    for number in (1, 2, 0, -1, 2**70):
        replies = await room.handle(MINSU, MarkSent("m", number, CORNERS))
        assert "다른 분" in replies.last.toast
    assert room.row == before
    assert not room.reader.marks


@pytest.mark.parametrize("odd", [float("nan"), -0.1, 1.5, float("inf")])
async def test_corners_that_lie_on_no_photo(room: Room, odd: float) -> None:
    await room.photo()
    before = room.row
    corners: Quad = ((odd, 0.2), *CORNERS[1:])
    replies = await room.handle(ANN, MarkSent("m", 1, corners))
    assert "no longer works" in replies.last.toast
    assert room.row == before
    assert not room.reader.marks


async def test_a_row_without_a_photo_or_with_one_that_is_gone(room: Room) -> None:
    await room.text("FU9006")
    assert "send it again" in await marked(room, "FU9006")
    await room.photo()
    room.photos.files.clear()
    replies = await room.handle(ANN, MarkSent("m", 2, CORNERS))
    assert "send it again" in replies.text
    assert not room.reader.marks


async def test_a_photo_is_not_read_for_ever(room: Room) -> None:
    await room.photo()
    for _ in range(MOST_CANDIDATES_KEPT):
        told = await marked(room, "FU9006", "FU9008")
    assert "many times" in told
    assert len(room.row.candidates) <= MOST_CANDIDATES_KEPT + 2


async def test_over_the_real_tables(room: Room, tmp_path: Path) -> None:
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/p.db", tmp_path / "photos")
    room.use(store.interactions, store.people, store.photos)
    await room.photo()
    first = await marked(room, "FU9006", key="m")
    room.use(store.interactions, store.people, store.photos)
    assert await marked(room, "FU9008", key="m") == first
    row = await store.interactions.get(1)
    assert row is not None
    assert (row.lead, [each.code for each in row.current]) == (3, ["FU9006"])
    assert row.events == ("m",)
    await store.close()
