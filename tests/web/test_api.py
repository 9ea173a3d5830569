"""The web chat's API over real HTTP, with the real conversation and a real database."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.app import running
from bot.channels.web.requests import MAX_UPLOAD
from tests.fakes.app_process import application
from tests.fakes.reader import reading, tag_jpeg
from tests.fakes.serving import ServingReader, settings_in
from tests.waiting import PATIENCE_S, until
from tests.web.client import Person
from tests.web.conftest import Newcomer

PHOTO = tag_jpeg()


async def answered(person: Person) -> list[dict[str, Any]]:
    """The log, once nothing is pending in it any more."""
    entries: list[dict[str, Any]] = []

    async def all_answered() -> bool:
        entries[:] = (await person.log())["entries"]
        return bool(entries) and not any(entry["pending"] for entry in entries)

    await until(all_answered)
    return entries


async def asked(person: Person) -> bool:
    return any(entry["pending"] for entry in (await person.log())["entries"])


async def test_the_whole_road(person: Person) -> None:
    read = await person.photo(PHOTO)
    assert [entry["author"] for entry in read.entries] == ["person", "bot"]
    assert read.last["code"] == "DD1391-100"
    assert read.last["image"]
    priced = await person.press(read.button("confirm"), read.last["id"])
    prices = next(entry for entry in read.bot + priced.bot if "118,900" in entry["text"])
    assert "SAMPLE" in prices["text"]
    links = [button["url"] for row in prices["rows"] for button in row if button["url"]]
    assert any("search.shopping.naver.com" in link for link in links)
    history = await person.text("/history")
    again = await person.press(history.button("open"), history.last["id"])
    assert again.last["code"] == "DD1391-100"


async def test_a_photo_that_is_sent_twice_is_answered_once(
    person: Person, reader: ServingReader
) -> None:
    first = await person.photo(PHOTO, "the-same-message")
    second = await person.photo(PHOTO, "the-same-message")
    assert len(reader.reads) == 1
    assert second.bot == first.bot
    assert len((await person.log())["entries"]) == 2


async def test_two_requests_for_the_same_message_follow_the_same_answer(
    person: Person, reader: ServingReader
) -> None:
    reader.may_read.clear()
    both = asyncio.gather(
        person.photo(PHOTO, "the-same-message"), person.photo(PHOTO, "the-same-message")
    )
    async with asyncio.timeout(PATIENCE_S):
        await reader.asked.wait()
    await asyncio.sleep(0.2)  # for the other request to arrive
    reader.may_read.set()
    first, second = await both
    assert len(reader.reads) == 1
    assert second.bot == first.bot != []


async def test_an_answer_is_kept_when_the_page_goes_away(
    person: Person, reader: ServingReader
) -> None:
    reader.may_read.clear()
    sending = asyncio.create_task(person.photo(PHOTO))
    async with asyncio.timeout(PATIENCE_S):
        await reader.asked.wait()
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    await asyncio.sleep(0.1)  # for the server to see it
    reader.may_read.set()
    entries = await answered(person)
    assert [entry["author"] for entry in entries] == ["person", "bot"]


async def test_a_turn_that_a_kill_cut_off_is_answered_by_the_next_process(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    given = {"web_port": 0, "database_url": settings.database_url}
    jar = aiohttp.CookieJar(unsafe=True)
    async with (
        aiohttp.ClientSession(cookie_jar=jar) as session,
        application({**given, "photo_dir": str(settings.photo_dir)}, stuck=True) as (url, process),
    ):
        person = Person(session, url)
        await person.log()
        sending = asyncio.create_task(person.photo(PHOTO))
        await until(partial(asked, person))
        async with running(settings, ServingReader().open) as second:
            person = Person(session, second)
            await asyncio.sleep(1)  # what a living process is at is left to it
            (entry,) = (await person.log())["entries"]
            assert entry["pending"]
            process.kill()
            entries = await answered(person)
        assert entries[1]["code"] == "DD1391-100"
        await asyncio.gather(sending, return_exceptions=True)


async def test_a_pressed_message_is_changed_in_place(person: Person) -> None:
    read = await person.photo(PHOTO)
    edit = await person.press(read.button("edit"), read.last["id"])
    char = await person.press(edit.button("char"), edit.last["id"])
    assert char.last["id"] == edit.last["id"]
    assert char.last["text"] != edit.last["text"]


async def test_a_reload_shows_the_conversation_again(person: Person) -> None:
    read = await person.photo(PHOTO)
    log = await person.log()
    assert [entry["id"] for entry in log["entries"]] == [entry["id"] for entry in read.entries]
    assert (await person.log(after=read.last["id"]))["entries"] == []
    for path in (read.last["image"], f"/chat/photo/{read.last['interaction']}"):
        async with person.session.get(person.url + path) as got:
            assert got.status == 200
            assert got.content_type == "image/jpeg"
            assert (await got.read())[:2] == b"\xff\xd8"


async def test_others_see_neither_entries_nor_pictures(newcomer: Newcomer) -> None:
    mine, other = await newcomer(), await newcomer()
    read = await mine.photo(PHOTO)
    assert (await other.log())["entries"] == []
    for path in (read.last["image"], f"/chat/photo/{read.last['interaction']}"):
        async with other.session.get(other.url + path) as got:
            assert got.status == 404
    stolen = await other.press(read.button("confirm"), read.last["id"])
    assert "118,900" not in str(stolen.lines)
    assert (await mine.log())["entries"][-1]["text"] == read.last["text"]


async def test_delete_drops_the_transcript_too(person: Person, tmp_path: Path) -> None:
    await person.photo(PHOTO)
    asked = await person.text("/delete")
    yes = next(
        button["data"]
        for row in asked.last["rows"]
        for button in row
        if button["data"].startswith("forget:0:yes")
    )
    gone = await person.press(yes, asked.last["id"])
    log = await person.log()
    assert [entry["id"] for entry in log["entries"]] == [gone.last["id"]]
    assert gone.lines[-1]["first"] == gone.last["id"]
    assert not list((tmp_path / "photos").rglob("*.jpg"))


async def test_the_chosen_language_is_told(person: Person) -> None:
    answer = await person.press("lang:0:ko", 0)
    assert answer.lines[-1]["language"] == "ko"
    assert "안녕" in (await person.text("/start")).last["text"]


async def chunks(size: int) -> AsyncIterator[bytes]:
    for _ in range(0, size, 65536):
        yield b"\0" * 65536


@pytest.mark.parametrize("declared", [True, False])
async def test_a_photo_over_20_mb_is_refused_with_a_sentence(
    person: Person, reader: ServingReader, declared: bool
) -> None:
    data: Any = io.BytesIO(b"\0" * (MAX_UPLOAD + 1)) if declared else chunks(MAX_UPLOAD + 70_000)
    answer = await person.post("/chat/photo", data, {"X-Message-Id": "large-photo"})
    assert answer.status == 413
    assert "20 MB" in answer.refusal["message"]
    assert reader.reads == []
    assert (await person.log())["entries"] == []


async def test_what_is_no_photo_gets_a_sentence(person: Person, reader: ServingReader) -> None:
    assert (await person.photo(b"")).status == 400
    reader.default = reading()  # nothing found
    assert (await person.photo(PHOTO)).last["text"]


@pytest.mark.parametrize(
    ("path", "payload"),
    [
        ("/chat/text", {"id": "short", "text": "DD1391-100"}),
        ("/chat/text", {"id": "long-enough-1"}),
        ("/chat/text", {"id": "long-enough-1", "text": "  "}),
        ("/chat/text", ["no", "object"]),
        ("/chat/press", {"id": "long-enough-1", "data": 7}),
        ("/chat/press", {"id": "long-enough-1", "data": "confirm:1", "message": "x"}),
        ("/chat/press", {"id": "long-enough-1", "data": "confirm:1:" + "9" * 60}),
    ],
)
async def test_malformed_requests_are_refused(person: Person, path: str, payload: object) -> None:
    answer = await person.json(path, payload)
    assert answer.status == 400
    assert answer.refusal["message"]


async def test_typed_words_around_codes(person: Person) -> None:
    priced = await person.text("나이키 덩크 DD1391-100 270 얼마예요?")
    assert priced.last["code"] == "DD1391-100"
    several = await person.text("DD1391-100 그리고 B75806")
    assert [button["label"] for row in several.last["rows"] for button in row] == [
        "DD1391-100",
        "B75806",
    ]
    each = await person.press(several.button("each"), several.last["id"])
    assert each.last["code"] == "DD1391-100"
    watched = await person.text("/watch DD1391-100 270 10만원")
    assert "100,000" in watched.last["text"]


async def test_long_texts_are_refused(person: Person) -> None:
    assert (await person.text("x" * 4001)).status == 413


@pytest.mark.parametrize("data", ["nonsense", "fly:1", "confirm:999999", "set:1:zz"])
async def test_a_senseless_button_gets_an_answer(person: Person, data: str) -> None:
    answer = await person.press(data, 0)
    assert answer.lines[-1]["type"] == "end"
    assert len(answer.lines) > 2


async def test_a_file_can_be_fetched_again_by_its_owner(newcomer: Newcomer) -> None:
    mine, other = await newcomer(), await newcomer()
    await mine.text("DD1391-100")
    history = await mine.text("/history")
    answer = await mine.press(history.button("export"), history.last["id"])
    entry = next(entry for entry in answer.bot if entry["file"])
    assert entry["file"]["name"].endswith(".csv")
    for _ in range(2):  # also after a reload
        async with mine.session.get(mine.url + entry["file"]["url"]) as got:
            assert got.status == 200
            assert got.headers["Content-Disposition"].startswith("attachment")
            assert got.content_type == "application/octet-stream"
            assert b"DD1391-100" in await got.read()
    async with other.session.get(other.url + entry["file"]["url"]) as got:
        assert got.status == 404
