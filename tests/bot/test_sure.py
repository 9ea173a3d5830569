"""Prices that come with a sure reading: when, what they leave in the row, and what follows."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.store import Store
from storage.types import Status, Who
from tests.bot.room import ANN, MINSU, Room
from tests.bot.test_witnesses import BARS
from tests.fakes.prices import quote
from tests.fakes.reader import reading

CODE = "DD1391-100"


@pytest.fixture
def room() -> Room:
    room = Room()
    room.manners(sure_confidence=0.9)
    room.prices.set_prices(CODE, 139_000, 129_000)
    return room


async def test_the_price_comes_with_the_picture_and_wrong_beside_it(room: Room) -> None:
    replies = await room.photo(MINSU)
    assert len(replies.sent) == 1
    reply = replies.last
    assert reply.image is not None
    assert reply.text.splitlines()[:3] == [CODE, "운동화", "최저가 129,000원"]
    assert "또렷하게" in reply.text
    assert [offer.price_won for offer in reply.offers] == [129_000, 139_000]
    first = [(choice.label, choice.data) for choice in reply.rows[0]]
    assert first == [("✓ 맞아요", "confirm:1"), ("✕ 틀렸나요?", "edit:1")]
    assert [choice.copy for choice in replies.choices() if choice.copy] == [CODE]


async def test_nobody_has_said_that_it_is_right(room: Room) -> None:
    await room.photo()
    row = room.row
    assert (row.status, row.code, row.auto_code) == (Status.READ, None, CODE)
    assert (row.taps, row.price_won, row.priced_at) == (0, 129_000, None)
    assert await room.interactions.known_codes([CODE]) == {}
    assert len(room.interactions.kept_quotes[1]) == 1
    rows, total = await room.interactions.history(ANN, 0, 5)
    assert (len(rows), total) == (1, 1)


async def test_saying_that_it_is_right_is_no_tap_and_asks_no_price_again(room: Room) -> None:
    await room.photo()
    replies = await room.press("confirm:1", key="k")
    assert CODE in replies.last.toast
    row = room.row
    assert (row.status, row.code, row.taps) == (Status.CONFIRMED, CODE, 0)
    assert room.prices.calls == [CODE]
    again = await room.press("confirm:1", key="k")
    assert again.sent == replies.sent
    assert room.row == row
    assert await room.interactions.known_codes([CODE]) == {CODE: 1}


async def test_the_message_itself_says_that_it_is_confirmed(room: Room) -> None:
    asked = (await room.photo(MINSU)).last
    (said,) = (await room.press("confirm:1", MINSU)).sent
    assert (said.replaces, said.only_in_place) == (True, True)
    assert (said.code, said.offers, said.image) == (CODE, asked.offers, None)
    assert "✓ 확인하신 품번이에요." in said.text
    assert "틀렸나요" not in said.text
    verbs = [choice.data.partition(":")[0] for row in said.rows for choice in row if choice.data]
    assert verbs == ["price", "bell"]
    assert said.rows == asked.rows[1:]


async def test_another_code_than_the_one_confirmed_may_still_be_wrong(room: Room) -> None:
    await room.photo(key="photo")
    await room.text("DD1391-108", interaction=1)
    assert (room.row.code, room.row.auto_code) == ("DD1391-108", CODE)
    again = await room.photo(key="photo")  # the same event, once more
    assert [choice.data for choice in again.last.rows[0]] == ["confirm:1", "edit:1"]


async def test_wrong_offers_other_codes_and_its_characters(room: Room) -> None:
    await room.photo()
    editor = await room.press("edit:1")
    assert editor.data("pick") == "pick:1:1"
    assert editor.data("char")
    room.prices.set_prices("DD1391-108", 99_000)
    replies = await room.press("pick:1:1")
    assert "₩99,000" in replies.text
    row = room.row
    assert (row.status, row.code, row.auto_code) == (Status.PICKED, "DD1391-108", CODE)
    assert (row.taps, row.price_won) == (2, 99_000)


async def test_refused_prices_are_in_the_history_no_more(room: Room) -> None:
    await room.photo()
    await room.press("refuse:1")
    assert (await room.interactions.history(ANN, 0, 5))[1] == 0
    assert room.row.auto_code == CODE  # that it was wrong can still be counted


async def test_prices_can_be_asked_for_again(room: Room) -> None:
    photo = await room.photo()
    room.prices.set_prices(CODE, 99_000)
    assert "₩99,000" in (await room.press(photo.data("price"))).text
    assert (room.row.code, room.row.price_won) == (None, 129_000)


async def test_the_same_photo_again_is_answered_alike_without_asking(room: Room) -> None:
    first = await room.photo(key="k")
    room.prices.set_prices(CODE, 1_000)
    await room.press("price:1")
    room.restart()
    again = await room.photo(key="k")
    assert [(r.text, r.rows, r.image) for r in again.sent] == [
        (r.text, r.rows, r.image) for r in first.sent
    ]
    assert room.prices.calls == [CODE, CODE]


async def test_an_unsure_reading_asks(room: Room) -> None:
    room.reader.default = reading(CODE, confidence=0.89)
    replies = await room.photo()
    assert "confirm:1" in [choice.data for choice in replies.choices()]
    assert not room.prices.calls
    assert room.row.auto_code is None


async def test_a_code_that_no_shop_knows_is_asked(room: Room) -> None:
    room.prices.answers.clear()
    replies = await room.photo()
    assert "clearly" in replies.text
    assert "Is it right?" in replies.text
    assert room.row.auto_code is None
    assert not room.interactions.kept_quotes


async def test_late_prices_do_not_hold_the_reading_up(room: Room) -> None:
    room.manners(price_deadline_s=0.05)
    room.prices.delay_s = 30.0
    replies = await room.photo()
    assert "Is it right?" in replies.text
    assert room.prices.cancelled == [CODE]


async def test_a_look_up_that_breaks_asks(room: Room) -> None:
    class Broken:
        async def quote(self, code: str) -> None:
            raise RuntimeError("no prices today")

    room.prices = Broken()  # type: ignore[assignment]
    room.restart()
    assert "Is it right?" in (await room.photo()).text


async def test_what_only_a_barcode_says_is_asked(room: Room) -> None:
    room.reader.default = reading(CODE, barcodes=(BARS,))
    for name in ("a", "b", "c", "d"):
        await room.photo(Who("web", name))
        await room.press(f"confirm:{room.row.id}", Who("web", name))
    room.reader.default = reading(barcodes=(BARS,))
    replies = await room.photo()
    assert room.row.candidates[0].confidence > 0.9
    assert "did not read" in replies.text
    assert room.row.auto_code is None


async def test_the_next_typed_code_is_another_shoes(room: Room) -> None:
    await room.photo()
    await room.text("FU9006")
    rows = room.interactions.rows
    assert [(row.status, row.code) for row in rows.values()] == [
        (Status.READ, None),
        (Status.TYPED, "FU9006"),
    ]


async def test_a_code_typed_after_wrong_mends_it(room: Room) -> None:
    photo = await room.photo()
    await room.press(photo.data("edit"))
    await room.text("FU9006")
    assert (len(room.interactions.rows), room.row.status) == (1, Status.EDITED)
    assert (room.row.code, room.row.taps) == ("FU9006", 2)


async def test_never_by_default() -> None:
    room = Room()
    room.prices.set_prices(CODE, 129_000)
    assert "Is it right?" in (await room.photo()).text


async def test_all_of_it_over_the_real_tables(room: Room, tmp_path: Path) -> None:
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/p.db", tmp_path / "photos")
    room.use(store.interactions, store.people, store.photos)
    used = quote(CODE, 129_000, source="naver", name="네이버")
    room.prices.set(CODE, used, quote(CODE, 150_000))
    first = await room.photo(key="k")
    room.prices.answers.clear()
    assert (await room.photo(key="k")).sent == first.sent
    (row,), total = await store.interactions.history(ANN, 0, 5)
    assert (row.auto_code, row.code, total) == (CODE, None, 1)
    await room.press(first.data("confirm"))
    row = await store.interactions.latest(ANN) or row
    assert (row.code, row.status, row.taps) == (CODE, Status.CONFIRMED, 0)
    assert row.priced_at is not None
    await store.close()
