"""Answers that no documentation tells of: other encodings, other money, gateways' own ways."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from benchmarks.stand_ins.elevenst import FakeElevenStreet, answer, product
from benchmarks.stand_ins.naver import FakeNaver
from benchmarks.stand_ins.serpapi import FakeSerpApi, google_row
from lookup import (
    ElevenStreetSource,
    NaverSource,
    Offer,
    PriceLookup,
    SerpApiSource,
    SourceState,
)
from lookup.errors import AnswerUnreadable
from lookup.judging import fit
from lookup.judging.fit import fitting
from lookup.sources.elevenst_xml import read_offers as read_products
from lookup.sources.elevenst_xml import read_xml
from lookup.sources.fields import plain
from lookup.sources.serpapi import read_offers
from tests.lookup.conftest import Clock
from tests.lookup.sources import means
from tests.waiting import until

CODE = "DD1391-100"
GOOD = "나이키 덩크 로우 DD1391-100"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("나이키 &lt;b&gt;DD1391-100&lt;/b&gt;", "나이키 DD1391-100"),
        ("나이키 <strong class='x'>DD1391</strong>-100<br/>", "나이키 DD1391-100"),
        ("나이키 &amp;quot;판다&amp;quot; 🔥", '나이키 "판다" 🔥'),
        ("<정품> 나이키 <3", "<정품> 나이키 <3"),
    ],
)
def test_titles_are_read_as_people_see_them(text: str, read: str) -> None:
    assert plain(text) == read


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("UTF-8", "cp949"), ("UTF-8", "utf-8"), ("euc-kr", "utf-8"), ("euc-kr", "cp949")],
)
def test_the_encoding_counts_that_reads_best(declared: str, encoding: str) -> None:
    body = answer([product("타이 삼바 DD1391-100", "129000", Seller="", SellerNick="샵")])
    text = body.decode("cp949").replace("euc-kr", declared).replace("EUC-KR", declared)
    (offer,) = read_products(read_xml(text.encode(encoding)), CODE)
    assert (offer.title, offer.mall) == ("타이 삼바 DD1391-100", "샵")


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_a_broken_character_costs_no_answer(encoding: str) -> None:
    text = answer([product(GOOD, f"{price}000") for price in range(120, 140)]).decode("cp949")
    if encoding == "utf-8":
        text = text.replace("euc-kr", "utf-8").replace("EUC-KR", "utf-8")
    whole = text.encode(encoding)
    body = whole.replace("나이키".encode(encoding), "나이키".encode(encoding)[:-1], 1)
    assert len(body) == len(whole) - 1
    assert len(read_products(read_xml(body), CODE)) == 20


def test_bare_ampersands_and_html_entities_are_read() -> None:
    body = answer([product(GOOD, "129000")]).replace(b"&amp;trTypeCd", b"&trTypeCd")
    body = body.replace("신발나라".encode("cp949"), b"A&nbsp;B & C")
    (offer,) = read_products(read_xml(body), CODE)
    assert "&trTypeCd=21" in offer.link
    assert offer.mall == "A B & C"


@pytest.mark.parametrize(
    "text", ["일일 사용량을 모두 소진하였습니다.", "하루 호출 한도를 초과하였습니다."]
)
async def test_a_spent_quota_in_other_words(
    session: aiohttp.ClientSession, clock: Clock, text: str
) -> None:
    async with FakeElevenStreet() as elevenst:
        elevenst.body = (
            "<ErrorResponse><ErrorCode>901</ErrorCode>"
            f"<ErrorMessage>{text}</ErrorMessage></ErrorResponse>"
        ).encode("cp949")
        elevenst.plan.append("body")
        source = ElevenStreetSource(elevenst.settings(), means(session, clock))
        assert (await source.quote(CODE)).state is SourceState.QUOTA


@pytest.mark.parametrize(
    ("price", "extracted"),
    [
        ("$1,299.00", 1299.0),
        ("US$129.00", 129_000),
        ("JP¥15,000", 15000),
        ("15,000円", 15000),
        ("1.299,00 €", 1299.0),
        ("129 USD", 129000),
    ],
)
def test_other_money_is_no_won(price: str, extracted: float) -> None:
    row = google_row(1, GOOD, price) | {"extracted_price": extracted}
    assert read_offers({"shopping_results": [row]}, CODE) == ()


@pytest.mark.parametrize("condition", ["Used", "중고", "Refurbished"])
def test_a_condition_of_its_own_says_used(condition: str) -> None:
    row = google_row(1, GOOD, "₩129,000", condition=condition)
    assert read_offers({"shopping_results": [row]}, CODE) == ()
    assert read_offers({"shopping_results": [row | {"condition": "New"}]}, CODE) != ()


@pytest.mark.parametrize("status", ["Error", "Processing", "Queued"])
def test_a_search_without_an_end_says_nothing(status: str) -> None:
    with pytest.raises(AnswerUnreadable):
        read_offers({"search_metadata": {"status": status}}, CODE)


async def test_an_error_that_is_an_object_is_an_error(session: aiohttp.ClientSession) -> None:
    async with FakeSerpApi() as serpapi:
        serpapi.body = b'{"search_metadata": {"status": "x"}, "error": {"message": "no"}}'
        serpapi.always = "body"
        source = SerpApiSource(serpapi.settings(), means(session), "naver")
        assert (await source.quote(CODE)).state is SourceState.DOWN


@pytest.mark.parametrize(
    ("body", "status", "state"),
    [
        (b'{"errorCode": 10, "errorMessage": "Query limit exceeded"}', 429, SourceState.QUOTA),
        (b'{"errorCode": 24, "errorMessage": "no id"}', 200, SourceState.REFUSED),
        (b'{"errorCode": "se05", "errorMessage": "x"}', 404, SourceState.RETIRED),
    ],
)
async def test_codes_as_gateways_write_them(  # noqa: PLR0917
    session: aiohttp.ClientSession,
    naver: FakeNaver,
    clock: Clock,
    body: bytes,
    status: int,
    state: SourceState,
) -> None:
    naver.body = body
    naver.plan.append(f"body@{status}")
    source = NaverSource(naver.settings(), means(session, clock))
    assert (await source.quote(CODE)).state is state


def test_an_answer_without_end_is_read_to_a_point() -> None:
    read: list[int] = []

    def endless() -> Any:
        for number in range(fit.MOST_READ * 3):
            read.append(number)
            yield Offer(GOOD, 129_000 + number, f"https://shop.example/{number}", "가게")

    assert len(fitting(endless(), CODE)) == fit.MOST_READ
    assert len(read) == fit.MOST_READ


async def test_a_rejected_key_stays_rejected_while_the_service_rests(
    session: aiohttp.ClientSession, naver: FakeNaver, caplog: pytest.LogCaptureFixture
) -> None:
    told = naver.settings(calls_per_s=50)
    source = NaverSource(told, means(session, failures=2, rest_s=2.0))
    naver.always = "refused"
    states = []
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            states += [(await source.quote(CODE)).state for _ in range(4)]
            assert source.resting
            await asyncio.sleep(2.1)
    assert set(states) == {SourceState.REFUSED}
    assert len(naver.queries) == 3  # two, a rest, one
    assert len(caplog.records) == 1  # the operator is told once


async def test_a_session_that_closes_during_a_call_is_no_error_of_ours(
    naver: FakeNaver, caplog: pytest.LogCaptureFixture
) -> None:
    naver.always = "slow"
    connector = aiohttp.TCPConnector(limit=1)  # the second question waits for a connection
    async with aiohttp.ClientSession(connector=connector) as session:
        sources = [NaverSource(naver.settings(), means(session)) for _ in range(2)]
        sources[1].key = "gateway"
        asked = asyncio.create_task(PriceLookup(sources, 20).quote(CODE))
        await until(lambda: naver.queries)
    quotes = (await asked).quotes
    assert {quote.state for quote in quotes} == {SourceState.DOWN}
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def test_a_process_that_ends_during_a_call_is_no_error_of_ours(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Waiting:
        key = name = "waiting"
        kept_s = 0.0

        async def quote(self, code: str) -> Any:
            await asyncio.sleep(60)

    async def short() -> None:
        asyncio.create_task(PriceLookup([Waiting()], 30).quote(CODE)).add_done_callback(repr)
        await asyncio.sleep(0.05)

    asyncio.run(short())
    assert caplog.records == []


async def test_fifty_callers_and_some_who_leave_cost_one_call(
    session: aiohttp.ClientSession, naver: FakeNaver
) -> None:
    source = NaverSource(naver.settings(), means(session))
    lookup = PriceLookup([source], 20)
    tasks = [asyncio.create_task(lookup.quote(CODE)) for _ in range(50)]
    await asyncio.sleep(0)
    for task in tasks[::2]:
        task.cancel()
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    stayed = [one for one in answers if not isinstance(one, BaseException)]
    assert len(stayed) == 25
    assert {one.quotes[0].state for one in stayed} == {SourceState.OK}
    assert len(naver.queries) == 1
    assert (await source.usage()).calls == 1
    assert all(one.quotes[0].fetched_at <= datetime.now(UTC) for one in stayed)
