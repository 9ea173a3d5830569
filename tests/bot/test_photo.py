from __future__ import annotations

import asyncio

import cv2
import numpy as np
import pytest

from bot.talk.errors import DeliveryError, FetchError, FetchTooLarge
from bot.talk.types import PhotoSent
from recognizer.errors import (
    ModelError,
    NotAPicture,
    PhotoAnimated,
    PhotoBroken,
    PhotoError,
    PhotoTooLarge,
    ReaderBusy,
)
from storage.types import Status
from stylecode import TagFields
from tests.bot.room import ANN, MINSU, Room
from tests.fakes.reader import QUAD, reading
from tests.fakes.replies import RecordingReplies
from tests.waiting import PATIENCE_S


async def test_a_photo_is_read_kept_and_answered(room: Room) -> None:
    replies = await room.photo()
    assert replies.worked == 1
    assert len(replies.sent) == 1
    reply = replies.last
    assert reply.code == "DD1391-100"
    assert "DD1391-100" in reply.text
    assert reply.image is not None
    assert reply.image.startswith(b"\xff\xd8")
    assert [c.data for c in replies.choices()] == [
        "confirm:1", "pick:1:1", "pick:1:2", "edit:1", "refuse:1"
    ]  # fmt: skip
    assert [c.label for c in replies.choices()][1:3] == ["DD1391-108", "DD1397-100"]


async def test_the_row_keeps_what_was_read(room: Room) -> None:
    await room.photo()
    row = room.row
    assert row.status is Status.READ
    assert row.photo in room.photos.files
    assert [c.code for c in row.candidates] == ["DD1391-100", "DD1391-108", "DD1397-100"]
    assert row.candidates[0].quad == QUAD
    assert row.candidates[0].alternatives[0][:2] == (("D", 0.9), ("0", 0.08))
    assert row.models["detector"] == "fake-1"
    assert {"fetch", "decode", "find", "read", "rank", "store", "reply"} <= row.timings_ms.keys()


async def test_the_photo_shown_has_the_region_marked(room: Room) -> None:
    replies = await room.photo()
    assert replies.last.image is not None
    shown = cv2.imdecode(np.frombuffer(replies.last.image, np.uint8), cv2.IMREAD_COLOR)
    assert shown is not None
    green = (shown[..., 1] > 180) & (shown[..., 0] < 120) & (shown[..., 2] < 120)
    assert green[50:112].sum() > 500


async def test_what_else_the_tag_says_is_told_in_one_line(room: Room) -> None:
    fields = TagFields("Nike", (("KR", "270"), ("US", "9")), made_in="Vietnam")
    room.reader.default = reading("DD1391-100", fields=fields)
    assert (await room.photo(MINSU)).text.splitlines()[-1] == "태그: Nike · 270 mm / US 9 · 베트남"
    assert room.row.fields == fields
    room.reader.default = reading("DD1391-100")
    assert "태그:" not in (await room.photo(MINSU)).text


async def test_fields_are_kept_where_no_code_was_found(room: Room) -> None:
    fields = TagFields("Nike", (("KR", "270"),))
    room.reader.default = reading(fields=fields)
    assert "태그: " not in (await room.photo(MINSU)).text
    assert (room.row.fields, room.row.status) == (fields, Status.NONE_FOUND)


@pytest.mark.parametrize(
    ("confidence", "words"), [(0.97, "clearly"), (0.7, "probably"), (0.3, "not sure")]
)
async def test_confidence_is_said_in_words(room: Room, confidence: float, words: str) -> None:
    room.reader.default = reading("DD1391-100", confidence=confidence)
    replies = await room.photo()
    assert words in replies.text
    assert "%" not in replies.text


async def test_at_most_five_candidates_are_offered(room: Room) -> None:
    room.reader.default = reading(*(f"DD1391-10{i}" for i in range(8)))
    replies = await room.photo()
    assert [c.data for c in replies.choices() if c.data.startswith("pick")] == [
        f"pick:1:{i}" for i in range(1, 5)
    ]


