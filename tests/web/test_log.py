"""The log in pages, the pictures' sizes, the line that is mended, and albums: the API."""

from __future__ import annotations

import asyncio
import io
from dataclasses import replace

from PIL import Image

from recognizer.errors import NotAPicture
from tests.fakes.reader import reading, tag_jpeg
from tests.fakes.serving import ServingReader
from tests.web.client import Answer, Person, fresh_id
from tests.web.conftest import Newcomer


async def album(person: Person, turns: list[str], name: str = "") -> Answer:
    return await person.json("/chat/album", {"id": name or fresh_id(), "turns": turns})


async def test_a_long_log_comes_in_pages(person: Person) -> None:
    for number in range(50):
        await person.text(f"no code {number}")
    newest = await person.log()
    assert 20 <= len(newest["entries"]) < 60
    assert newest["more"] is True
    seen = newest["entries"]
    while newest["more"]:
        address = f"{person.url}/chat/log?before={seen[0]['id']}"
        async with person.session.get(address, headers=person.headers) as got:
            newest = await got.json()
        assert newest["entries"][-1]["id"] < seen[0]["id"]
        seen = newest["entries"] + seen
    assert [entry["text"] for entry in seen if entry["author"] == "person"] == [
        f"no code {number}" for number in range(50)
    ]
    assert seen[0]["id"] == newest["first"]
    after = await person.log(after=seen[9]["id"])  # what a page has missed comes whole
    assert [entry["id"] for entry in after["entries"]] == [entry["id"] for entry in seen[10:]]
    async with person.session.get(f"{person.url}/chat/log?before=x") as got:
        assert got.status == 400


async def test_pictures_say_how_large_they_are(person: Person) -> None:
    answer = await person.photo(tag_jpeg())
    async with person.session.get(person.url + answer.last["image"]) as got:
        picture = Image.open(io.BytesIO(await got.read()))
    assert answer.last["size"] == list(picture.size)
    confirmed = await person.press(answer.button("confirm"), answer.last["id"])
    assert confirmed.bot[0]["id"] == answer.last["id"]
    assert confirmed.bot[0]["size"] == list(picture.size)  # the picture is kept, its size too
    assert (await person.text("help")).last["size"] is None


async def test_who_mends_a_code_sees_its_line(person: Person, newcomer: Newcomer) -> None:
    answer = await person.photo(tag_jpeg())
    assert answer.last["correcting"] is False
    editor = await person.press(answer.button("edit"), answer.last["id"])
    assert editor.last["correcting"] is True
    address = f"/chat/strip/{editor.last['interaction']}"
    async with person.session.get(person.url + address) as got:
        assert (got.status, got.content_type) == (200, "image/jpeg")
        line = Image.open(io.BytesIO(await got.read()))
    assert 4 < line.width / line.height < 6  # the quad is 240 to 40, and a margin
    assert line.convert("L").getextrema()[0] < 80  # type: ignore[operator]
    stranger = await newcomer()
    for person_, path in ((stranger, address), (person, "/chat/strip/999")):
        async with person_.session.get(person_.url + path) as got:
            assert got.status == 404


async def test_an_album_ends_with_one_summary(person: Person, reader: ServingReader) -> None:
    reader.answers = {b"nothing": reading(), b"broken": NotAPicture()}
    turns = [fresh_id() for _ in range(4)]
    for turn, data in zip(
        turns, (tag_jpeg(), b"nothing", b"broken", tag_jpeg("FU9006")), strict=True
    ):
        await person.photo(data, turn)
    name = fresh_id()
    told = await album(person, turns, name)
    assert [entry["text"] for entry in told.bot] == ["4 photos: 2 codes, 2 without"]
    again = await album(person, turns, name)
    assert again.bot == told.bot
    assert sum("photos:" in entry.get("text", "") for entry in (await person.log())["entries"]) == 1


async def test_an_album_of_which_one_photo_came_needs_no_summary(person: Person) -> None:
    turns = [fresh_id(), fresh_id()]
    await person.photo(tag_jpeg(), turns[0])
    assert (await album(person, turns)).bot == []


async def test_an_album_is_two_to_ten_turns(person: Person) -> None:
    for turns in ([], ["only-one1"], [fresh_id() for _ in range(11)], [1, 2], "text", ["x", "y"]):
        refused = await person.json("/chat/album", {"id": fresh_id(), "turns": turns})
        assert refused.status == 400


async def test_the_summary_waits_for_the_photos(person: Person, reader: ServingReader) -> None:
    reader.default = replace(reading("FU9006"))
    reader.may_read.clear()
    turns = [fresh_id(), fresh_id()]
    photos = [asyncio.create_task(person.photo(tag_jpeg(), turn)) for turn in turns]
    await reader.asked.wait()
    summary = asyncio.create_task(album(person, turns))
    done, _ = await asyncio.wait([summary], timeout=0.5)
    assert not done
    reader.may_read.set()
    await asyncio.gather(*photos)
    assert [entry["text"] for entry in (await summary).bot] == ["2 photos: 2 codes"]
