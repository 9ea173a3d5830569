"""SerpApi's two engines over real HTTP: what is asked, what is kept, and every way to say no."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest

from benchmarks.stand_ins.serpapi import SERPAPI_KEY, FakeSerpApi, google_row
from lookup import SerpApiSettings, SerpApiSource, SourceSettingsError, SourceState
from tests.fakes.ports import free_port
from tests.lookup.conftest import Clock
from tests.lookup.sources import means

CODE = "DD1391-100"


@pytest.fixture
async def serpapi() -> AsyncIterator[FakeSerpApi]:
    async with FakeSerpApi() as server:
        yield server


@pytest.fixture(params=["naver", "google_shopping"])
def source(
    request: pytest.FixtureRequest,
    session: aiohttp.ClientSession,
    serpapi: FakeSerpApi,
    clock: Clock,
) -> SerpApiSource:
    return SerpApiSource(serpapi.settings(), means(session, clock), request.param)


async def test_offers_of_the_product_lowest_first(
    source: SerpApiSource, serpapi: FakeSerpApi
) -> None:
    quote = await source.quote(CODE)
    assert (quote.source, quote.state) == (source.key, SourceState.OK)
    assert [offer.price_won for offer in quote.offers] == [119_000, 139_000]
    assert all(offer.link.startswith("https://") and offer.mall for offer in quote.offers)
    assert (serpapi.queries, serpapi.refusals) == ([CODE], [])


@pytest.mark.parametrize("doing", ["no_results_naver", "no_results_google"])
async def test_nothing_found_is_empty(
    source: SerpApiSource, serpapi: FakeSerpApi, doing: str
) -> None:
    serpapi.plan.append(doing)
    assert (await source.quote(CODE)).state is SourceState.EMPTY


async def test_a_page_without_a_shopping_block_is_empty(
    source: SerpApiSource, serpapi: FakeSerpApi
) -> None:
    serpapi.body = b'{"search_metadata": {"status": "Success"}, "organic_results": []}'
    serpapi.plan.append("body")
    assert (await source.quote(CODE)).state is SourceState.EMPTY


@pytest.mark.parametrize(
    ("doing", "state", "asked"),
    [
        ("invalid_key", SourceState.REFUSED, 1),
        ("invalid_key@200", SourceState.REFUSED, 1),
        ("forbidden", SourceState.REFUSED, 1),
        ("throughput", SourceState.DOWN, 2),
        ("broken", SourceState.DOWN, 2),
        ("unavailable", SourceState.DOWN, 2),
        ("broken@200", SourceState.DOWN, 2),
        ("html", SourceState.DOWN, 1),
        ("html@404", SourceState.DOWN, 1),
        ("html@500", SourceState.DOWN, 2),
        ("nothing", SourceState.DOWN, 1),
        ("cut", SourceState.DOWN, 1),
        ("huge", SourceState.DOWN, 1),
        ("truncated", SourceState.DOWN, 1),
        ("redirect", SourceState.DOWN, 1),
    ],
)
async def test_trouble_is_a_state_and_holds_no_key(  # noqa: PLR0917
    source: SerpApiSource,
    serpapi: FakeSerpApi,
    caplog: pytest.LogCaptureFixture,
    doing: str,
    state: SourceState,
    asked: int,
) -> None:
    serpapi.always = doing
    with caplog.at_level(logging.DEBUG):
        assert (await source.quote(CODE)).state is state
    assert len(serpapi.queries) == asked
    assert serpapi.refusals == []
    assert "price source" in caplog.text
    assert SERPAPI_KEY not in caplog.text
    serpapi.always = ""
    assert (await source.quote(CODE)).state is SourceState.OK


async def test_no_connection_holds_no_key(
    session: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    url = f"http://127.0.0.1:{free_port()}/search.json"
    with caplog.at_level(logging.DEBUG):
        told = SerpApiSettings.made(key=SERPAPI_KEY, url=url)
        source = SerpApiSource(told, means(session), "naver")
        assert (await source.quote(CODE)).state is SourceState.DOWN
    assert SERPAPI_KEY not in caplog.text


@pytest.mark.parametrize("doing", ["out_of_searches", "month", "out_of_searches@200"])
async def test_spent_searches_rest_both_engines(
    session: aiohttp.ClientSession, serpapi: FakeSerpApi, clock: Clock, doing: str
) -> None:
    google, naver = serpapi.settings().open(means(session, clock))
    serpapi.plan.append(doing)
    quotes = [await naver.quote(CODE), await naver.quote(CODE), await google.quote(CODE)]
    assert {quote.state for quote in quotes} == {SourceState.QUOTA}
    assert {quote.until for quote in quotes} == {datetime(2026, 11, 21, tzinfo=UTC)}
    assert len(serpapi.queries) == 1
    clock.now = datetime(2026, 11, 21, 0, 0, 1, tzinfo=UTC)
    assert (await google.quote(CODE)).state is SourceState.OK


async def test_the_plan_of_a_month_is_shared_and_kept(
    session: aiohttp.ClientSession, serpapi: FakeSerpApi, clock: Clock
) -> None:
    google, naver = serpapi.settings(calls_a_month=3).open(means(session, clock))
    states = [(await source.quote(CODE)).state for source in (naver, google, naver, google)]
    assert states == [SourceState.OK] * 3 + [SourceState.QUOTA]
    assert (await google.quote(CODE)).until == datetime(2026, 12, 1, tzinfo=UTC)
    assert (await naver.usage()).left == 0
    assert len(serpapi.queries) == 3


async def test_junk_rows_are_left_out(source: SerpApiSource, serpapi: FakeSerpApi) -> None:
    good = "나이키 덩크 로우 DD1391-100"
    rows: list[object] = [
        None, 7, "x", [], {}, {"title": good}, {"title": good, "price": "129,000원"},
        google_row(1, good, "0"),
        google_row(2, good, ""),
        google_row(3, good, "문의", extracted_price=None),
        google_row(4, good, "₩1,290", extracted_price={}, product_link="javascript:alert(1)"),
        google_row(5, good, "₩88,000", second_hand_condition="used"),
        google_row(6, good, "129,000원", extracted_price=None, thumbnail=3) | {"source": None},
    ]  # fmt: skip
    serpapi.body = json.dumps({"search_metadata": {}, "shopping_results": rows}).encode()
    serpapi.plan.append("body")
    quote = await source.quote(CODE)
    assert [(offer.price_won, offer.mall, offer.image) for offer in quote.offers] == [
        (129_000, "", "")
    ]


@pytest.mark.parametrize("block", [None, {}, 3, "x", {"a": None}, [[]], {"items": [{}]}])
async def test_an_odd_block_is_empty(
    source: SerpApiSource, serpapi: FakeSerpApi, block: object
) -> None:
    serpapi.body = json.dumps({"search_metadata": {}, "shopping_results": block}).encode()
    serpapi.plan.append("body")
    assert (await source.quote(CODE)).state is SourceState.EMPTY


async def test_slow(session: aiohttp.ClientSession, serpapi: FakeSerpApi) -> None:
    serpapi.always = "slow"
    source = SerpApiSource(serpapi.settings(), means(session, deadline_s=0.3), "naver")
    assert (await source.quote(CODE)).state is SourceState.SLOW


@pytest.mark.parametrize(
    ("engine", "key", "url"),
    [("google", "k", "http://x.example"), ("naver", " ", "http://x.example"), ("naver", "k", "x")],
)
async def test_settings_that_can_never_work(
    session: aiohttp.ClientSession, engine: str, key: str, url: str
) -> None:
    with pytest.raises(SourceSettingsError):
        SerpApiSource(SerpApiSettings.made(key=key, url=url), means(session), engine)


@pytest.mark.parametrize("engines", ["", ",", "google", "naver,bing", "naver google_shopping"])
def test_engines_that_there_are_not(engines: str) -> None:
    with pytest.raises(
        SourceSettingsError, match="SERPAPI_ENGINES: must be naver, google_shopping"
    ):
        SerpApiSettings.made(key="k", engines=engines)


async def test_each_engine_named_is_asked_once(session: aiohttp.ClientSession) -> None:
    told = SerpApiSettings.made(key="k", engines=" naver, naver,google_shopping ")
    keys = [source.key for source in told.open(means(session))]
    assert keys == ["serpapi_naver", "serpapi_google_shopping"]
