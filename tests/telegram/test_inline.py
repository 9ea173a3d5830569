"""Inline mode: prices in any chat, within the platform's limits and time, never a row."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace

from benchmarks.stand_ins.telegram.chats import JSON
from benchmarks.stand_ins.telegram.people import Person
from benchmarks.stand_ins.telegram.server import TelegramServer
from bot.channels.telegram.answers.inline import articles
from bot.sentences import sentences
from bot.talk.types import Choice, Event, PriceAsked, Replies, Reply, Who
from lookup.types import Offer
from tests.fakes.reader import tag_jpeg
from tests.telegram.bench import QUICK, Bench
from tests.waiting import until

HASTY = replace(QUICK, inline_s=0.5)
ROWS = ((Choice("again", "price:1"), Choice("Naver", url="https://naver.com/?q=1")),)


def offer(number: int) -> Offer:
    link, image = f"https://shop.kr/{number}", f"https://shop.kr/{number}.jpg"
    return Offer(f"Dunk <{number}>", 129_000 + number, link, "ABC & Co", image)


@dataclass
class PriceList:
    """Answers codes with as many offers as `offers`; holds answers while `gate` is not set."""

    offers: int = 2
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    asked: list[str] = field(default_factory=list)

    async def handle(self, who: Who, event: Event, replies: Replies) -> None:
        assert isinstance(event, PriceAsked)
        self.asked.append(event.text)
        await self.gate.wait()
        if event.text == "hello":
            await replies.send(Reply("Type a code"))
            return
        shown = tuple(offer(number) for number in range(self.offers))
        text = f"{event.text}\n" + "\n".join(f"{o.price_won} {o.mall}" for o in shown)
        await replies.send(Reply(text, ROWS, code=event.text, offers=shown))


def open_list(offers: int = 2) -> PriceList:
    prices = PriceList(offers)
    prices.gate.set()
    return prices


async def answered(server: TelegramServer, query: str) -> JSON:
    await until(lambda: server.inline[query])
    answer = server.inline[query]
    assert answer is not None
    return answer


async def test_prices_of_a_code_come_as_articles(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    async with bench.bot(open_list()) as store:
        answer = await answered(server, await minji.ask_inline(" DD1391-100 "))
        assert not await store.inbox.pending("telegram")
    whole, first, _ = answer["results"]
    assert whole["title"] == "DD1391-100 · 129,000원"
    assert whole["reply_markup"]["inline_keyboard"] == [
        [{"text": "Naver", "url": "https://naver.com/?q=1"}]
    ]
    assert first["title"] == "129,000원 · ABC & Co" and first["description"] == "Dunk <0>"
    assert "https://shop.kr/0" in first["input_message_content"]["message_text"]
    assert answer["is_personal"] in {False, "false"} and int(answer["cache_time"]) <= 30


async def test_what_is_no_code_says_what_to_type(
    bench: Bench, server: TelegramServer, paul: Person
) -> None:
    prices = open_list()
    async with bench.bot(prices):
        for text in ("", "hello", "x" * 300):
            answer = await answered(server, await paul.ask_inline(text))
            (hint,) = answer["results"]
            assert hint["title"] == "Type a style code"
    assert prices.asked == ["hello"]


async def test_a_hundred_offers_are_within_the_limits(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    async with bench.bot(open_list(100)):
        answer = await answered(server, await minji.ask_inline("DD1391-100"))
    assert len(answer["results"]) == 11


async def test_only_the_newest_of_quick_key_presses_is_looked_up(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    prices = open_list()
    async with bench.bot(prices):
        queries = [await minji.ask_inline("DD1391-100"[:length]) for length in range(6, 11)]
        await answered(server, queries[-1])
    assert prices.asked[-1] == "DD1391-100" and len(prices.asked) < 5


async def test_slow_prices_give_a_hint_in_time(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    async with bench.bot(PriceList(), timing=HASTY):
        answer = await answered(server, await minji.ask_inline("DD1391-100"))
    assert answer["results"][0]["id"] == "hint"


async def test_a_stale_query_and_one_that_comes_again_do_no_harm(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    prices = open_list()
    async with bench.bot(prices):
        query = await minji.ask_inline("DD1391-100")
        await answered(server, query)
        user = {"id": query, "from": minji.user, "query": "DD1391-100", "offset": ""}
        await server.redeliver({"update_id": 5001, "inline_query": user})
        await asyncio.sleep(0.3)
        assert prices.asked == ["DD1391-100"]
        # A query that Telegram no longer knows: refused, and life goes on.
        await server.redeliver({"update_id": 5900, "inline_query": {**user, "id": "I1"}})
        await server.redeliver({"update_id": 5901, "inline_query": {"id": 3}})
        await answered(server, await minji.ask_inline("CW2288-111"))


async def test_the_conversation_itself_is_asked_and_keeps_no_row(
    bench: Bench, server: TelegramServer, minji: Person
) -> None:
    bench.reader.gate = asyncio.Event()
    async with bench.bot() as store:
        hint = await answered(server, await minji.ask_inline("안녕"))
        assert hint["results"][0]["id"] == "hint"
        priced = await answered(server, await minji.ask_inline("dd1391-100"))
        assert priced["results"][0]["title"] == "DD1391-100 · 129,000원"
        assert len(priced["results"]) == 3
        assert await store.interactions.get(1) is None
        await minji.send_photo(tag_jpeg())  # being read, which takes its time
        await minji.until(lambda _: bench.reader.reads)
        await answered(server, await minji.ask_inline("DD1391-100"))
        bench.reader.gate.set()
        await minji.answered()


def test_a_code_without_offers_is_still_sent() -> None:
    (only,) = articles([Reply("AB1234-567\nno price", code="AB1234-567")], sentences("en"))
    assert only.title == "AB1234-567" and only.description == "no price"
    assert articles([], sentences("ko"))[0].id == "hint"
