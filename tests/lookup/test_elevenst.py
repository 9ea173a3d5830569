"""11번가's OPEN API over real HTTP: what is asked, what is kept, and every way to say no."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime

import aiohttp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.stand_ins.elevenst import ELEVENST_KEY, FakeElevenStreet, answer, product
from lookup import ElevenStreetSettings, ElevenStreetSource, SourceSettingsError, SourceState
from lookup.errors import AnswerUnreadable
from lookup.sources.elevenst_xml import read_offers, read_trouble, read_xml
from tests.lookup.conftest import Clock
from tests.lookup.sources import means

CODE = "DD1391-100"
GOOD = "나이키 덩크 로우 DD1391-100"


@pytest.fixture
async def elevenst() -> AsyncIterator[FakeElevenStreet]:
    async with FakeElevenStreet() as server:
        yield server


@pytest.fixture
def source(
    session: aiohttp.ClientSession, elevenst: FakeElevenStreet, clock: Clock
) -> ElevenStreetSource:
    return ElevenStreetSource(elevenst.settings(), means(session, clock))


async def test_offers_of_the_product_lowest_first(
    source: ElevenStreetSource, elevenst: FakeElevenStreet
) -> None:
    quote = await source.quote(CODE)
    assert (quote.source, quote.state) == ("elevenst", SourceState.OK)
    # The price after the discount counts; a syllable outside of EUC-KR, but in CP949, is read.
    assert [(offer.price_won, offer.title) for offer in quote.offers] == [
        (119_000, "[나이키] 덩크 로우 판다 DD1391-100 뷁"),
        (129_000, "나이키 덩크 로우 레트로 DD1391-100"),
    ]
    assert quote.offers[0].mall == "신발나라"
    assert "&trTypeCd=21" in quote.offers[0].link
    assert (elevenst.queries, elevenst.refusals) == ([CODE], [])


async def test_nothing_found_is_empty(
    source: ElevenStreetSource, elevenst: FakeElevenStreet
) -> None:
    elevenst.products = []
    assert (await source.quote(CODE)).state is SourceState.EMPTY


@pytest.mark.parametrize(
    ("doing", "state", "asked"),
    [
        ("bad_key", SourceState.REFUSED, 1),
        ("expired", SourceState.REFUSED, 1),
        ("unauthorized", SourceState.REFUSED, 1),
        ("forbidden", SourceState.REFUSED, 1),
        ("per_second", SourceState.DOWN, 2),
        ("broken", SourceState.DOWN, 2),
        ("broken_200", SourceState.DOWN, 2),
        ("html@503", SourceState.DOWN, 2),
        ("html", SourceState.DOWN, 1),
        ("html@404", SourceState.DOWN, 1),
        ("nothing", SourceState.DOWN, 1),
        ("cut", SourceState.DOWN, 1),
        ("huge", SourceState.DOWN, 1),
        ("truncated", SourceState.DOWN, 1),
        ("redirect", SourceState.DOWN, 1),
    ],
)
async def test_trouble_is_a_state_and_holds_no_key(  # noqa: PLR0917
    source: ElevenStreetSource,
    elevenst: FakeElevenStreet,
    caplog: pytest.LogCaptureFixture,
    doing: str,
    state: SourceState,
    asked: int,
) -> None:
    elevenst.always = doing
    with caplog.at_level(logging.DEBUG):
        assert (await source.quote(CODE)).state is state
    assert len(elevenst.queries) == asked
    assert elevenst.refusals == []
    assert ELEVENST_KEY not in caplog.text
    elevenst.always = ""
    assert (await source.quote(CODE)).state is SourceState.OK


@pytest.mark.parametrize("doing", ["quota", "quota_429"])
async def test_quota_rests_until_midnight_in_korea(
    source: ElevenStreetSource, elevenst: FakeElevenStreet, clock: Clock, doing: str
) -> None:
    elevenst.plan.append(doing)
    quote = await source.quote(CODE)
    assert (quote.state, quote.until) == (
        SourceState.QUOTA,
        datetime(2026, 11, 20, 15, 0, tzinfo=UTC),
    )
    assert (await source.quote("FU9006")).state is SourceState.QUOTA
    assert len(elevenst.queries) == 1
    clock.now = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
    assert (await source.quote(CODE)).state is SourceState.OK


async def test_junk_products_are_left_out(
    source: ElevenStreetSource, elevenst: FakeElevenStreet
) -> None:
    elevenst.products = [
        "<Product/>",
        "<Product><ProductName/></Product>",
        product(GOOD, "0"),
        product(GOOD, ""),
        product(GOOD, "-129000"),
        product(GOOD, "일십만원"),
        product(GOOD, "129000", DetailPageUrl="ftp://x.example"),
        product("", "129000"),
        product(GOOD, "129,000원", "0", ProductImage="", Seller="", SellerNick=""),
    ]
    quote = await source.quote(CODE)
    assert [(offer.price_won, offer.mall, offer.image) for offer in quote.offers] == [
        (129_000, "11번가", "")
    ]


BOMB = (
    b'<?xml version="1.0" encoding="euc-kr"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><ProductSearchResponse>&b;</ProductSearchResponse>'
)
THIEF = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    b"<ProductSearchResponse>&a;</ProductSearchResponse>"
)


@pytest.mark.parametrize(
    "body",
    [BOMB, THIEF, b"", b"\xff\xfe\x00", b"<a>", "신발".encode("utf-16"), b"<a/>" * 2, b"\x80" * 99],
)
def test_what_is_no_answer_is_refused(body: bytes) -> None:
    with pytest.raises(AnswerUnreadable):
        read_xml(body)


@pytest.mark.parametrize("encoding", ["euc-kr", "cp949", "utf-8"])
def test_encodings(encoding: str) -> None:
    body = answer([product(GOOD, "129000")], encoding)
    assert [offer.title for offer in read_offers(read_xml(body), CODE)] == [GOOD]


def test_a_title_cut_within_a_syllable_costs_only_itself() -> None:
    body = answer([product(GOOD, "129000"), product("다른 신발 짝", "1000")] * 5)
    broken = body.replace("짝".encode("cp949"), "짝".encode("cp949")[:1], 1)
    assert len(read_offers(read_xml(broken), CODE)) == 5


def test_another_kind_of_answer_is_unreadable() -> None:
    with pytest.raises(AnswerUnreadable):
        read_offers(read_xml(b"<CategoryInfoResponse/>"), CODE)
    assert read_trouble(read_xml(b"<ErrorResponse/>")) == "an error without words"


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_offers_or_unreadable(body: bytes) -> None:
    with suppress(AnswerUnreadable):
        assert read_offers(read_xml(body), CODE) == ()


@pytest.mark.parametrize(
    ("key", "url"), [("", "http://x.example"), ("키", "http://x.example"), ("k", "x")]
)
async def test_settings_that_can_never_work(
    session: aiohttp.ClientSession, key: str, url: str
) -> None:
    with pytest.raises(SourceSettingsError):
        ElevenStreetSource(ElevenStreetSettings.made(key=key, url=url), means(session))
