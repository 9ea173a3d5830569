"""Watches over the real tables: set, listed, checked, told once; also by several processes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.running.schedule import PeriodicJob, Schedule
from bot.talk.buttons import parse
from bot.talk.conversation import Conversation
from bot.talk.desk import Memory
from bot.talk.errors import DeliveryError, PersonGone
from bot.talk.types import CommandSent, Event, TextSent
from bot.talk.watches.watchman import AT_ONCE, Watchman
from lookup.types import SourceState
from storage.store import Store
from storage.tables.watches import WatchTable
from storage.types import Who
from tests.bot.room import NOON
from tests.fakes.outbox import CheckedPrices, FakeOutbox
from tests.fakes.prices import quote
from tests.fakes.reader import FakeReader
from tests.fakes.replies import RecordingReplies
from tests.waiting import until

CODE = "DD1391-100"
ANN, MINSU, JIWOO = Who("web", "ann", "en"), Who("telegram", "77", "ko"), Who("kakao", "u", "ko")
EVERY = timedelta(hours=6)


class House:
    """A conversation, a store and watchmen."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = NOON
        self.prices = CheckedPrices()
        self.prices.set_prices(CODE, 129_000)
        self.outbox = FakeOutbox()
        self.events = 0
        memory = Memory(
            watches=store.watches, told=store.told, pushing=frozenset({"web", "telegram"})
        )
        tables = store.interactions, store.people, store.photos
        self.conversation = Conversation(
            FakeReader(), self.prices, *tables, self.clock, memory=memory
        )
        self.watchman = self.another()

    def clock(self) -> datetime:
        return self.now

    def another(self) -> Watchman:
        boxes = {"web": self.outbox, "telegram": self.outbox}
        rows = WatchTable(self.store.database, self.clock)
        return Watchman(rows, self.prices, self.store.people, boxes, EVERY, self.clock)

    async def handle(self, event: Event, who: Who = MINSU) -> RecordingReplies:
        replies = RecordingReplies()
        await self.conversation.handle(who, event, replies)
        return replies

    async def command(self, name: str, argument: str = "", who: Who = MINSU) -> RecordingReplies:
        self.events += 1
        return await self.handle(CommandSent(f"c{self.events}", name, argument), who)

    async def press(self, data: str, who: Who = MINSU, key: str = "") -> RecordingReplies:
        self.events += 1
        return await self.handle(parse(key or f"p{self.events}", data), who)

    async def later(self, price: int | None = None) -> list[str]:
        """The texts that the next check sends."""
        if price is not None:
            self.prices.set_prices(CODE, price)
        before = len(self.outbox.sent)
        self.now += 2 * EVERY
        await self.watchman.look()
        return [reply.text for _, reply in self.outbox.sent[before:]]


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/p.db", tmp_path / "photos")
    yield House(store)
    await store.close()


async def test_one_message_when_the_price_falls_below(house: House) -> None:
    said = await house.command("watch", f"{CODE} 100,000원")
    assert "100,000원보다 내려가면" in said.text
    assert await house.later(100_000) == []
    (text,) = await house.later(95_000)
    assert "95,000원까지 내려갔어요" in text
    assert await house.later(95_000) == []  # told already
    assert await house.later(94_500) == []  # too little less
    assert len(await house.later(90_000)) == 1
    assert await house.later(120_000) == []
    assert await house.later(92_000) == []


async def test_any_fall_counts_from_where_it_began(house: House) -> None:
    assert "지금 129,000원에서" in (await house.command("watch", CODE)).text
    assert await house.later(128_500) == []
    (text,) = await house.later(119_000)
    assert "129,000원보다 10,000원 내렸어요" in text
    who, reply = house.outbox.sent[0]
    assert who == MINSU
    off = next(c.data for row in reply.rows for c in row if c.data.startswith("unwatch:"))
    assert "지켜보는 품번이 없어요" in (await house.press(off)).text
    assert await house.later(1_000) == []
    assert house.prices.checks.count(CODE) == 2  # what is not watched is not asked for


async def test_a_price_that_is_low_already_is_said_at_once(house: House) -> None:
    said = await house.command("watch", f"{CODE} 15만")
    assert "지금 벌써 129,000원" in said.text
    assert await house.later() == []
    assert len(await house.later(120_000)) == 1


async def test_several_processes_tell_once(house: House) -> None:
    for number in range(8):
        await house.command("watch", CODE, Who("telegram", str(number), "ko"))
    house.prices.set_prices(CODE, 99_000)
    house.now += 2 * EVERY
    men = [house.watchman, *(house.another() for _ in range(4))]
    await asyncio.gather(*(man.look() for man in men))
    assert sorted(who.user for who, _ in house.outbox.sent) == [str(n) for n in range(8)]
    assert house.prices.checks.count(CODE) <= 5  # one question for all of a process's watches


