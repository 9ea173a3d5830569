from __future__ import annotations

from datetime import timedelta

import pytest

from tests.bot.room import ANN, MINSU, Room


async def fill(room: Room, count: int) -> None:
    for number in range(count):
        room.prices.set_prices(f"FU90{number:02}", 100_000 + number)
        await room.text(f"FU90{number:02}")


def entries(replies: object) -> list[str]:
    choices = replies.choices()  # type: ignore[attr-defined]
    return [c.label.split(" · ")[0] for c in choices if c.data.startswith("open:")]


async def test_nothing_yet(room: Room) -> None:
    replies = await room.command("history")
    assert "not looked up" in replies.text


async def test_newest_first_five_on_a_page(room: Room) -> None:
    await fill(room, 12)
    first = await room.command("history")
    assert "12 past codes (page 1 of 3)" in first.text
    assert entries(first) == ["FU9011", "FU9010", "FU9009", "FU9008", "FU9007"]
    assert first.choices()[0].label == "FU9011 · 2026-11-20 · ₩100,011"
    second = await room.press(first.data("hist"))
    assert second.last.replaces
    assert entries(second)[0] == "FU9006"
    pages = [c.data for c in second.choices() if c.data.startswith("hist")]
    assert pages == ["hist:0:0", "hist:0:2"]
    assert len(entries(await room.press(pages[1]))) == 2


async def test_a_page_beyond_the_end_is_the_last(room: Room) -> None:
    await fill(room, 6)
    assert entries(await room.press("hist:0:9")) == ["FU9000"]


async def test_only_ones_own(room: Room) -> None:
    await fill(room, 2)
    assert not entries(await room.command("history", who=MINSU))


@pytest.mark.parametrize(
    ("now", "words"),
    [(90_000, "▼ ₩10,000 less"), (120_000, "▲ ₩20,000 more"), (100_000, "unchanged")],
)
async def test_an_entry_shows_the_price_then_and_now(room: Room, now: int, words: str) -> None:
    await fill(room, 1)
    room.prices.set_prices("FU9000", now)
    replies = await room.press((await room.command("history")).data("open"))
    assert words in replies.text
    assert "2026-11-20: ₩100,000" in replies.text
    assert replies.last.image is None
    assert room.row.price_won == 100_000


async def test_prices_that_are_missing_then_or_now(room: Room) -> None:
    await room.text("FU9000")
    history = await room.command("history")
    assert "no price" in history.choices()[0].label
    room.prices.set_prices("FU9000", 5000)
    assert "no price was found then" in (await room.press("open:1")).text
    room.prices.answers.clear()
    assert "no price found now" in (await room.press("open:1")).text


async def test_an_entry_of_a_photo_shows_it(room: Room) -> None:
    await room.photo()
    await room.press("confirm:1")
    replies = await room.press("open:1")
    assert replies.last.image is not None
    assert replies.last.image.startswith(b"\xff\xd8")


async def test_an_edited_entry_shows_the_photo_too(room: Room) -> None:
    await room.photo()
    await room.text("DD1391-109")
    assert (await room.press("open:1")).last.image is not None


async def test_delete_asks_first(room: Room) -> None:
    await room.photo()
    await room.press("confirm:1")
    await room.photo(MINSU)
    ask = await room.command("delete")
    kept = await room.press("forget:0:no")
    assert "Nothing was deleted" in kept.text
    assert len(room.interactions.rows) == 2
    gone = await room.press(ask.data("forget"))
    assert gone.text == "All your photos and records are deleted, with the one code you looked up."
    assert [row.who for row in room.interactions.rows.values()] == [MINSU]
    assert "nothing left" in (await room.press(ask.data("forget"))).text


async def test_an_old_delete_button_asks_again(room: Room) -> None:
    await room.photo()
    ask = await room.command("delete")
    room.now += timedelta(hours=2)
    again = await room.press(ask.data("forget"))
    assert again.data("forget") != ask.data("forget")
    assert len(room.interactions.rows) == 1


async def test_buttons_after_deleting(room: Room) -> None:
    photo = await room.photo(ANN)
    ask = await room.command("delete")
    await room.press(ask.data("forget"))
    assert "deleted" in (await room.press(photo.data("confirm"))).last.toast


async def test_pages_lead_to_the_months_around_them(room: Room) -> None:
    await fill(room, 7)
    room.now += timedelta(days=31)
    await room.text("DD1391-100")
    for _ in range(5):
        room.now += timedelta(days=31)
        for number in range(5):
            await room.text(f"M{room.now.month:02}02R{number}")
    first = await room.command("history")
    pages = [c for c in first.choices() if c.data.startswith("hist:0:") and c.label[0] == "2"]
    assert [c.label for c in pages] == ["2027-04", "2027-03", "2027-02", "2027-01"]
    there = await room.press(pages[2].data)
    assert there.last.replaces
    assert any("2027-02" in c.label for c in there.choices() if c.data.startswith("open"))
    newest = [c.label for c in there.choices() if c.data.startswith("hist:0:")]
    assert "2027-05" not in newest[2:3]
    assert len([label for label in newest if label[0] == "2"]) == 4
    assert first.last.search == "history"


async def test_one_month_needs_no_way_to_it(room: Room) -> None:
    await fill(room, 12)
    labels = [c.label for c in (await room.command("history")).choices()]
    assert not any(label == "2026-11" for label in labels)
