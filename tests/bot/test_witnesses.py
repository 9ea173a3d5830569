"""A barcode seen before with a confirmed code: kept, heard, said, forgotten."""

from __future__ import annotations

from pathlib import Path

from recognizer.types import Barcode
from storage.store import Store
from storage.types import Status, Who
from tests.bot.room import ANN, MINSU, Room
from tests.fakes.reader import QUAD, reading

BARS = Barcode(
    "UPC-A", "195866123457", ((20.0, 150.0), (200.0, 150.0), (200.0, 210.0), (20.0, 210.0))
)
OTHER_BARS = Barcode("EAN-13", "4066748471836", QUAD)
LENA = Who("web", "lena", "en")


async def shown(room: Room, *codes: str, confidence: float = 0.95, who: Who = ANN) -> str:
    """What the person is told about a photo with the bars on which these codes were read."""
    room.reader.default = reading(*codes, confidence=confidence, barcodes=(BARS,))
    return (await room.photo(who)).text


async def confirmed(room: Room, code: str, *people: Who) -> None:
    for who in people:
        await shown(room, code, who=who)
        await room.press(f"confirm:{room.row.id}", who)


async def test_barcodes_are_kept_with_the_row(room: Room) -> None:
    await shown(room, "DD1391-100")
    (kept,) = room.row.barcodes
    assert (kept.format, kept.text, kept.quad) == (BARS.format, BARS.text, BARS.quad)


async def test_what_was_read_and_confirmed_before_is_surer(room: Room) -> None:
    doubtful = await shown(room, "DD1391-100", confidence=0.55)
    assert "not sure" in doubtful
    await confirmed(room, "DD1391-100", MINSU, LENA)
    surer = await shown(room, "DD1391-100", confidence=0.55)
    assert "clearly" in surer
    assert "barcode was confirmed as this code before" in surer
    assert room.row.candidates[0].witnesses == 2
    assert room.row.candidates[0].alternatives  # still the reader's, for correcting


async def test_a_confirmed_second_comes_first(room: Room) -> None:
    await confirmed(room, "DD1391-108", MINSU)
    room.reader.default = reading("DD1391-100", "DD1391-108", confidence=0.5, barcodes=(BARS,))
    replies = await room.photo()
    assert replies.last.code == "DD1391-108"
    assert [choice.label for choice in replies.choices()][1] == "DD1391-100"
    await room.press(f"confirm:{room.row.id}")
    assert room.row.code == "DD1391-108"


async def test_where_nothing_was_read_the_barcode_answers(room: Room) -> None:
    await confirmed(room, "FU9006", MINSU)
    text = await shown(room)
    assert text.startswith("FU9006")
    assert "did not read" in text
    assert (room.row.status, room.row.candidates[0].quad) == (Status.READ, BARS.quad)
    settled = await room.press(f"confirm:{room.row.id}")
    assert settled.last.code == "FU9006"


async def test_of_several_barcodes_none_is_marked(room: Room) -> None:
    await confirmed(room, "FU9006", MINSU)
    room.reader.default = reading(barcodes=(BARS, OTHER_BARS))
    await room.photo()
    assert room.row.candidates[0].quad is None


async def test_one_persons_word_is_not_heard_against_a_sure_reading(room: Room) -> None:
    await confirmed(room, "FU9006", MINSU)
    await shown(room, "DD1391-100", confidence=0.95)
    assert [each.code for each in room.row.candidates] == ["DD1391-100"]
    assert room.row.candidates[0].confidence == 0.95
    await confirmed(room, "FU9006", LENA)  # two who say so are
    await shown(room, "DD1391-100", confidence=0.95)
    assert [each.code for each in room.row.candidates] == ["DD1391-100", "FU9006"]


async def test_a_word_against_ones_own_sure_reading_names_no_barcode_for_others(
    room: Room,
) -> None:
    for who, alone in ((MINSU, True), (LENA, False)):
        await shown(room, "DD1391-100", confidence=0.95, who=who)
        await room.press(f"edit:{room.row.id}", who)
        await room.text("FU9006", who)
        assert room.row.code == "FU9006"
        text = await shown(room)
        assert text.startswith("I see a barcode, but no style code") == alone


async def test_an_innocent_typed_code_names_nothing(room: Room) -> None:
    await shown(room, "DD1391-100", confidence=0.95, who=MINSU)
    await room.text("FU9006", MINSU)
    assert "I see a barcode, but no style code" in await shown(room)


async def test_a_refused_code_says_nothing_any_more(room: Room) -> None:
    await confirmed(room, "DD1391-100", MINSU)
    await room.press(f"refuse:{room.row.id}", MINSU)
    assert "I see a barcode, but no style code" in await shown(room)


async def test_another_barcode_says_nothing(room: Room) -> None:
    await confirmed(room, "DD1391-100", MINSU)
    room.reader.default = reading(barcodes=(OTHER_BARS,))
    assert "I see a barcode, but no style code" in (await room.photo()).text


async def test_the_same_photo_again_is_answered_alike(room: Room) -> None:
    await confirmed(room, "DD1391-100", MINSU)
    room.reader.default = reading("DD1391-100", confidence=0.5, barcodes=(BARS,))
    first = await room.photo(key="again")
    await confirmed(room, "DD1391-100", LENA)
    assert (await room.photo(key="again")).sent == first.sent


async def test_a_forgotten_persons_word_is_gone(room: Room, tmp_path: Path) -> None:
    """Over the real database, from photo to photo."""
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/p.db", tmp_path / "photos")
    room.use(store.interactions, store.people, store.photos)
    await shown(room, "FU9006", who=MINSU)
    row = await store.interactions.latest(MINSU)
    assert row is not None
    await room.press(f"pick:{row.id}:0", MINSU)
    assert "FU9006" in await shown(room)
    ask = await room.command("delete", who=MINSU)
    await room.press(ask.data("forget"), MINSU)
    assert "FU9006" not in await shown(room)
    await store.close()