async def test_no_candidate_gets_a_helpful_sentence(room: Room) -> None:
    room.reader.default = reading()
    replies = await room.photo(MINSU)
    assert "태그" in replies.text
    assert "입력" in replies.text
    assert [c.data for c in replies.choices()] == ["edit:1", "help:0", ""]
    assert replies.choices()[-1].mark
    assert room.row.status is Status.NONE_FOUND
    assert room.row.photo in room.photos.files


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (NotAPicture(), "JPEG, PNG, WebP"),
        (PhotoTooLarge(), "20 MB"),
        (PhotoBroken(), "damaged"),
        (PhotoAnimated(), "still photo"),
        (PhotoError(), "JPEG or PNG"),
        (ReaderBusy(), "waiting"),
    ],
)
async def test_photos_that_cannot_be_read(room: Room, error: Exception, words: str) -> None:
    room.reader.default = error
    replies = await room.photo()
    assert words in replies.text
    assert replies.choices()
    assert room.row.status is Status.FAILED
    assert room.row.photo is None


@pytest.mark.parametrize(
    ("error", "words"), [(FetchError(), "receive"), (FetchTooLarge(), "20 MB")]
)
async def test_photos_that_cannot_be_fetched(room: Room, error: Exception, words: str) -> None:
    async def fetch() -> bytes:
        raise error

    replies = await room.handle(ANN, PhotoSent("k", fetch))
    assert words in replies.text
    assert room.row.status is Status.FAILED
    assert not room.reader.reads


async def test_a_failed_photo_is_tried_again_by_the_same_event(room: Room) -> None:
    room.reader.default = ReaderBusy()
    await room.photo(key="k")
    room.reader.default = reading("FU9006")
    replies = await room.photo(key="k")
    assert replies.last.code == "FU9006"
    assert len(room.interactions.rows) == 1
    assert room.row.status is Status.READ


async def test_a_late_second_try_keeps_the_code_typed_meanwhile(room: Room) -> None:
    room.reader.default = ReaderBusy()
    await room.photo(key="k")
    await room.text("FU9006", interaction=1)
    await room.photo(key="k")
    assert (room.row.status, room.row.code) == (Status.TYPED, "FU9006")


async def test_the_same_event_after_a_crash_is_not_read_again(room: Room) -> None:
    first = await room.photo(key="k")
    room.restart()
    again = await room.photo(key="k")
    assert again.sent == first.sent
    assert len(room.reader.reads) == 1
    assert len(room.interactions.rows) == 1


async def test_the_row_is_saved_before_a_lost_delivery(room: Room) -> None:
    async def fetch() -> bytes:
        return b"x"

    with pytest.raises(DeliveryError):
        await room.conversation.handle(ANN, PhotoSent("k", fetch), RecordingReplies(failures=1))
    assert room.row.status is Status.READ
    again = await room.photo(key="k")
    assert again.last.code == "DD1391-100"
    assert len(room.reader.reads) == 1


async def test_a_stored_photo_that_is_gone_still_has_its_code(room: Room) -> None:
    await room.photo(key="k")
    room.photos.files.clear()
    again = await room.photo(key="k")
    assert again.last.code == "DD1391-100"
    assert again.last.image is None


async def test_a_photo_that_cannot_be_drawn_on_still_has_its_code(room: Room) -> None:
    room.reader.default = reading("FU9006", jpeg=b"not a jpeg")
    replies = await room.photo()
    assert replies.last.code == "FU9006"
    assert replies.last.image is None


async def test_a_defect_is_logged_and_apologised_for(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    room.reader.default = ModelError("weights are gone")
    replies = await room.photo(MINSU)
    assert "죄송" in replies.text
    assert "weights are gone" in caplog.text


async def test_two_people_do_not_wait_for_each_other(room: Room) -> None:
    room.reader.gate = asyncio.Event()
    slow = asyncio.create_task(room.photo(ANN))
    await asyncio.sleep(0)
    quick = await asyncio.wait_for(room.command("help", who=MINSU), PATIENCE_S)
    assert quick.sent
    assert not slow.done()
    room.reader.gate.set()
    assert (await slow).last.code == "DD1391-100"


async def test_turns_of_one_person_run_in_order(room: Room) -> None:
    room.reader.gate = asyncio.Event()
    first = asyncio.create_task(room.photo(ANN))
    await asyncio.sleep(0.01)
    second = asyncio.create_task(room.text("DD1391-108"))
    await asyncio.sleep(0.01)
    assert not second.done()
    room.reader.gate.set()
    await asyncio.gather(first, second)
    assert room.row.status is Status.PICKED
    assert room.row.code == "DD1391-108"
