from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.talk.types import Pressed
from storage.types import Status
from tests.bot.room import ANN, MINSU, Room
from tests.fakes.reader import reading


async def test_confirm_makes_the_first_candidate_final(room: Room) -> None:
    room.prices.set_prices("DD1391-100", 139_000, 129_000)
    photo = await room.photo()
    replies = await room.press(photo.data("confirm"))
    assert replies.last.code == "DD1391-100"
    assert "₩129,000" in replies.text
    assert (room.row.status, room.row.code) == (Status.CONFIRMED, "DD1391-100")
    assert room.row.price_won == 129_000
    assert len(room.interactions.kept_quotes[1]) == 1
    assert "price" in room.row.timings_ms


async def test_pick_makes_another_candidate_final(room: Room) -> None:
    await room.photo()
    await room.press("pick:1:2")
    assert (room.row.status, room.row.code) == (Status.PICKED, "DD1397-100")


async def test_pick_of_the_first_is_a_confirmation(room: Room) -> None:
    await room.photo()
    await room.press("pick:1:0")
    assert room.row.status is Status.CONFIRMED


async def test_refuse_offers_the_others_and_typing(room: Room) -> None:
    await room.photo()
    replies = await room.press("refuse:1")
    assert "type the code" in replies.text
    assert [c.data for c in replies.choices()] == ["pick:1:1", "pick:1:2", "edit:1", ""]
    assert replies.choices()[-1].mark
    assert (room.row.status, room.row.code) == (Status.REFUSED, None)


async def test_old_buttons_work_after_later_states(room: Room) -> None:
    photo = await room.photo()
    await room.press("refuse:1")
    room.restart()
    replies = await room.press(photo.data("confirm"))
    assert replies.last.code == "DD1391-100"
    assert room.row.status is Status.CONFIRMED
    await room.press("pick:1:1")
    assert (room.row.status, room.row.code) == (Status.PICKED, "DD1391-108")
    await room.press("refuse:1")
    assert (room.row.status, room.row.code, room.row.price_won) == (Status.REFUSED, None, None)


async def test_the_same_press_twice_changes_once(room: Room) -> None:
    await room.photo()
    first = await room.press("confirm:1", key="k")
    row = room.row
    room.now += timedelta(minutes=1)
    again = await room.press("confirm:1", key="k")
    assert [r.text for r in again.sent] == [r.text for r in first.sent]
    assert room.row.updated_at == row.updated_at


async def test_a_new_code_forgets_the_old_ones_price(room: Room) -> None:
    room.prices.set_prices("DD1391-100", 129_000)
    await room.photo()
    await room.press("confirm:1")
    await room.press("pick:1:1")
    assert room.row.price_won is None


@pytest.mark.parametrize(
    "data",
    ["confirm:1", "pick:1:1", "edit:1", "refuse:1", "price:1", "open:1", "done:1", "cancel:1",
     "char:1:0", "row:1", "all:1:0", "ins:1:0", "set:1:0.41.0000", "confirm:99", "open:99"],
)  # fmt: skip
async def test_another_persons_button_changes_and_reveals_nothing(room: Room, data: str) -> None:
    await room.photo(ANN)
    await room.press("pick:1:1", ANN)
    before = room.row
    replies = await room.press(data, MINSU)
    assert len(replies.sent) == 1
    assert "다른 분" in replies.last.toast
    assert not replies.last.rows
    assert "DD139" not in repr(replies.last)
    assert room.row == before


@pytest.mark.parametrize(
    "data",
    ["", ":", "confirm", "dance:1", "confirm:x", "pick:1:9", "pick:1:-1", "pick:1", "price:1",
     "open:1", "lang:0:fr", "forget:0:maybe", "forget:0:yes-", "hist:0:x", "x" * 64, "확인:1",
     "confirm:99999999999999999999"],
)  # fmt: skip
async def test_malformed_and_senseless_buttons_are_answered_kindly(room: Room, data: str) -> None:
    await room.photo()
    before = room.row
    replies = await room.press(data)
    assert len(replies.sent) == 1
    assert "no longer works" in replies.last.toast
    assert room.row == before


async def test_a_channel_that_hands_in_odd_numbers_is_answered(room: Room) -> None:
    for number in (-1, 0, 2**80):
        replies = await room.handle(ANN, Pressed("k", "confirm", number, "²"))
        assert "someone else" in replies.last.toast


async def test_what_a_button_chose_stands_in_its_message(room: Room) -> None:
    await room.photo(MINSU)
    confirmed, price = (await room.press("pick:1:1", MINSU)).sent
    assert confirmed.text.splitlines()[:2] == ["DD1391-108", "✓ 확인하신 품번이에요."]
    assert (confirmed.replaces, confirmed.only_in_place, confirmed.rows) == (True, True, ())
    assert (price.code, price.replaces) == ("DD1391-108", False)
    assert price.rows


async def test_a_typed_code_confirms_no_message(room: Room) -> None:
    await room.photo()
    replies = await room.text("DD1391-108", interaction=1)
    assert not any(reply.only_in_place for reply in replies.sent)


async def test_candidates_that_are_nearly_impossible_are_no_buttons(room: Room) -> None:
    first, second, third = room.reader.default.reading.candidates  # type: ignore[union-attr]
    codes = (first, replace(second, confidence=0.02), replace(third, confidence=0.0199))
    read = reading("DD1391-100")
    room.reader.default = replace(read, reading=replace(read.reading, candidates=codes))
    picks = [await room.photo(), await room.press("edit:1"), await room.press("refuse:1")]
    for replies in picks:
        offered = [each.data for each in replies.choices() if each.data.startswith("pick")]
        assert offered == ["pick:1:1"]
