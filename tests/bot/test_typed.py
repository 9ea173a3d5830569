from __future__ import annotations

from datetime import timedelta
from urllib.parse import unquote

import pytest

from bot.talk.code.uncoded import REASONS
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


NEAR = ["DD1391-108", "dd1391 10B", "DD1391", "DD1397-1OO"]  # the photo was read as DD1391-100


@pytest.mark.parametrize("text", NEAR)
async def test_a_code_near_the_photos_mends_it(room: Room, text: str) -> None:
    await room.photo()
    await room.text(text)
    assert len(room.interactions.rows) == 1
    assert room.row.status in {Status.EDITED, Status.PICKED}


async def test_the_next_shoes_code_is_not_the_photos(room: Room) -> None:
    await room.photo()
    replies = await room.text("FU9006")
    photo, typed = room.interactions.rows.values()
    assert (photo.status, photo.code) == (Status.READ, None)
    assert (typed.status, typed.code, replies.last.code) == (Status.TYPED, "FU9006", "FU9006")


async def test_the_photos_own_code_with_a_size_confirms_it(room: Room) -> None:
    room.reader.default = reading("1171904-BLCK", "1171904-BLGR")
    await room.photo()
    await room.text("1171904-BLCK 255 있나요?")
    assert (room.row.id, room.row.code, room.row.status) == (1, "1171904-BLCK", Status.CONFIRMED)
    await room.photo()
    await room.text("1171904 blgr / 260")
    assert (room.row.id, room.row.code, room.row.status) == (2, "1171904-BLGR", Status.PICKED)


async def test_a_refused_reading_takes_the_code_that_follows(room: Room) -> None:
    await room.photo()
    await room.press("refuse:1")
    await room.text("FU9006")
    assert (room.row.id, room.row.code, room.row.status) == (1, "FU9006", Status.EDITED)


async def test_mending_twice_with_the_same_event_changes_once(room: Room) -> None:
    await room.photo()
    await room.text("DD1391-108", key="k")
    room.restart()
    replies = await room.text("DD1391-108", key="k")
    assert replies.last.code == "DD1391-108"
    assert len(room.interactions.rows) == 1


async def test_a_photo_without_a_code_takes_the_typed_one(room: Room) -> None:
    room.reader.default = reading()
    await room.photo()
    await room.text("FU9006")
    assert (room.row.id, room.row.status) == (1, Status.EDITED)


async def test_later_it_is_another_shoes(room: Room) -> None:
    room.reader.default = reading()
    await room.photo()
    room.now += timedelta(minutes=4)
    await room.text("FU9006")
    assert [row.status for row in room.interactions.rows.values()] == [
        Status.NONE_FOUND,
        Status.TYPED,
    ]


async def test_an_old_photo_does_not(room: Room) -> None:
    await room.photo()
    room.now += timedelta(minutes=11)
    await room.text("DD1391-108")
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


async def test_several_codes_are_offered_each_a_press_away(room: Room) -> None:
    room.prices.set_prices("IE3437", 99_000)
    replies = await room.text("B75806, IE3437 중에 뭐가 싸요? 010-1234-5678")
    assert [choice.label for choice in replies.choices()] == ["B75806", "IE3437"]
    assert "I see 2 style codes" in replies.text
    assert not room.prices.calls
    priced = await room.press(replies.choices()[1].data, key="p")
    again = await room.press(replies.choices()[1].data, key="p")
    assert ("₩99,000" in priced.text, again.last.code) == (True, "IE3437")
    await room.press(replies.choices()[0].data)
    found, total = await room.interactions.codes(ANN, 0, 9)
    assert [each.newest.shown_code for each in found] == ["B75806", "IE3437"]
    assert total == 2
    assert "button" in (await room.press(f"each:{room.row.id}:9")).text


async def test_the_same_list_again_makes_no_other_row(room: Room) -> None:
    first = await room.text("B75806 IE3437", key="k")
    assert (await room.text("B75806 IE3437", key="k")).sent == first.sent
    assert len(room.interactions.rows) == 1


async def test_of_very_many_codes_the_first_are_offered(room: Room) -> None:
    replies = await room.text(" ".join(f"FU90{number:02}" for number in range(23)))
    assert len(replies.choices()) == 20
    assert "other 3" in replies.text


async def test_look_alikes_are_settled_with_what_was_typed_beside(room: Room) -> None:
    room.prices.set_prices("DD1391-100", 99_000)
    replies = await room.text("DD1391-1OO")
    assert replies.last.code == "DD1391-100"
    assert room.prices.calls == ["DD1391-100"]
    assert "If you meant DD1391-1OO" in replies.text
    typed = await room.press(replies.data("pick"))
    assert (typed.last.code, room.row.code, room.row.status) == (
        *["DD1391-1OO"] * 2,
        Status.TYPED,
    )
    back = await room.press(typed.data("pick"))
    assert back.last.code == "DD1391-100"


async def test_only_the_code_goes_to_shops_history_and_links(room: Room) -> None:
    replies = await room.text(
        "김철수 010-1234-5678 DD1391-100 270 12만원에 보내 주세요 서울시 3-12"
    )
    row = str(room.row)
    addresses = " ".join(choice.url for choice in replies.choices())
    assert (room.row.code, room.prices.calls) == ("DD1391-100", ["DD1391-100"])
    for private in ("김철수", "1234-5678", "270", "12만", "서울"):
        assert private not in row + addresses + unquote(addresses) + replies.text


async def test_a_link_without_a_code_is_told_so(room: Room) -> None:
    replies = await room.text("https://shop.example/goods/view?no=20931")
    assert "no style code in this link" in replies.text
    assert not room.interactions.rows


@pytest.mark.parametrize("text", ["나이키 덩크", "나이키 덩크 270 얼마예요? 010-1234-5678"])
async def test_words_without_a_code_get_a_link(room: Room, text: str) -> None:
    replies = await room.text(text)
    (link,) = (choice.url for choice in replies.choices())
    assert "나이키 덩크" in unquote(link)
    assert "1234" not in link
    assert not room.interactions.rows and not room.prices.calls


@pytest.mark.parametrize("text", ["hello", "안녕하세요", "?", "👟", "", "I have 2 shoes here"])
async def test_talk_gets_short_help(room: Room, text: str) -> None:
    replies = await room.text(text)
    assert replies.text.startswith("Send a photo of a shoe tag, or type")
    assert not room.interactions.rows


def test_every_reason_has_its_sentence() -> None:
    assert set(REASONS) == set(Reason)
