from __future__ import annotations

import pytest

from bot.talk.code.draft import CODE_CHARACTERS, LONGEST_DRAFT, likely, open_draft, stamp, step
from bot.talk.errors import BadButton
from storage.types import Draft, Status, StoredCandidate
from tests.bot.room import MINSU, Room
from tests.fakes.reader import reading
from tests.fakes.replies import RecordingReplies


def labels(replies: RecordingReplies, verb: str) -> str:
    return "".join(c.label for c in replies.choices() if c.data.startswith(f"{verb}:"))


def press_of(replies: RecordingReplies, verb: str, label: str) -> str:
    found = [
        c.data for c in replies.choices() if c.data.startswith(f"{verb}:") and c.label == label
    ]
    assert found, f"no {verb} button {label!r}"
    return found[0]


async def test_the_code_becomes_a_row_of_characters(room: Room) -> None:
    photo = await room.photo()
    replies = await room.press(photo.data("edit"))
    assert labels(replies, "char") == "DD1391-100"
    assert not replies.last.replaces
    assert [len(row) for row in replies.last.rows] == [2, 2, 8, 2, 1, 2, 1]
    assert room.row.draft == Draft("DD1391-100")


async def test_one_character_mended_from_photo_to_price(room: Room) -> None:
    room.prices.set_prices("DD1391-180", 77_000)
    await room.photo()
    editor = await room.press("edit:1")
    room.restart()
    place = await room.press(editor.data("char").replace(":0", ":8"))
    assert place.last.replaces
    # Nike's codes have a digit there: those that print alike first, then all others.
    assert labels(place, "set") == "869123457O"
    room.restart()
    replies = await room.press(press_of(place, "set", "8"))  # a shop knows the code: no "done"
    assert replies.last.replaces
    assert "₩77,000" in replies.text
    row = room.row
    assert (row.status, row.code, row.draft) == (Status.EDITED, "DD1391-180", None)


async def test_all_characters(room: Room) -> None:
    await room.photo()
    await room.press("edit:1")
    place = await room.press("char:1:0")
    grid = await room.press(place.data("all"))
    assert labels(grid, "set") == CODE_CHARACTERS.replace(" ", "␣")
    editor = await room.press(press_of(grid, "set", "␣"))
    assert labels(editor, "char") == "␣D1391-100"


async def test_insert_before_and_after_and_delete(room: Room) -> None:
    room.reader.default = reading("FU906")
    await room.photo()
    await room.press("edit:1")
    place = await room.press("char:1:3")  # the 0
    before, after = [c.data for c in place.choices() if c.data.startswith("ins:")]
    assert (before, after) == ("ins:1:3", "ins:1:4")
    grid = await room.press(after)
    assert "FU90▾6" in grid.text
    editor = await room.press(press_of(grid, "add", "0"))
    assert labels(editor, "char") == "FU9006"
    await room.press("char:1:0")
    place = await room.press("char:1:1")
    editor = await room.press(place.data("del"))
    assert labels(editor, "char") == "F9006"


async def test_a_code_entered_from_nothing(room: Room) -> None:
    room.reader.default = reading()
    none = await room.photo(MINSU)
    grid = await room.press(none.data("edit"), MINSU)
    for char in "FU9006":
        grid = await room.press(press_of(grid, "add", char), MINSU)
    assert "FU9006▾" in grid.text
    await room.press(grid.data("done"), MINSU)
    assert (room.row.status, room.row.code) == (Status.EDITED, "FU9006")


async def test_deleting_all_characters_goes_back_to_entering(room: Room) -> None:
    room.reader.default = reading("A1")
    await room.photo()
    await room.press("edit:1")
    for _ in range(2):
        place = await room.press("char:1:0")
        editor = await room.press(place.data("del"))
    assert room.row.draft == Draft("", 0, "insert")
    assert editor.data("add")
    replies = await room.press("done:1")
    assert "empty" in replies.text
    assert room.row.code is None


async def test_an_invalid_code_gets_a_sentence_and_the_row_stays(room: Room) -> None:
    room.reader.default = reading("A1")
    await room.photo()
    await room.press("edit:1")
    replies = await room.press("done:1")
    assert "too short" in replies.text
    assert labels(replies, "char") == "A1"
    assert (room.row.status, room.row.draft) == (Status.READ, Draft("A1"))


