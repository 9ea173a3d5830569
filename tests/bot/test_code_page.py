from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.bot.room import ANN, MINSU, Room
from tests.fakes.reader import reading, tag_jpeg


async def looked_up(room: Room, *prices: int) -> None:
    """One typed look-up of FU9006 for each price, ten days apart."""
    for price in prices:
        room.prices.set_prices("FU9006", price)
        await room.text("FU9006")
        room.now += timedelta(days=10)


async def page(room: Room) -> object:
    return await room.press((await room.command("history")).data("open"))


async def test_all_look_ups_of_a_code_are_one_entry(room: Room) -> None:
    await looked_up(room, 120_000, 99_000, 110_000)
    history = await room.command("history")
    assert history.choices()[0].label == "FU9006 · 3× · 2026-12-10 · ₩110,000"
    assert "One past code" in history.text
    text = (await room.press(history.data("open"))).text
    assert "2026-11-20: ₩120,000, now ₩110,000 (▼ ₩10,000 less)" in text
    assert "Lowest price seen so far: ₩99,000" in text
    assert "First seen 2026-11-20, looked up 3 times." in text
    assert text.count("typed ·") == 3


async def test_the_page_can_be_refreshed_edited_copied_and_removed(room: Room) -> None:
    await looked_up(room, 120_000)
    opened = await room.press("open:1")
    assert [choice.copy for choice in opened.choices() if choice.copy] == ["FU9006"]
    assert opened.data("edit") == "edit:1"
    assert not opened.last.replaces
    room.prices.set_prices("FU9006", 77_000)
    again = await room.press(opened.data("open"))
    assert again.last.replaces
    assert "now ₩77,000" in again.text
    assert opened.data("drop") == "drop:1"


async def test_photos_are_turned_in_place(room: Room) -> None:
    for text in ("one", "two", "three"):
        room.reader.default = reading("FU9006", jpeg=tag_jpeg(text))
        await room.photo()
        await room.press(f"confirm:{room.row.id}")
    await room.text("FU9006")
    newest = await room.press("open:4")  # typed: shows the newest photo
    assert [c.data for c in newest.choices() if c.label == "Older photo →"] == ["open:2:r"]
    middle = await room.press("open:2:r")
    assert middle.last.replaces
    turning = [c.data for c in middle.choices() if "photo" in c.label]
    assert turning == ["open:3:r", "open:1:r"]
    images = [newest.last.image, middle.last.image, (await room.press("open:1:r")).last.image]
    assert None not in images
    assert len(set(images)) == 3


async def test_removing_asks_first(room: Room) -> None:
    await room.photo()
    await room.press("confirm:1")
    await room.text("DD1391 100")
    await room.text("FU9006")
    await room.photo(MINSU)
    await room.press(f"confirm:{room.row.id}", MINSU)
    ask = await room.press((await room.press("open:1")).data("drop"))
    assert "all 2 records of DD1391-100" in ask.text
    kept = await room.press("drop:1:no")
    assert "Nothing was removed" in kept.text
    assert len(room.interactions.rows) == 4
    gone = await room.press(ask.data("drop"))
    assert gone.text == "DD1391-100 is removed from your history."
    codes = {(row.who, row.code) for row in room.interactions.rows.values()}
    assert codes == {(ANN, "FU9006"), (MINSU, "DD1391-100")}
    assert room.photos.files  # Minsu's is the same photo
    assert "was deleted" in (await room.press(ask.data("drop"))).text


async def test_removing_asks_again_when_there_is_more(room: Room) -> None:
    await looked_up(room, 1000)
    ask = await room.press("drop:1")
    await looked_up(room, 2000)
    again = await room.press(ask.data("drop"))
    assert "all 2 records" in again.text
    assert again.last.replaces
    assert len(room.interactions.rows) == 2


async def test_a_stranger_removes_nothing(room: Room) -> None:
    await looked_up(room, 1000)
    before = dict(room.interactions.rows)
    for data in ("drop:1", "drop:1:yes-1", "drop:1:no", "open:1:r"):
        replies = await room.press(data, MINSU)
        assert "다른 분" in replies.last.toast
        assert not replies.last.text
    assert room.interactions.rows == before


async def test_made_up_answers_and_rows_without_a_code(room: Room) -> None:
    room.reader.default = reading()
    await room.photo()
    for data in ("drop:1", "drop:1:yes-1", "drop:1:yes", "drop:1:x", "open:1", "open:1:r"):
        assert "no longer works" in (await room.press(data)).text
    await room.text("FU9006")
    assert "no longer works" in (await room.press("drop:1:yes-x")).text
    assert len(room.interactions.rows) == 1


async def test_a_photo_whose_file_is_gone(room: Room) -> None:
    await room.photo()
    await room.press("confirm:1")
    room.photos.files.clear()
    opened = await room.press("open:1")
    assert opened.last.image is None
    assert opened.last.code == "DD1391-100"


async def test_the_price_then_is_the_first_one_there_was(room: Room) -> None:
    await looked_up(room, 120_000)
    room.interactions.rows[1] = replace(room.interactions.rows[1], price_won=None)
    room.interactions.kept_quotes.clear()
    await looked_up(room, 90_000)
    text = (await room.press("open:2")).text
    assert "2026-11-30: ₩90,000, now ₩90,000 (unchanged)" in text
