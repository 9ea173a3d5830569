"""Albums: each photo answered, and one summary, whatever happens in between."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from benchmarks.stand_ins.telegram.chats import Shown
from benchmarks.stand_ins.telegram.people import Person
from benchmarks.stand_ins.telegram.server import TelegramServer
from tests.fakes.reader import reading, tag_jpeg
from tests.telegram.bench import QUICK, Bench, settled

# A busy machine reads an album's caption some time after its first photo.
CALM = replace(QUICK, quiet_s=3.0)
FIRST, SECOND, NOTHING = tag_jpeg(), tag_jpeg("CW2288-111"), tag_jpeg("no code")


def prepare(bench: Bench) -> None:
    bench.reader.answers[SECOND] = reading("CW2288-111")
    bench.reader.answers[NOTHING] = reading()


def summaries(seen: list[Shown]) -> list[Shown]:
    return [m for m in seen if m.text.startswith("사진 ") or " photos:" in m.text]


async def test_each_photo_is_answered_and_one_summary_follows(bench: Bench, minji: Person) -> None:
    prepare(bench)
    async with bench.bot():
        sent = await minji.send_album([FIRST, SECOND, NOTHING])
        await minji.until(lambda seen: any("3장" in m.text for m in summaries(seen)))
        await asyncio.sleep(0.6)
    seen = minji.sees()
    (summary,) = summaries(seen)
    seen.remove(summary)
    assert summary.text == "사진 3장을 봤어요: 품번 2개, 못 찾은 사진 1장"
    assert summary.reply_to == sent[0].id
    assert [m.reply_to for m in seen] == [m.id for m in sent]
    assert [m.codes for m in seen[:2]] == [["DD1391-100"], ["CW2288-111"]]


async def test_the_summary_speaks_the_chosen_language(bench: Bench, minji: Person) -> None:
    async with bench.bot():
        await minji.send_text("/language en")
        await minji.until(lambda seen: len(seen) >= 1)
        await minji.send_album([FIRST, FIRST])
        wanted = "2 photos: 2 codes"
        seen = await minji.until(lambda seen: any(m.text == wanted for m in summaries(seen)))
    assert "Reading…" in seen[1].past


async def test_a_restart_between_the_photos_gives_one_summary(bench: Bench, minji: Person) -> None:
    prepare(bench)
    async with bench.bot():
        (first,) = await minji.send_album([FIRST])
        await minji.answered(1)
        await minji.send_album([NOTHING])
        await minji.until(lambda seen: len(seen) >= 2)
    async with bench.bot():
        seen = await minji.until(summaries)
        await asyncio.sleep(0.6)
    async with bench.bot() as store:
        await asyncio.sleep(0.6)
        await settled(store.inbox)
    assert len(summaries(minji.sees())) == 1 == len(summaries(seen))
    assert summaries(seen)[0].reply_to == first.id


async def test_a_late_photo_changes_the_summary(bench: Bench, minji: Person) -> None:
    async with bench.bot():
        await minji.send_album([FIRST, FIRST])
        await minji.until(summaries)
        await minji.send_album([FIRST])
        await minji.until(lambda seen: summaries(seen)[0].text.startswith("사진 3장"))
    (summary,) = summaries(minji.sees())
    assert len(summary.past) == 1


async def test_an_album_delivered_again_is_summed_up_once(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    async with bench.bot() as store:
        await minji.send_album([FIRST, FIRST])
        await minji.until(summaries)
        for number in (5001, 5002):
            server.calls.clear()
            again = {"update_id": number, "message": server.chats.json(server.chats.of(1001)[0])}
            await server.redeliver(again)
        await minji.send_text("/help")
        await minji.until(lambda seen: len(seen) >= 4)
        await asyncio.sleep(0.6)
        await settled(store.inbox)
    assert len(summaries(minji.sees())) == 1


async def test_one_photo_alone_and_two_albums_at_once(bench: Bench, minji: Person) -> None:
    async with bench.bot():
        await minji.send_album([FIRST], name="lonely")
        await minji.send_album([FIRST, FIRST], name="B")
        await minji.send_album([FIRST, FIRST, FIRST], name="C")
        wanted = ["사진 2장", "사진 3장"]
        await minji.until(lambda seen: sorted(m.text[:5] for m in summaries(seen)) == wanted)
        await asyncio.sleep(0.6)
    assert sorted(m.text[:5] for m in summaries(minji.sees())) == wanted


async def test_a_groups_album_is_read_whole_where_one_caption_names_the_bot(
    bench: Bench, server: TelegramServer
) -> None:
    group = Person(server, 1003, "ko", group=-500)
    async with bench.bot(timing=CALM) as store:
        await group.send_album([FIRST, FIRST, FIRST], ["", "@pumbeon_bot", ""], name="ours")
        seen = await group.until(lambda seen: any("3장" in m.text for m in summaries(seen)))
        count = len(seen)
        await group.send_album([FIRST, FIRST], ["우리 신발"], name="theirs")
        await group.send_text("/help")
        await group.until(lambda seen: len(seen) >= count + 1)
        await settled(store.inbox)
        assert len(group.sees()) == count + 1
