from __future__ import annotations

from datetime import timedelta

import pytest

from bot.talk.code.typed import _REASONS
from storage.types import Status
from stylecode.errors import Reason
from tests.bot.room import ANN, MINSU, Room
from tests.fakes.reader import reading


async def test_a_typed_code_is_a_row_of_its_own(room: Room) -> None:
    room.prices.set_prices("DD1391-100", 99_000)
    replies = await room.text("dd1391 100")
    assert replies.last.code == "DD1391-100"
    assert "₩99,000" in replies.text
    assert (room.row.status, room.row.code) == (Status.TYPED, "DD1391-100")


async def test_the_same_text_event_twice_makes_one_row(room: Room) -> None:
    await room.text("FU9006", key="k")
    await room.text("FU9006", key="k")
    assert len(room.interactions.rows) == 1


async def test_a_code_typed_after_a_photo_mends_it(room: Room) -> None:
    await room.photo()
    await room.text("FU9006")
    assert len(room.interactions.rows) == 1
    assert (room.row.status, room.row.code) == (Status.EDITED, "FU9006")


async def test_mending_twice_with_the_same_event_changes_once(room: Room) -> None:
    await room.photo()
    await room.text("FU9006", key="k")
    room.restart()
    replies = await room.text("FU9006", key="k")
    assert replies.last.code == "FU9006"
    assert len(room.interactions.rows) == 1


async def test_a_photo_without_a_code_takes_the_typed_one(room: Room) -> None:
    room.reader.default = reading()
    await room.photo()
    await room.text("FU9006")
    assert (room.row.id, room.row.status) == (1, Status.EDITED)


async def test_an_old_photo_does_not(room: Room) -> None:
    await room.photo()
    room.now += timedelta(minutes=11)
    await room.text("FU9006")
    assert [row.status for row in room.interactions.rows.values()] == [Status.READ, Status.TYPED]


async def test_a_photo_that_has_its_code_does_not(room: Room) -> None:
    await room.photo()
    await room.press("confirm:1")
    await room.text("FU9006")
    assert len(room.interactions.rows) == 2


async def test_a_code_under_correction_does_though_it_was_final(room: Room) -> None:
    await room.text("FU9007")
    await room.press("edit:1")
    await room.text("FU9006")
    assert len(room.interactions.rows) == 1
    assert (room.row.status, room.row.code, room.row.draft) == (Status.TYPED, "FU9006", None)


async def test_a_reply_to_a_message_means_its_row(room: Room) -> None:
    await room.photo()
    await room.press("confirm:1")
    await room.photo()
    room.now += timedelta(hours=5)
    await room.text("FU9006", interaction=1)
    rows = room.interactions.rows
    assert (rows[1].status, rows[1].code) == (Status.EDITED, "FU9006")
    assert rows[2].code is None


async def test_a_reply_to_another_persons_message_does_not(room: Room) -> None:
    await room.photo(ANN)
    await room.text("FU9006", who=MINSU, interaction=1)
    rows = room.interactions.rows
    assert rows[1].code is None
    assert (rows[2].who, rows[2].status) == (MINSU, Status.TYPED)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("8801234567890", "barcode"),
        ("A1", "short"),
        ("A1B2C3D4E5F6G7H8I9J0K1L2", "long"),
        ("010-1234-5678", "phone"),
    ],
)
async def test_invalid_codes_get_the_reason(room: Room, text: str, words: str) -> None:
    replies = await room.text(text)
    assert words in replies.text
    assert not room.interactions.rows


@pytest.mark.parametrize("text", ["hello", "안녕하세요", "?", "👟", "", "I have 2 shoes here"])
async def test_talk_gets_short_help(room: Room, text: str) -> None:
    replies = await room.text(text)
    assert replies.text.startswith("Send a photo of a shoe tag, or type")
    assert not room.interactions.rows


def test_every_reason_has_its_sentence() -> None:
    assert set(_REASONS) == set(Reason)