async def test_what_could_not_be_sent_is_tried_again_or_told_at_the_next_visit(
    house: House,
) -> None:
    await house.command("watch", CODE)
    house.outbox.errors = [DeliveryError("out of reach")]
    assert await house.later(99_000) == []
    assert len(await house.later()) == 1
    house.outbox.errors = [PersonGone("blocked")]
    assert await house.later(80_000) == []
    visit = TextSent("visit", "hello")
    for _ in range(2):  # the same event twice is answered the same
        assert "80,000원까지 내려갔어요" in (await house.handle(visit)).sent[-1].text
    assert "80,000원" not in (await house.command("help")).text


async def test_kakaotalk_hears_at_the_next_visit(house: House) -> None:
    assert "다음에 오셨을 때" in (await house.command("watch", CODE, JIWOO)).text
    assert await house.later(99_000) == []
    assert "99,000원까지" in (await house.command("help", who=JIWOO)).sent[-1].text
    assert len((await house.command("help", who=JIWOO)).sent) == 1


async def test_the_bell_toggles_once_for_each_event(house: House) -> None:
    answer = await house.handle(TextSent("t", CODE))
    bell = answer.data("bell")
    on = await house.press(bell, key="first")
    assert "🔔" in on.text
    assert "🔔" in (await house.press(bell, key="first")).text
    off = await house.press(bell, key="second")
    assert "껐어요" in off.text
    assert "껐어요" in (await house.press(bell, key="first")).text  # an old one comes again
    assert await house.store.watches.of(MINSU) == ()


async def test_lists_and_limits(house: House) -> None:
    for number in range(20):
        await house.command("watch", f"DD13{number:02}-100", ANN)
    full = await house.command("watch", CODE, ANN)
    assert "up to 20 codes" in full.text
    listed = await house.press(full.data("unwatch"), ANN)
    assert "You watch 20 codes" in listed.text
    first = listed.data("unwatch")
    other = await house.press(first, MINSU)
    assert "쓸 수 없는 버튼" in other.text  # another person's
    assert "You watch 19 codes" in (await house.press(first, ANN)).text
    assert "DD1391-100" in (await house.command("watch", CODE, ANN)).text
    house.now += 2 * EVERY
    assert await house.watchman.look() == 20
    assert AT_ONCE >= 20


@pytest.mark.parametrize(
    ("argument", "sentence"),
    [
        ("", "지켜볼 품번을"),
        ("안녕", "지켜볼 품번을"),
        (f"{CODE} 500원", "그 가격으로는"),
        (f"{CODE} 99999999999", "그 가격으로는"),
        ("A1 10만", "너무 짧아요"),
    ],
)
async def test_bad_input_gets_a_sentence(house: House, argument: str, sentence: str) -> None:
    assert sentence in (await house.command("watch", argument)).text
    assert await house.store.watches.of(MINSU) == ()


async def test_without_a_code_the_last_one_is_meant(house: House) -> None:
    await house.handle(TextSent("t", CODE))
    assert "10만" not in (await house.command("watch", "10만원")).text
    (watch,) = await house.store.watches.of(MINSU)
    assert (watch.code, watch.below_won) == (CODE, 100_000)
    again = await house.command("watch")
    assert "전부터 이렇게" in again.text
    (watch,) = await house.store.watches.of(MINSU)
    assert watch.below_won == 100_000
    await house.press(again.data("fall"))
    (watch,) = await house.store.watches.of(MINSU)
    assert watch.below_won is None


@pytest.mark.parametrize(
    ("words", "code", "won"),
    [
        ("DD1391-100 100000", "DD1391-100", 100_000),
        ("DD1391-100 100,000원", "DD1391-100", 100_000),
        ("DD1391-100 10만", "DD1391-100", 100_000),
        ("DD1391-100 12만 5천원", "DD1391-100", 125_000),
        ("DD1391-100 12만5,500원", "DD1391-100", 125_500),
        ("DD1391-100 12.5만원", "DD1391-100", 125_000),
        ("DD1391-100 ₩99,000", "DD1391-100", 99_000),
        ("ＤＤ１３９１-100　９９０００", "DD1391-100", 99_000),
        ("DD1391-100 100000원 이하", "DD1391-100", 100_000),
        ("DD1391-100 10만원 밑으로", "DD1391-100", 100_000),
        ("DD1391-100 10만원보다 싸지면", "DD1391-100", 100_000),
        ("DD1391-100 under 99,000", "DD1391-100", 99_000),
        ("DD1391-100 99,000 or less", "DD1391-100", 99_000),
        ("DD1391-100 270 10만원", "DD1391-100", 100_000),
        ("나이키 덩크 DD1391-100 270mm 10만원 되면 알려줘", "DD1391-100", 100_000),
        ("10만원 이하 DD1391-100", "DD1391-100", 100_000),
        ("GW2871 265 89000", "GW2871", 89_000),
        ("DD1391-100 US 9.5 99,000", "DD1391-100", 99_000),
        ("DD1391-100 9.5", "DD1391-100", None),
        ("DD1391-100 270", "DD1391-100", None),
        ("https://shop.example/p/DD1391-100 10만", "DD1391-100", 100_000),
        ("309339", "309339", None),
        ("38019001", "380190-01", None),
        ("309339 100000", "309339", 100_000),
        ("K12-88X 10만", "K12-88X", 100_000),
        ("1201A019 108", "1201A019-108", None),
        ("DD1391 100", "DD1391-100", None),
        ("DD1391-100", "DD1391-100", None),
    ],
)
async def test_words_and_amounts_as_people_type_them(
    house: House, words: str, code: str, won: int | None
) -> None:
    await house.command("watch", words)
    (watch,) = await house.store.watches.of(MINSU)
    assert (watch.code, watch.below_won) == (code, won)