async def test_a_second_tap_on_an_old_keyboard_changes_nothing(room: Room) -> None:
    await room.photo()
    await room.press("edit:1")
    place = await room.press("char:1:0")
    await room.press(place.data("del"))
    replies = await room.press(place.data("del"))
    assert "in the meantime" in replies.last.toast
    assert labels(replies, "char") == "D1391-100"


async def test_the_same_press_twice_changes_once(room: Room) -> None:
    await room.photo()
    await room.press("edit:1")
    place = await room.press("char:1:0")
    first = await room.press(place.data("del"), key="k")
    again = await room.press(place.data("del"), key="k")
    assert again.sent == first.sent


async def test_done_without_a_correction_opens_one_once(room: Room) -> None:
    await room.photo()
    first = await room.press("done:1", key="k")
    again = await room.press("done:1", key="k")
    assert labels(first, "char") == labels(again, "char") == "DD1391-100"
    assert room.row.status is Status.READ


async def test_cancel_keeps_what_was_known(room: Room) -> None:
    await room.photo()
    await room.press("edit:1")
    replies = await room.press("cancel:1")
    assert replies.data("confirm")
    assert (room.row.status, room.row.draft) == (Status.READ, None)
    await room.press("confirm:1")
    await room.press("edit:1")
    replies = await room.press("cancel:1")
    assert replies.data("price")
    assert (room.row.status, room.row.code) == (Status.CONFIRMED, "DD1391-100")


async def test_old_editor_buttons_after_the_end(room: Room) -> None:
    await room.photo()
    editor = await room.press("edit:1")
    place = await room.press("char:1:0")
    await room.press("row:1")
    await room.press(editor.data("done"))
    assert (await room.press("done:1")).last.code == "DD1391-100"
    again = await room.press(place.data("set"))
    assert "char" in again.data("char")
    assert (await room.press("cancel:1")).data("price")


async def test_edit_goes_on_with_the_draft(room: Room) -> None:
    await room.photo()
    await room.press("edit:1")
    place = await room.press("char:1:0")
    await room.press(place.data("del"))
    assert labels(await room.press("edit:1"), "char") == "D1391-100"


async def test_a_full_code_takes_no_more(room: Room) -> None:
    room.reader.default = reading("A1" * 20)
    await room.photo()
    editor = await room.press("edit:1")
    assert len(labels(editor, "char")) == LONGEST_DRAFT
    replies = await room.press(editor.data("ins"))
    assert "too long" in replies.text


async def test_keyboards_stay_within_what_channels_take(room: Room) -> None:
    room.reader.default = reading("A1" * 20)
    await room.photo()
    for data in ("edit:1", "char:1:0", "all:1:0"):
        rows = (await room.press(data)).last.rows
        assert max(map(len, rows)) <= 8
        assert sum(map(len, rows)) <= 100


def test_doubts_move_along_with_their_characters() -> None:
    base = StoredCandidate("AB9", 0.9, None, ((("A", 0.9),), (("B", 0.6), ("w", 0.3)), ()))
    assert likely("AB9", 1, base)[0] == "W"
    assert likely("XAB9", 2, base)[0] == "W"
    assert likely("B9", 0, base)[0] == "W"
    assert "W" not in likely("AB9", 0, base)


def test_doubts_are_only_what_a_code_may_hold() -> None:
    base = StoredCandidate("0", 0.9, None, ((("0", 0.9), (":", 0.05), ("O", 0.04), ("Q", 1e-5)),))
    near = likely("0", 0, base)
    assert near[0] == "O"
    assert ":" not in near
    assert len(set(near)) == len(near) <= 8


@pytest.mark.parametrize(
    ("verb", "argument"),
    [
        ("char", "3"), ("char", ""), ("ins", "4"), ("set", "0.41"), ("set", "0.61.{s}"),
        ("set", "3.41.{s}"), ("set", "41.{s}"), ("add", "4.41.{s}"), ("del", "3.{s}"),
        ("del", "0.41.{s}"), ("del", "{s}"), ("set", "0.41.ffff"), ("del", ""),
    ],
)  # fmt: skip
def test_steps_that_make_no_sense(verb: str, argument: str) -> None:
    with pytest.raises(BadButton):
        step(Draft("AB9"), verb, argument.format(s=stamp("AB9")))


def test_a_draft_is_never_longer_than_the_keyboard() -> None:
    assert len(open_draft("A" * 99).text) == LONGEST_DRAFT
    full = Draft("A" * LONGEST_DRAFT)
    with pytest.raises(BadButton):
        step(full, "add", f"0.41.{stamp(full.text)}")
