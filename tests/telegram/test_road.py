"""The whole road over Telegram: photo, confirm, correct, price, history."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from benchmarks.stand_ins.telegram.people import Person
from benchmarks.stand_ins.telegram.server import TelegramServer
from recognizer.errors import NotAPicture
from storage.types import Status, Who
from tests.fakes.reader import reading, tag_jpeg
from tests.telegram.bench import PATIENT, Bench, priced, settled

PHOTO = tag_jpeg()


async def test_a_photo_is_answered_in_the_place_of_reading(bench: Bench, minji: Person) -> None:
    async with bench.bot() as store:
        photo = await minji.send_photo(PHOTO)
        (answer,) = await minji.answered()
        assert answer.past == ["읽는 중이에요…"]
        assert answer.photo is not None and answer.photo.startswith(b"\xff\xd8")
        assert answer.reply_to == photo.id
        assert answer.codes == ["DD1391-100"]
        assert {b["callback_data"].split(":")[0] for b in answer.buttons} >= {"confirm", "edit"}
        assert {b.get("style") for b in answer.buttons} >= {"success", "danger"}
        assert bench.reader.reads == [PHOTO]  # the largest size, whole
        assert (await store.interactions.get(1)).timings_ms  # type: ignore[union-attr]
    assert bench.server.unacknowledged == 0


async def test_the_language_is_the_persons(bench: Bench, paul: Person) -> None:
    async with bench.bot():
        await paul.send_photo(PHOTO)
        (answer,) = await paul.answered()
    assert answer.past == ["Reading…"]
    assert bench.server.commands["ko"] and bench.server.commands[""]


async def test_picture_files_are_read_other_files_get_help(bench: Bench, paul: Person) -> None:
    async with bench.bot():
        await paul.send_document(PHOTO, "a.jpg", "image/jpeg")
        await paul.answered(1)
        await paul.send_document(PHOTO, "b.HEIC", None)
        await paul.answered(2)
        await paul.send_document(b"%PDF", "c.pdf", "application/pdf")
        seen = await paul.until(lambda seen: len(seen) >= 3)
        await paul.send(sticker=_sticker())
        seen = await paul.until(lambda seen: len(seen) >= 4)
    assert len(bench.reader.reads) == 2
    assert seen[2].text.startswith("Send a photo of") and seen[2].text == seen[3].text


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("", None),
        ("IMG_0411", "application/octet-stream"),
        ("scan.bin", "application/octet-stream"),
        ("tag.dng", None),
        ("photo.avif", ""),
        ("x.jpg", "binary/octet-stream"),
        ("image.jfif", None),
        ("tag.jpg", "application/x-download"),
    ],
)
async def test_a_file_of_no_known_type_is_tried_by_its_content(
    bench: Bench, minji: Person, name: str, kind: str | None
) -> None:
    async with bench.bot():
        await minji.send_document(PHOTO, name, kind)
        (answer,) = await minji.answered()
        bench.reader.answers[b"MZ"] = NotAPicture()
        await minji.send_document(b"MZ", name, kind)
        _, second = await minji.answered(2)
    assert answer.codes == ["DD1391-100"]
    assert "사진으로 열 수 없는 파일" in second.text


async def test_a_live_photo_is_read_from_its_still(bench: Bench, minji: Person) -> None:
    async with bench.bot():
        film = {"file_id": "L", "file_unique_id": "l", "duration": 2, "width": 1, "height": 1}
        await minji.send(live_photo={**film, **minji.photo(PHOTO)})
        (answer,) = await minji.answered()
    assert answer.codes == ["DD1391-100"]


@pytest.mark.parametrize(
    "content",
    [
        {"dice": {"emoji": "🎲", "value": 3}},
        {"paid_media": {"star_count": 5, "paid_media": []}},
        {"something_of_next_year": {"id": "1"}},
        {},
    ],
)
async def test_kinds_of_messages_that_nobody_knows_get_the_short_help(
    bench: Bench, minji: Person, content: dict[str, Any]
) -> None:
    async with bench.bot():
        await minji.send(**content)
        (answer,) = await minji.until(lambda seen: len(seen) >= 1)
    assert answer.text.startswith("신발 태그 사진을 보내거나")


async def test_what_telegram_itself_writes_into_a_chat_is_not_answered(
    bench: Bench, minji: Person
) -> None:
    async with bench.bot() as store:
        await minji.send(message_auto_delete_timer_changed={"message_auto_delete_time": 86400})
        await minji.send(write_access_allowed={})
        await minji.send_text("/help")
        await minji.until(lambda seen: len(seen) >= 1)
        await settled(store.inbox)
    assert len(minji.sees()) == 1


def _sticker() -> dict[str, object]:
    flags = {"is_animated": False, "is_video": False, "type": "regular"}
    return {"file_id": "S", "file_unique_id": "s", "width": 1, "height": 1, **flags}


async def test_a_file_over_20_mb_is_not_asked_for(bench: Bench, minji: Person) -> None:
    async with bench.bot():
        await minji.send_document(PHOTO, size=20_000_001)
        (answer,) = await minji.answered()
    assert "20MB" in answer.text
    assert not bench.server.called("getFile")


async def test_confirm_answers_the_press_first_and_shows_prices(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    async with bench.bot() as store:
        await minji.send_photo(PHOTO)
        (answer,) = await minji.answered()
        started = len(server.calls)
        query = await minji.press(answer, "confirm")
        seen = await minji.until(priced)
        row = await store.interactions.get(1)
    assert server.queries[query] == "answered"
    assert next(c.method for c in server.calls[started:] if c.method != "getUpdates") == (
        "answerCallbackQuery"
    )
    assert row is not None and row.status is Status.CONFIRMED and row.code == "DD1391-100"
    assert any("url" in button for button in seen[1].buttons)
    assert seen[0].photo == answer.photo and not seen[0].buttons
    assert "✓ 확인하신 품번이에요." in seen[0].text


async def test_a_message_that_cannot_be_edited_any_more_costs_no_price(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    async with bench.bot():
        await minji.send_photo(PHOTO)
        (answer,) = await minji.answered()
        server.chats.gone.add(answer.id)
        await minji.press(answer, "confirm")
        seen = await minji.until(priced)
    assert not any("확인하신" in message.text for message in seen)


async def test_a_press_is_answered_while_prices_are_slow(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    bench.prices.gate = asyncio.Event()
    async with bench.bot():
        await minji.send_photo(PHOTO)
        (answer,) = await minji.answered()
        query = await minji.press(answer, "pick")
        await minji.until(lambda _: server.queries[query] == "answered" and bench.prices.calls)
        assert len(minji.sees()) == 1
        bench.prices.gate.set()
        await minji.until(lambda seen: len(seen) >= 2)


async def test_inline_edit_changes_the_message_in_place(bench: Bench, minji: Person) -> None:
    async with bench.bot() as store:
        await minji.send_photo(PHOTO)
        (answer,) = await minji.answered()
        await minji.press(answer, "edit")
        seen = await minji.until(lambda seen: any(has(m, "char") for m in seen))
        editor = next(m for m in seen if has(m, "char"))
        assert all(len(row) <= 8 for row in editor.keyboard)
        await minji.press(editor, "char", nth=2)
        await minji.until(lambda _: has(editor, "set"))
        await minji.press(editor, "set")
        await minji.until(lambda _: has(editor, "done"))
        await minji.press(editor, "done")
        await minji.until(lambda seen: any(b.get("url") for m in seen for b in m.buttons))
        row = await store.interactions.get(1)
    assert row is not None and row.status is Status.EDITED and row.code != "DD1391-100"
    assert editor.past


def has(message: object, verb: str) -> bool:
    buttons = message.buttons  # type: ignore[attr-defined]
    return any(b.get("callback_data", "").startswith(f"{verb}:") for b in buttons)


async def test_a_typed_code_goes_to_the_photo_it_replies_to(bench: Bench, minji: Person) -> None:
    async with bench.bot() as store:
        for _ in range(2):
            await minji.send_photo(PHOTO)
        first, _ = await minji.answered(2)
        await minji.send_text("CW2288-111", reply_to=first.id)
        await minji.until(lambda seen: len(seen) >= 3)
        rows = [await store.interactions.get(number) for number in (1, 2)]
    assert [row and row.code for row in rows] == ["CW2288-111", None]


async def test_typed_history_and_opening_an_entry(bench: Bench, minji: Person) -> None:
    async with bench.bot():
        typed = await minji.send_text("DD1391-100")
        seen = await minji.until(lambda seen: len(seen) >= 1)
        assert seen[0].reply_to == typed.id
        await minji.send_text("/history")
        seen = await minji.until(lambda seen: len(seen) >= 2)
        await minji.press(seen[1], "open")
        seen = await minji.until(lambda seen: len(seen) >= 3)
    assert "129,000" in seen[2].text


async def test_two_photos_at_once_get_their_own_answers(bench: Bench, minji: Person) -> None:
    other = tag_jpeg("CW2288-111")
    bench.reader.answers[other] = reading("CW2288-111")
    async with bench.bot():
        sent = [await minji.send_photo(data) for data in (PHOTO, other)]
        answers = await minji.answered(2)
    assert [m.reply_to for m in answers] == [m.id for m in sent]
    assert [m.codes for m in answers] == [["DD1391-100"], ["CW2288-111"]]


async def test_people_do_not_wait_for_each_other(bench: Bench, minji: Person, paul: Person) -> None:
    bench.reader.gate = asyncio.Event()
    async with bench.bot():
        await minji.send_photo(PHOTO)
        await minji.until(lambda seen: len(seen) >= 1)
        await minji.send_text("/help")
        await paul.send_text("/help")
        await paul.until(lambda seen: len(seen) >= 1)
        assert [m.text for m in minji.sees()] == ["읽는 중이에요…"]  # her turns keep their order
        bench.reader.gate.set()
        await minji.until(lambda seen: len(seen) >= 2)


async def test_another_persons_button_changes_nothing(
    bench: Bench, server: TelegramServer, minji: Person, paul: Person
) -> None:
    async with bench.bot(timing=PATIENT) as store:
        await minji.send_photo(PHOTO)
        (answer,) = await minji.answered()
        query = await paul.press(answer, "confirm")
        await minji.until(lambda _: server.queries[query] == "answered")
        row = await store.interactions.get(1)
    assert server.toasts[query]
    assert row is not None and row.code is None
    assert not paul.sees() and len(minji.sees()) == 1


async def test_old_buttons_work_after_a_restart(bench: Bench, minji: Person) -> None:
    async with bench.bot():
        await minji.send_photo(PHOTO)
        (answer,) = await minji.answered()
    async with bench.bot() as store:
        await minji.press(answer, "confirm")
        await minji.until(priced)
        assert (await store.interactions.latest(Who("telegram", "1001"))).code  # type: ignore[union-attr]


async def test_an_old_message_that_cannot_be_edited_is_sent_anew(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    async with bench.bot():
        await minji.send_text("/language")
        (asked,) = await minji.answered()
        server.chats.gone.add(asked.id)
        await minji.press(asked, "lang", nth=1)
        seen = await minji.until(lambda seen: len(seen) >= 2)
    assert seen[1].reply_to == asked.id


async def test_twenty_photos_in_a_row_are_answered(bench: Bench, minji: Person) -> None:
    async with bench.bot():
        sent = [await minji.send_photo(PHOTO) for _ in range(20)]
        answers = await minji.answered(20)
    assert [m.reply_to for m in answers] == [m.id for m in sent]


async def test_groups_are_answered_only_when_addressed(
    bench: Bench, server: TelegramServer
) -> None:
    group = Person(server, 1003, "ko", group=-500)
    async with bench.bot():
        await group.send_text("DD1391-100")
        await group.send_photo(PHOTO)
        await group.send_text("/help@another_bot")
        await group.send_photo(PHOTO, caption="@pumbeon_bot 이거요")
        (answer,) = await group.answered()
        await group.send_text("@Pumbeon_bot CW2288-111")
        await group.send_text("/help@pumbeon_bot")
        seen = await group.until(lambda seen: len(seen) >= 3)
    assert answer.codes == ["DD1391-100"] and seen[1].codes == ["CW2288-111"]
