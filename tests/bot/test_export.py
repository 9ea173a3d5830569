from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest

import bot.talk.past.export
from bot.talk.types import Document
from recognizer.types import Barcode
from stylecode import TagFields
from tests.bot.room import ANN, MINSU, Room
from tests.fakes.prices import offer, quote
from tests.fakes.reader import QUAD, reading
from tests.fakes.replies import RecordingReplies


def document(replies: RecordingReplies) -> Document:
    assert replies.last.document is not None
    return replies.last.document


def table(replies: RecordingReplies) -> list[dict[str, str]]:
    text = document(replies).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def everything(replies: RecordingReplies) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(document(replies).content)
    return found


async def fill(room: Room) -> None:
    fields = TagFields("Nike", (("US", "9.5"), ("KR", "275")), colour="흰색", made_in="Vietnam")
    bars = (Barcode("EAN-13", "8801234567893", QUAD),)
    room.reader.default = reading("DD1391-100", fields=fields, barcodes=bars)
    room.prices.set_prices("DD1391-100", 129_000, 139_000)
    await room.photo()
    await room.press("confirm:1")
    await room.text("FU9006")
    room.reader.default = reading()
    await room.photo()
    await room.text("M2002RXD", MINSU)


async def test_csv_has_a_line_for_each_code(room: Room) -> None:
    await fill(room)
    replies = await room.command("export", "csv")
    assert replies.text == "2 records are in pumbeon-2026-11-20.csv."
    assert document(replies).media_type == "text/csv"
    assert document(replies).content.startswith("\ufeff".encode())
    typed, photo = table(replies)
    assert typed["Style code"] == "FU9006"
    assert photo == {
        "Looked up at": "2026-11-20 12:00",
        "Style code": "DD1391-100",
        "Brand": "Nike",
        "Status": "confirmed",
        "Photo": "yes",
        "First lowest price (won)": "129000",
        "Lowest price so far (won)": "129000",
        "Shop": "가게",
        "Link": "https://shop.example/129000",
        "Sizes": "US 9.5, KR 275",
        "Colour": "흰색",
        "Made in": "Vietnam",
        "Barcodes": "8801234567893",
    }


async def test_json_has_all_that_is_kept(room: Room) -> None:
    await fill(room)
    found = everything(await room.command("export", "json"))
    assert found["person"]["channel"] == ANN.channel
    assert found["complete"] is True
    assert [row["code"] for row in found["interactions"]] == [None, "FU9006", "DD1391-100"]
    oldest = found["interactions"][-1]
    assert oldest["candidates"] == [{"code": "DD1391-100", "confidence": 0.95}]
    assert oldest["prices"][0]["offers"][0]["price_won"] == 129_000
    assert oldest["tag"]["made_in"] == "Vietnam"


async def test_the_language_is_the_persons(room: Room) -> None:
    await room.text("FU9006", MINSU)
    replies = await room.command("export", who=MINSU)
    assert "기록 1개를" in replies.text
    assert table(replies)[0]["품번"] == "FU9006"


async def test_under_a_search_only_what_fits(room: Room) -> None:
    await fill(room)
    page = await room.command("history", "adidas")
    csv_button, json_button = (c.data for c in page.choices() if c.data.startswith("export"))
    room.restart()
    assert [row["Style code"] for row in table(await room.press(csv_button))] == ["FU9006"]
    found = everything(await room.press(json_button))
    assert [row["code"] for row in found["interactions"]] == ["FU9006"]


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+82", "-5", "@SUM(A1)", "\t=1", " \n=1", "＝1", "\r@x"),
        *("\u200b=1", "\ufeff=1", "﹢82", "−5", "\u202e﹦1", "\u200b\ufeff@x", "\xa0=1"),
    ],
)
async def test_no_cell_is_a_formula(room: Room, text: str) -> None:
    fields = TagFields(text, ((text, ""),), colour=text, made_in=text)
    room.reader.default = reading("FU9006", fields=fields)
    told = replace(quote("FU9006", 1000), offers=(offer(1000, mall=text),))
    room.prices.set("FU9006", told)
    await room.photo()
    await room.press("confirm:1")
    content = document(await room.command("export")).content.decode("utf-8-sig")
    for row in csv.reader(io.StringIO(content, newline="")):
        for cell in row:
            assert not cell.lstrip("\u200b\ufeff\u202e\xa0 ").startswith(
                ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "﹢", "﹦", "−")
            )


async def test_nothing_to_export(room: Room) -> None:
    for name in ("csv", "json", ""):
        replies = await room.command("export", name)
        assert "nothing to export" in replies.text
        assert replies.last.document is None
    await room.text("FU9006")
    page = await room.command("history", "fu9006")
    room.interactions.rows.clear()
    empty = await room.press(page.data("export"))
    assert "fits “fu9006”" in empty.text


async def test_what_does_not_fit_is_said(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        await room.text(f"FU900{number}")
    monkeypatch.setattr(bot.talk.past.export, "MAX_ROWS", 3)
    monkeypatch.setattr(bot.talk.past.export, "_PAGE_ROWS", 2)
    for kind in ("csv", "json"):
        replies = await room.command("export", kind)
        assert "newest 3" in replies.text
    assert len(everything(replies)["interactions"]) == 3
    assert everything(replies)["complete"] is False
    monkeypatch.setattr(bot.talk.past.export, "MAX_ROWS", 5)
    assert everything(await room.command("export", "json"))["complete"] is True
    monkeypatch.setattr(bot.talk.past.export, "MAX_FILE_BYTES", 100)
    assert len(everything(await room.command("export", "json"))["interactions"]) == 1


async def test_made_up_buttons(room: Room) -> None:
    await room.text("FU9006")
    for data in ("export:0:xml", "export:0", "export:0:csv.x"):
        assert "no longer works" in (await room.press(data)).text
    assert document(await room.press("export:0:csv.99")).name.endswith(".csv")
