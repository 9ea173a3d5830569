"""Corrections: whole codes beside the characters, and an end as soon as the code is known."""

from __future__ import annotations

from storage.types import Status
from tests.bot.room import ANN, MINSU, Room
from tests.bot.test_correction import labels, press_of
from tests.bot.test_witnesses import BARS
from tests.fakes.prices import quote
from tests.fakes.reader import reading


async def test_the_editor_offers_the_others_and_codes_with_one_character_changed(
    room: Room,
) -> None:
    await room.photo()
    editor = await room.press("edit:1")
    assert [[choice.label for choice in row] for row in editor.last.rows[:2]] == [
        ["DD1391-108", "DD1397-100"],
        ["DD1341-100", "OD1391-100"],
    ]
    room.prices.set_prices("DD1341-100", 50_000)
    replies = await room.press(press_of(editor, "near", "DD1341-100"))
    assert "₩50,000" in replies.text
    assert (room.row.status, room.row.code) == (Status.EDITED, "DD1341-100")
    assert room.row.taps == 2


async def test_a_code_offered_beside_twice_changes_once(room: Room) -> None:
    await room.photo()
    editor = await room.press("edit:1")
    data = press_of(editor, "near", "DD1341-100")
    first = await room.press(data, key="k")
    row = room.row
    again = await room.press(data, key="k")
    assert again.last.text == first.last.text
    assert (room.row.code, room.row.taps) == (row.code, row.taps)


async def test_an_old_offer_does_not_fit_another_code(room: Room) -> None:
    await room.photo()
    editor = await room.press("edit:1")
    await room.text("FU9006")
    replies = await room.press(press_of(editor, "near", "DD1341-100"))
    assert "no longer works" in replies.last.toast
    assert room.row.code == "FU9006"


async def test_once_something_was_changed_whole_codes_are_offered_no_more(room: Room) -> None:
    await room.photo()
    await room.press("edit:1")
    place = await room.press("char:1:0")
    editor = await room.press(place.data("del"))
    assert not [c for c in editor.choices() if c.data.startswith(("pick", "near"))]


async def test_a_code_that_people_know_ends_the_correction(room: Room) -> None:
    room.reader.default = reading("DD1391-108")
    await room.photo(MINSU)
    await room.press("confirm:1", MINSU)
    room.reader.default = reading("DD1391-100", confidence=0.4)
    room.prices.calls.clear()
    await room.photo()
    await room.press("edit:2")
    place = await room.press("char:2:9")
    await room.press(press_of(place, "set", "8"))
    assert (room.row.status, room.row.code) == (Status.EDITED, "DD1391-108")
    assert room.prices.calls == ["DD1391-108"]


async def test_a_code_in_the_price_list_ends_the_correction(room: Room) -> None:
    room.catalogue.codes.add("FU 9006")
    room.reader.default = reading("FU9O06", confidence=0.5)
    await room.photo()
    await room.press("edit:1")
    grid = await room.press("all:1:3")
    await room.press(press_of(grid, "set", "0"))
    assert room.row.code == "FU9006"


async def test_a_code_that_nobody_knows_is_confirmed_first(room: Room) -> None:
    await room.photo()
    await room.press("edit:1")
    place = await room.press("char:1:8")
    editor = await room.press(press_of(place, "set", "8"))
    assert labels(editor, "char") == "DD1391-180"
    unsaid = room.row
    assert (unsaid.code, unsaid.taps) == (None, 3)
    await room.press(editor.data("done"))
    said = room.row
    assert (said.code, said.taps) == ("DD1391-180", 4)


async def test_shops_that_are_slow_do_not_hold_the_editor_up(room: Room) -> None:
    room.manners(price_deadline_s=0.05)
    await room.photo()
    await room.press("edit:1")
    place = await room.press("char:1:8")
    room.prices.set("DD1391-180", quote("DD1391-180", 77_000))
    room.prices.delay_s = 30.0
    editor = await room.press(press_of(place, "set", "8"))
    assert labels(editor, "char") == "DD1391-180"
    assert room.prices.cancelled == ["DD1391-180"]


async def test_the_same_press_that_ended_a_correction_shows_the_prices_again(room: Room) -> None:
    room.prices.set_prices("DD1391-180", 77_000)
    await room.photo()
    await room.press("edit:1")
    place = await room.press("char:1:8")
    data = press_of(place, "set", "8")
    first = await room.press(data, key="k")
    row = room.row
    again = await room.press(data, key="k")
    assert again.last.text == first.last.text
    assert (room.row.taps, room.row.draft, room.row.code) == (row.taps, None, row.code)


async def test_doubtful_places_stand_out(room: Room) -> None:
    doubtful = reading("FU9006")
    code = doubtful.reading.candidates[0]
    places = (*code.alternatives[:5], (("6", 0.6), ("8", 0.4)))
    object.__setattr__(code, "alternatives", places)
    room.reader.default = doubtful
    await room.photo()
    editor = await room.press("edit:1")
    styles = [c.style for c in editor.choices() if c.data.startswith("char:")]
    assert styles == ["", "", "", "", "", "primary"]


async def test_a_code_known_only_by_its_barcode_can_be_corrected(room: Room) -> None:
    room.reader.default = reading("FU9006", barcodes=(BARS,))
    await room.photo(MINSU)
    await room.press("confirm:1", MINSU)
    room.reader.default = reading(barcodes=(BARS,))
    await room.photo(ANN)
    editor = await room.press("edit:2")
    assert labels(editor, "char") == "FU9006"
    place = await room.press("char:2:5")
    assert "8" in labels(place, "set")
