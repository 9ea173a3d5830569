"""Edited messages: the earlier answer is edited, never a second one made."""

from __future__ import annotations

import asyncio

from benchmarks.stand_ins.telegram.people import Person
from benchmarks.stand_ins.telegram.server import TelegramServer
from storage.types import Who
from tests.fakes.reader import reading, tag_jpeg
from tests.telegram.bench import Bench, settled

PHOTO, OTHER = tag_jpeg(), tag_jpeg("CW2288-111")


async def test_an_edited_code_edits_the_answer(bench: Bench, minji: Person) -> None:
    bench.prices.set_prices("CW2288-111", 99_000)
    async with bench.bot() as store:
        typed = await minji.send_text("DD1391-100")
        (answer,) = await minji.until(lambda seen: len(seen) >= 1)
        await minji.edit(typed, "CW2288-111")
        await minji.until(lambda _: answer.codes == ["CW2288-111"])
        row = await store.interactions.latest(Who("telegram", "1001"))
        assert row is not None and (row.id, row.code) == (1, "CW2288-111")
    assert "99,000" in answer.text and minji.sees() == [answer]


async def test_an_edit_that_changes_nothing_or_comes_twice_does_nothing(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    async with bench.bot():
        typed = await minji.send_text("DD1391-100")
        (answer,) = await minji.until(lambda seen: len(seen) >= 1)
        await minji.edit(typed)
        await minji.edit(typed, "CW2288-111")
        await minji.until(lambda _: answer.codes == ["CW2288-111"])
        await server.redeliver({"update_id": 5003, "edited_message": server.chats.json(typed)})
        await minji.send_text("/help")
        await minji.until(lambda seen: len(seen) >= 2)
    assert len(answer.past) == 1


async def test_an_exchanged_photo_is_read_again_in_place(bench: Bench, minji: Person) -> None:
    bench.reader.answers[OTHER] = reading("CW2288-111", jpeg=OTHER)
    async with bench.bot():
        sent = await minji.send_photo(PHOTO)
        (answer,) = await minji.answered()
        await minji.edit(sent, **minji.photo(OTHER))
        await minji.until(lambda _: answer.codes == ["CW2288-111"])
    assert bench.reader.reads == [PHOTO, OTHER] and minji.sees() == [answer]


async def test_an_edited_caption_with_a_code_settles_the_photo(bench: Bench, minji: Person) -> None:
    async with bench.bot() as store:
        sent = await minji.send_photo(PHOTO, "신발")
        (answer,) = await minji.answered()
        await minji.edit(sent, caption="내 신발")
        await minji.edit(sent, caption="CW2288-111")
        await minji.until(lambda _: answer.codes == ["CW2288-111"])
        row = await store.interactions.get(1)
    assert row is not None and row.code == "CW2288-111"
    assert len(bench.reader.reads) == 1 and answer in minji.sees()


async def test_the_answer_that_is_gone_is_sent_anew(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    async with bench.bot():
        typed = await minji.send_text("DD1391-100")
        (answer,) = await minji.until(lambda seen: len(seen) >= 1)
        server.chats.messages[answer.id].deleted = True
        await minji.edit(typed, "CW2288-111")
        (again,) = await minji.until(lambda seen: len(seen) >= 1)
    assert again.codes == ["CW2288-111"] and again.reply_to == typed.id


async def test_an_edit_after_a_restart_still_finds_its_answer(bench: Bench, minji: Person) -> None:
    async with bench.bot() as store:
        typed = await minji.send_text("DD1391-100")
        (answer,) = await minji.until(lambda seen: len(seen) >= 1)
        await settled(store.inbox)
    async with bench.bot():
        await minji.edit(typed, "CW2288-111")
        await minji.until(lambda _: answer.codes == ["CW2288-111"])
    assert minji.sees() == [answer]


async def test_an_edit_that_names_the_bot_only_now_is_answered(
    bench: Bench, server: TelegramServer
) -> None:
    group = Person(server, 1003, "ko", group=-500)
    async with bench.bot():
        said = await group.send_text("DD1391-100")
        await asyncio.sleep(0.2)
        assert not group.sees()
        await group.edit(said, "@pumbeon_bot DD1391-100")
        (answer,) = await group.until(lambda seen: len(seen) >= 1)
    assert answer.codes == ["DD1391-100"]


async def test_other_edits_are_no_news(bench: Bench, minji: Person) -> None:
    async with bench.bot() as store:
        spot = await minji.send(location={"latitude": 1.0, "longitude": 2.0})
        await minji.until(lambda seen: len(seen) >= 1)
        await minji.edit(spot, location={"latitude": 1.5, "longitude": 2.0})
        await minji.send_text("/help")
        await minji.until(lambda seen: len(seen) >= 2)
        await settled(store.inbox)
    assert len(minji.sees()) == 2


async def test_a_text_under_an_own_photo_is_about_that_photo(bench: Bench, minji: Person) -> None:
    async with bench.bot() as store:
        photos = [await minji.send_photo(PHOTO) for _ in range(2)]
        await minji.answered(2)
        await minji.send_text("CW2288-111", reply_to=photos[0].id)
        await minji.until(lambda seen: any(m.codes == ["CW2288-111"] for m in seen))
        rows = [await store.interactions.get(number) for number in (1, 2)]
    assert [row and row.code for row in rows] == ["CW2288-111", None]
