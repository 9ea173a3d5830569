"""A code that was written with a photo."""

from __future__ import annotations

import pytest

from bot.talk.photo.captions import with_caption
from bot.talk.types import PhotoSent
from recognizer.errors import NotAPicture
from storage.types import Status, StoredCandidate
from tests.bot.room import ANN, PHOTO, Room
from tests.fakes.reader import reading
from tests.fakes.replies import RecordingReplies


async def sent(room: Room, caption: str, key: str = "") -> RecordingReplies:
    async def fetch() -> bytes:
        return PHOTO

    return await room.handle(ANN, PhotoSent(key or room.key(), fetch, caption))


def codes(replies: RecordingReplies) -> list[str]:
    return [choice.label for choice in replies.choices() if choice.data.startswith("pick")]


async def test_it_comes_first_where_the_photo_shows_none(room: Room) -> None:
    room.reader.default = reading()
    replies = await sent(room, "나이키 DD1391-103 270 얼마예요? 010-1234-5678")
    assert replies.last.code == "DD1391-103"
    assert "you wrote this one" in replies.text
    assert "1234" not in str(room.row)
    await room.press(replies.data("confirm"))
    assert (room.row.code, room.row.status) == ("DD1391-103", Status.EDITED)  # none was read


async def test_it_stands_beside_another_that_was_read(room: Room) -> None:
    room.manners(sure_confidence=0.9)
    room.prices.set_prices("DD1391-100", 99_000)
    room.reader.default = reading("DD1391-100", confidence=0.97)
    replies = await sent(room, "FU9006")
    assert (replies.last.code, codes(replies)) == ("DD1391-100", ["FU9006"])
    assert not room.prices.calls  # which of both is meant is open
    await room.press(replies.data("pick"))
    assert (room.row.code, room.row.status) == ("FU9006", Status.EDITED)


async def test_what_both_say_comes_first(room: Room) -> None:
    room.reader.default = reading("DD1391-100", "DD1391-108", confidence=0.6)
    replies = await sent(room, "DD1391-108")
    assert (replies.last.code, codes(replies)) == ("DD1391-108", ["DD1391-100"])
    assert "same code as you wrote" in replies.text
    await room.press(replies.data("confirm"))
    assert (room.row.code, room.row.status) == ("DD1391-108", Status.CONFIRMED)


async def test_a_photo_that_cannot_be_read_leaves_its_code(room: Room) -> None:
    room.reader.default = NotAPicture()
    replies = await sent(room, "DD1391-103", key="k")
    assert codes(replies) == ["DD1391-103"]
    assert (await sent(room, "DD1391-103", key="k")).sent == replies.sent
    priced = await room.press(replies.data("pick"))
    assert (priced.last.code, room.row.status) == ("DD1391-103", Status.TYPED)


async def test_words_alone_change_nothing(room: Room) -> None:
    plain = await room.photo()
    assert (await sent(room, "예뻐요! 12만원 2026-11-20")).text == plain.text


READ = tuple(StoredCandidate(code, 0.5) for code in ("A1234-1", "A1234-2"))


@pytest.mark.parametrize(
    ("caption", "order"),
    [
        ("", "A1234-1 A1234-2"),
        ("FU9006", "A1234-1 FU9006 A1234-2"),
        ("FU9006 GW2871 IE3437 B75806", "A1234-1 FU9006 GW2871 IE3437 A1234-2"),
    ],
)
def test_the_order_of_candidates(caption: str, order: str) -> None:
    assert [each.code for each in with_caption(READ, caption)] == order.split()
