"""Answers that take longer than Kakao waits, deliveries that come twice, processes that die."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from benchmarks.stand_ins.kakao.platform import CALLBACK_S, LIMIT_S, Seen, Talker
from bot.channels.kakao import request, said
from bot.channels.kakao.turns import Timing
from storage.store import Store
from storage.tables.channels.kakao import KakaoTable
from storage.types import Lease, Who
from tests.fakes.reader import reading, tag_jpeg
from tests.kakao.bench import QUICK, Bench
from tests.waiting import PATIENCE_S, until


@pytest.fixture
async def gate(bench: Bench) -> AsyncIterator[asyncio.Event]:
    """Holds every reading until it is set."""
    bench.reader.gate = asyncio.Event()
    yield bench.reader.gate
    bench.reader.gate.set()


async def ready(person: Talker, seen: Seen) -> Seen:
    """What was asked for at once, also where a busy machine took its time."""
    return await person.result(seen) if "아직" in seen.text else seen


async def all_shown(store: Store) -> bool:
    """Whether the person has every answer, by what we noted."""
    return not await store.kakao.unseen(Who("kakao", "u1"))


async def test_a_fast_reader_answers_at_once(bench: Bench) -> None:
    async with bench.bot() as skill:
        seen = await bench.person(skill).send(tag_jpeg())
        assert "DD1391-100" in seen.text
        assert not seen.has("결과 보기")


def test_even_an_apology_comes_while_kakao_waits() -> None:
    timing = Timing()
    assert timing.deadline_s + timing.grace_s < LIMIT_S
    assert timing.callback_s < timing.callback_until_s < CALLBACK_S


async def test_without_callbacks_the_answer_waits_behind_the_button(
    bench: Bench, gate: asyncio.Event
) -> None:
    async with bench.bot(QUICK) as skill:
        minji = bench.person(skill)
        seen = await minji.send(tag_jpeg())
        assert "아직 읽는 중이에요" in seen.text
        again = await minji.press(seen, "결과 보기")
        assert "아직 읽는 중이에요" in again.text
        gate.set()
        done = await minji.result(again)
        assert "DD1391-100" in done.text
        same = await ready(minji, await minji.say("결과 보기"))
        assert same.body == done.body  # nothing newer: the same again
    assert len(bench.reader.reads) == 1


async def test_the_button_need_not_be_pressed_at_once(bench: Bench, gate: asyncio.Event) -> None:
    async with bench.bot(QUICK) as skill:
        minji = bench.person(skill)
        await minji.send(tag_jpeg())
        other = bench.person(skill, "u2")
        seen = await ready(other, await other.say("도움말"))
        assert "이렇게 써 보세요" in seen.text  # people do not wait
        gate.set()
        seen = await minji.say("도움말")
        assert "DD1391-100" in (await minji.result(seen)).text


async def test_with_callbacks_the_answer_comes_by_itself_once(
    bench: Bench, gate: asyncio.Event
) -> None:
    callback = bench.kakao.callback()
    async with bench.bot(QUICK) as skill, bench.bot() as patient:
        minji = bench.person(skill)
        seen = await minji.send(tag_jpeg(), callbackUrl=callback.url)
        assert seen.later
        assert "다 읽으면" in seen.body["data"]["text"]
        gate.set()
        await asyncio.wait_for(callback.arrived.wait(), PATIENCE_S)
        assert "DD1391-100" in str(callback.answers[0])
        async with bench.store() as store:
            await until(lambda: all_shown(store))
        help_text = await bench.person(patient).say("도움말")
        assert not help_text.has("결과 보기")  # it was shown
    assert (len(callback.answers), callback.refused) == (1, 0)


async def test_shortly_before_a_minute_the_callback_offers_the_button(
    bench: Bench, gate: asyncio.Event
) -> None:
    callback = bench.kakao.callback()
    async with bench.bot(replace(QUICK, callback_s=1.0)) as skill:
        minji = bench.person(skill)
        await minji.send(tag_jpeg(), callbackUrl=callback.url)
        await asyncio.wait_for(callback.arrived.wait(), PATIENCE_S)
        labels = [r["label"] for r in callback.answers[0]["template"]["quickReplies"]]
        assert labels == ["결과 보기"]
        gate.set()
        again = await minji.say("결과 보기")
        done = await ready(minji, again)
        assert "DD1391-100" in done.text
    assert (len(callback.answers), callback.refused) == (1, 0)


@pytest.mark.parametrize("trouble", ["dead", "refused", "foreign"])
async def test_what_the_callback_does_not_take_waits(
    bench: Bench, gate: asyncio.Event, trouble: str
) -> None:
    callback = bench.kakao.callback()
    url = {"dead": "http://127.0.0.1:9/callback", "foreign": "https://kakao.com.evil.example/c"}
    if trouble == "refused":
        bench.kakao.callback_status = "FAIL"
    async with bench.bot(QUICK) as skill:
        minji = bench.person(skill)
        seen = await minji.send(tag_jpeg(), callbackUrl=url.get(trouble, callback.url))
        assert seen.later is (trouble != "foreign")
        gate.set()
        if trouble == "refused":
            await asyncio.wait_for(callback.arrived.wait(), PATIENCE_S)
        again = await minji.say("결과 보기")
        done = await ready(minji, again)
        assert "DD1391-100" in done.text
    assert len(callback.answers) == (trouble == "refused")


async def test_a_request_delivered_twice_is_answered_once(bench: Bench) -> None:
    async with bench.bot() as skill:
        minji = bench.person(skill)
        photo = minji.payload(bench.kakao.upload(tag_jpeg()))
        text = minji.payload("DD1391-100")
        for payload in (photo, text):
            both = await asyncio.gather(minji.post(payload), minji.post(payload))
            third = await minji.post(payload)
            assert both[0].body == both[1].body == third.body
        async with bench.store() as store:
            rows = [await store.interactions.get(number) for number in (1, 2, 3)]
            assert [row is not None for row in rows] == [True, False, False]  # typed for the photo
    assert len(bench.reader.reads) == 1


async def test_duplicates_in_two_processes_are_one(bench: Bench, gate: asyncio.Event) -> None:
    async with bench.bot() as one, bench.bot() as two:
        minji, same = bench.person(one), bench.person(two)
        payload = minji.payload(bench.kakao.upload(tag_jpeg()))
        asking = asyncio.gather(minji.post(payload), same.post(payload))
        await until(lambda: bench.reader.reads)
        gate.set()
        first, second = await asking
        assert first.body == second.body
    assert len(bench.reader.reads) == 1


async def test_another_process_hands_the_answer_out(bench: Bench, gate: asyncio.Event) -> None:
    async with bench.bot(QUICK) as one, bench.bot(QUICK) as two:
        seen = await bench.person(one).send(tag_jpeg())
        gate.set()
        assert "DD1391-100" in (await bench.person(two).result(seen)).text
    assert len(bench.reader.reads) == 1


async def test_a_finished_answer_outlives_the_process(bench: Bench, gate: asyncio.Event) -> None:
    async with bench.bot(replace(QUICK, stop_s=PATIENCE_S)) as skill:
        seen = await bench.person(skill).send(tag_jpeg())
        gate.set()
    async with bench.bot(QUICK) as skill:
        assert "DD1391-100" in (await bench.person(skill).result(seen)).text
    assert len(bench.reader.reads) == 1


async def test_an_unfinished_answer_is_made_by_the_next_process(
    bench: Bench, gate: asyncio.Event
) -> None:
    async with bench.bot(QUICK) as skill:
        seen = await bench.person(skill).send(tag_jpeg())
        await until(lambda: bench.reader.reads)
    bench.kakao.pictures.clear()  # the link has expired meanwhile
    gate.set()
    async with bench.bot() as skill:
        assert "DD1391-100" in (await bench.person(skill).result(seen)).text
    assert len(bench.kakao.fetched) == 1


async def test_a_slow_picture_is_fetched_in_the_background(bench: Bench) -> None:
    bench.kakao.may_send.clear()
    async with bench.bot(QUICK) as skill:
        minji = bench.person(skill)
        seen = await minji.send(tag_jpeg())
        assert "아직 읽는 중" in seen.text
        bench.kakao.may_send.set()
        assert "DD1391-100" in (await minji.result(seen)).text


async def test_the_same_words_after_something_else_are_a_new_request(bench: Bench) -> None:
    async with bench.bot() as skill:
        minji = bench.person(skill)
        for words in ("DD1391-100", "DD1391-108", "DD1391-100"):
            await minji.say(words)
        assert bench.prices.calls == ["DD1391-100", "DD1391-108", "DD1391-100"]


async def test_a_turn_of_a_process_that_was_killed_is_taken_over(bench: Bench) -> None:
    url = bench.kakao.upload(tag_jpeg())
    minji = bench.person("")
    async with bench.store() as store:  # an hour ago another process took it, and is no more
        kakao = KakaoTable(
            store.database, store.photos, lambda: datetime.now(UTC) - timedelta(hours=1)
        )
        asked = request.asked(json.dumps(minji.payload(url)).encode(), lambda _: True)
        meant = said.said(asked, (), lambda _: True)
        length = timedelta(minutes=5)
        turn = await kakao.open(Who("kakao", "u1"), meant.fingerprint, meant.dump(), length)
        assert await kakao.claim(turn.id, Lease(length)) == 1
        assert await kakao.claim(turn.id, Lease(length)) == 0
    async with bench.bot() as skill:
        assert "DD1391-100" in (await bench.person(skill).say("결과 보기")).text


async def test_a_callback_delivered_twice_is_used_once(bench: Bench, gate: asyncio.Event) -> None:
    callback = bench.kakao.callback()
    async with bench.bot(QUICK) as skill:
        minji = bench.person(skill)
        payload = minji.payload(bench.kakao.upload(tag_jpeg()), callbackUrl=callback.url)
        both = await asyncio.gather(minji.post(payload), minji.post(payload))
        assert all(seen.later for seen in both)
        gate.set()
        await asyncio.wait_for(callback.arrived.wait(), PATIENCE_S)
        await asyncio.sleep(0.3)
    assert (len(callback.answers), callback.refused) == (1, 0)


async def test_words_whose_answer_nobody_saw_are_the_same_request_for_longer(bench: Bench) -> None:
    ago = iter((timedelta(seconds=40), timedelta(seconds=20), *[timedelta()] * 3))
    async with bench.store() as store:
        kakao = KakaoTable(store.database, store.photos, lambda: datetime.now(UTC) - next(ago))
        asked = Who("kakao", "u1"), "a", "{}", timedelta(seconds=5), timedelta(seconds=60)
        lost = await kakao.open(*asked)
        assert (await kakao.open(*asked)).id == lost.id
        await kakao.show(lost.id)
        assert (await kakao.open(*asked)).id != lost.id


async def test_what_dies_twice_while_it_is_read_alone_is_given_up(bench: Bench) -> None:
    hours = (datetime.now(UTC) - timedelta(hours=ago) for ago in range(999, 0, -1))
    async with bench.store() as store:
        kakao = KakaoTable(store.database, store.photos, lambda: next(hours))
        meant = said.Said("text", "DD1391-100")
        for user, alone in (("u1", 0), ("u2", 2)):
            asked = meant.fingerprint, meant.dump(), timedelta()
            turn = await kakao.open(Who("kakao", user), *asked)
            for death in range(4):
                assert await kakao.claim(turn.id, Lease(timedelta(minutes=5)))
                if death < alone:
                    await kakao.note_alone(turn.id)
    async with bench.bot() as skill:
        assert "129,000" in (await bench.person(skill, "u1").say("결과 보기")).text
        assert "죄송해요" in (await bench.person(skill, "u2").say("결과 보기")).text


async def test_old_answers_are_swept_with_their_pictures(bench: Bench) -> None:
    async with bench.bot() as skill:
        await bench.person(skill).send(tag_jpeg())
    async with bench.store() as store:
        assert await store.kakao.file(2) is not None  # 1 was the upload, dropped by now
        assert await store.kakao.sweep(datetime.now(UTC) - timedelta(minutes=1)) == 0
        assert await store.kakao.sweep(datetime.now(UTC)) == 1
        assert await store.kakao.file(2) is None
        assert await store.kakao.get(1) is None


async def test_a_waiting_answer_can_be_fetched_from_a_full_page(bench: Bench) -> None:
    bench.reader.default = reading(*(f"DD1391-10{n}" for n in range(5)), confidence=0.5)
    async with bench.bot() as skill:
        minji = bench.person(skill)
        seen = await minji.send(tag_jpeg())
        seen = await minji.press(seen, "고치기")
        assert len(seen.replies) == 10
        async with bench.store() as store:
            who = Who("kakao", minji.user)
            waiting = await store.kakao.open(who, "x", "", timedelta(0))
            body = '[{"outputs":[{"simpleText":{"text":"it waited"}}]}]'
            await store.kakao.finish(waiting.id, body)
        seen = await minji.press(seen, "고치기" if seen.has("고치기") else "더 보기")
        assert len(seen.replies) <= 10
        assert "it waited" in (await minji.press(seen, "결과 보기")).text


async def test_a_removed_code_is_in_no_kept_answer(bench: Bench) -> None:
    async with bench.bot() as skill:
        minji = bench.person(skill)
        await minji.say("DD1391-100")
        seen = await minji.say("기록")
        async with bench.store() as store:
            assert await store.people.forget_code(Who("kakao", minji.user), "dd1391 100") == 1
            first = await store.kakao.get(1)
            assert first is None
            assert await store.kakao.get(2) is None
        assert "DD1391" in seen.text  # what the chat shows is the messenger's
        assert "기다리는 결과가 없어요" in (await minji.say("결과 보기")).text
