from __future__ import annotations

from tests.bot.room import ANN, MINSU, Room
from tests.fakes.reader import reading


async def test_nothing_yet(room: Room) -> None:
    await room.text("FU9006", MINSU)
    assert "nothing to count" in (await room.command("stats")).text


async def test_ones_own_numbers(room: Room) -> None:
    room.prices.set_prices("DD1391-100", 1_129_000)
    room.prices.set_prices("CN8607-002", 77_000)
    room.reader.default = reading("DD1391-100", "DD1391-108")
    for verb in ("confirm", "confirm", "pick"):
        photo = await room.photo()
        await room.press(photo.data(verb))
    room.reader.default = reading()
    await room.photo()
    await room.text("CN8607-002")
    await room.photo()
    await room.text("FU9006", MINSU)
    stats = await room.command("stats")
    assert stats.text.splitlines() == [
        "📊 Your numbers",
        "5 photos sent, 3 codes found",
        "Of 4 photos with a confirmed code, the first suggestion was right for 2 (50%).",
        "Corrected or typed again: one photo.",
        "Taps from photo to price, on average: 1",
        "Brands: Nike 3",
        "",
        "Your cheapest codes",
        "• CN8607-002 ₩77,000",
        "• DD1391-100 ₩1,129,000",
    ]
    assert stats.data("hist") == "hist:0:0"


async def test_typed_codes_alone(room: Room) -> None:
    await room.text("FU9006")
    text = (await room.command("stats", who=ANN)).text
    assert "0 photos sent, one code found" in text
    assert "confirmed" not in text


async def test_a_photo_without_any_code(room: Room) -> None:
    room.reader.default = reading()
    await room.photo()
    stats = await room.command("stats")
    assert "One photo sent, 0 codes found" in stats.text
    assert stats.last.rows == ()