@pytest.mark.parametrize("junk", ["-5000", "1e5", "0", "$100", "100 000", "500원"])
async def test_what_is_no_amount_is_told(house: House, junk: str) -> None:
    assert "그 가격으로는" in (await house.command("watch", f"{CODE} {junk}")).text
    assert await house.store.watches.of(MINSU) == ()


@pytest.mark.parametrize("words", ["", CODE, f"{CODE} 270"])
async def test_a_price_named_before_is_never_given_up_in_silence(house: House, words: str) -> None:
    await house.handle(TextSent("t", CODE))
    await house.command("watch", f"{CODE} 10만원")
    assert "100,000원보다" in (await house.command("watch", words)).text
    (watch,) = await house.store.watches.of(MINSU)
    assert watch.below_won == 100_000
    await house.command("watch", f"{CODE} 12만원")
    (watch,) = await house.store.watches.of(MINSU)
    assert watch.below_won == 120_000


async def test_sizes_are_said_not_to_count(house: House) -> None:
    assert "사이즈는 가리지 않고" in (await house.command("watch", f"{CODE} 270 10만원")).text
    assert "사이즈는" not in (await house.command("watch", f"{CODE} 9만원")).text


async def test_several_codes_are_offered_not_watched(house: House) -> None:
    replies = await house.command("watch", f"{CODE} GW2871 10만원")
    assert [c.label for c in replies.choices() if c.data] == [CODE, "GW2871"]
    assert await house.store.watches.of(MINSU) == ()


async def test_a_code_in_the_list_is_opened_and_ended_by_its_own_button(house: House) -> None:
    await house.command("watch", CODE)
    listed = await house.command("watches")
    opened = await house.press(listed.data("watched"), key="open")
    assert (opened.last.code, "129,000원" in opened.text) == (CODE, True)
    again = await house.press(listed.data("watched"), key="open")
    assert again.last.code == CODE
    _, rows = await house.store.interactions.codes(MINSU, 0, 9)
    assert rows == 1
    page = await house.press(listed.data("watched"))
    assert "기록에서 빼기" in str(page.choices())  # the page of a code that was looked up before
    assert len(await house.store.watches.of(MINSU)) == 1
    for data in (listed.data("watched"), "fall:0:1"):
        assert "no longer works" in (await house.press(data, ANN)).text
    await house.press(listed.data("unwatch"))
    assert await house.store.watches.of(MINSU) == ()


async def test_a_spent_quota_is_told_once_a_day(house: House) -> None:
    spent = quote(CODE, source="elevenst", name="11번가", state=SourceState.QUOTA)
    house.prices.set(CODE, quote(CODE, 129_000), spent)
    first = TextSent("q1", CODE)
    assert "한도" in (await house.handle(first)).text
    assert "한도" in (await house.handle(first)).text  # the same event
    assert "한도" not in (await house.handle(TextSent("q2", CODE))).text
    assert "한도" not in (await house.press("price:1")).text
    assert "limit" in (await house.handle(TextSent("q3", CODE), ANN)).text
    house.now += timedelta(days=1)
    assert "한도" in (await house.handle(TextSent("q4", CODE))).text


async def test_nothing_remains_of_a_person_who_deletes_everything(house: House) -> None:
    await house.command("watch", CODE)
    await house.store.people.forget(MINSU)
    assert "지켜보는 품번이 없어요" in (await house.command("watches")).text
    assert await house.later(1_000) == []


async def test_the_scheduler_looks_at_them(house: House) -> None:
    await house.command("watch", CODE)
    house.prices.set_prices(CODE, 99_000)
    house.now += 2 * EVERY
    man = house.watchman
    schedule = Schedule([PeriodicJob("w", man.look, man.stop, timedelta(milliseconds=30))])
    schedule.start()
    await until(lambda: house.outbox.sent)
    await schedule.stop()
    assert len(house.outbox.sent) == 1
