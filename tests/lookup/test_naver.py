"""What is asked of Naver's contract and what is kept of its answers, over real HTTP."""

from __future__ import annotations

import json
import logging

import aiohttp
import pytest

from benchmarks.stand_ins.naver import CLIENT_ID, CLIENT_SECRET, FakeNaver, item
from lookup import NaverSettings, NaverSource, SourceSettingsError, SourceState
from tests.fakes.ports import free_port
from tests.lookup.conftest import Clock
from tests.lookup.sources import means

CODE = "DD1391-100"


async def test_new_offers_of_the_product_lowest_price_first(
    source: NaverSource, naver: FakeNaver, clock: Clock
) -> None:
    quote = await source.quote(CODE)
    assert (quote.code, quote.source, quote.state) == (CODE, "naver", SourceState.OK)
    assert [(offer.price_won, offer.mall) for offer in quote.offers] == [
        (119_000, "스포츠&홈"),
        (124_900, "네이버"),
        (149_000, "슈즈가게"),
    ]
    assert quote.offers[0].title == '나이키 덩크 로우 "판다" DD1391-100'
    assert quote.offers[0].link.startswith("https://smartstore.naver.com/main/products/")
    assert quote.offers[0].image.startswith("https://")
    assert quote.fetched_at == clock.now
    assert naver.queries == [CODE]
    assert naver.refusals == []


async def test_a_code_with_signs_arrives_whole(source: NaverSource, naver: FakeNaver) -> None:
    naver.items = [item("푸마 스웨이드 &amp; 클래식 374915+01", "89000")]
    quote = await source.quote("374915 01 & 100% +#한글")
    assert naver.queries == ["374915 01 & 100% +#한글"]
    assert naver.refusals == []
    assert quote.state is SourceState.EMPTY
    assert (await source.quote("374915 01")).state is SourceState.OK


async def test_nothing_that_fits_is_empty(source: NaverSource) -> None:
    assert (await source.quote("FU9006")).state is SourceState.EMPTY
    unrelated = await source.quote("DD1391-999")  # Naver answers with other colours
    assert (unrelated.state, unrelated.offers) == (SourceState.EMPTY, ())


@pytest.mark.parametrize("code", ["", "   ", "한글", "--"])
async def test_without_a_letter_or_digit_nothing_is_asked(
    source: NaverSource, naver: FakeNaver, code: str
) -> None:
    assert (await source.quote(code)).state is SourceState.EMPTY
    assert naver.queries == []


async def test_lone_surrogates_do_not_break_the_request(source: NaverSource) -> None:
    assert (await source.quote("DD1391-100\ud800")).state is SourceState.OK


@pytest.mark.parametrize(
    ("client_id", "secret"), [("wrong", CLIENT_SECRET), (CLIENT_ID, "wrong-secret")]
)
async def test_wrong_credentials_are_refused_and_never_logged(
    session: aiohttp.ClientSession,
    naver: FakeNaver,
    caplog: pytest.LogCaptureFixture,
    client_id: str,
    secret: str,
) -> None:
    told = naver.settings(client_id=client_id, client_secret=secret)
    source = NaverSource(told, means(session))
    with caplog.at_level(logging.DEBUG):
        assert (await source.quote(CODE)).state is SourceState.REFUSED
    assert secret not in caplog.text
    assert secret not in repr(source)
    assert secret not in repr(told)


@pytest.mark.parametrize("body", [b"[]", b"null", b"3", b'"x"', b"{}", b'{"items": null}'])
async def test_json_of_another_shape_is_down(
    source: NaverSource, naver: FakeNaver, body: bytes
) -> None:
    naver.body, naver.always = body, "body"
    assert (await source.quote(CODE)).state is SourceState.DOWN


async def test_junk_among_the_items_is_left_out(source: NaverSource, naver: FakeNaver) -> None:
    good = "나이키 덩크 로우 DD1391-100"
    junk: list[object] = [
        None,
        7,
        "DD1391-100",
        [],
        {},
        {"title": None, "lprice": {}, "link": []},
        item(good, "99,999,999"),
        item(good, "-5000"),
        item(good, "1e5"),
        item(good, "１２９０００"),
        item(good, "999"),
        item(good, "9" * 5000),
        item(good, "88000", link="javascript:alert(1)"),
        item(good, "87000", link="https://x.example/ <script>"),
        item(good, "86000", link=None),
        item(good, "85000") | {"title": ["DD1391-100"]},
        item("<b></b>", "84000"),
    ]
    kept = [
        item(good, "129000", image={"src": 1}, mallName=None, productType=None, hprice=3),
        item(good + "\x00\u202e\ud800", "31,000"),
        item(good, "310000", link="http://shop.example/?a=1&amp;b=2"),
        item(good, "0") | {"lprice": 77_000, "productType": 2},
    ]
    naver.body, naver.always = json.dumps({"items": [*junk, *kept]}).encode(), "body"
    quote = await source.quote(CODE)
    assert [offer.price_won for offer in quote.offers] == [31_000, 77_000, 129_000, 310_000]
    assert quote.offers[0].title == good
    assert (quote.offers[2].image, quote.offers[2].mall) == ("", "")
    assert quote.offers[3].link == "http://shop.example/?a=1&b=2"


@pytest.mark.parametrize("kind", [str(number) for number in range(14)])
async def test_only_new_goods(source: NaverSource, naver: FakeNaver, kind: str) -> None:
    naver.items = [item("나이키 덩크 로우 DD1391-100", "129000", productType=kind)]
    wanted = SourceState.EMPTY if 4 <= int(kind) <= 12 else SourceState.OK
    assert (await source.quote(CODE)).state is wanted


async def test_nobody_listens(session: aiohttp.ClientSession) -> None:
    url = f"http://127.0.0.1:{free_port()}/v1/search/shop.json"
    told = NaverSettings.made(client_id=CLIENT_ID, client_secret=CLIENT_SECRET, api_url=url)
    source = NaverSource(told, means(session))
    assert (await source.quote(CODE)).state is SourceState.DOWN


async def test_a_closed_session_is_down(naver: FakeNaver) -> None:
    async with aiohttp.ClientSession() as session:
        source = NaverSource(naver.settings(), means(session))
    assert (await source.quote(CODE)).state is SourceState.DOWN


async def test_credentials_do_not_follow_a_redirect(source: NaverSource, naver: FakeNaver) -> None:
    naver.plan.append("redirect")
    assert (await source.quote(CODE)).state is SourceState.DOWN
    assert naver.refusals == []


@pytest.mark.parametrize(
    ("client_id", "secret", "url"),
    [
        ("", "s", "http://x.example"),
        ("i", "  ", "http://x.example"),
        ("i", "s\nX-Evil: 1", "http://x.example"),
        ("i", "비밀", "http://x.example"),
        ("i", "s", "x.example"),
        ("i", "s", "http://x.example:99999"),
        ("i", "s", "ftp://x.example"),
    ],
)
async def test_settings_that_can_never_work(
    session: aiohttp.ClientSession, client_id: str, secret: str, url: str
) -> None:
    with pytest.raises(SourceSettingsError) as caught:
        told = NaverSettings.made(client_id=client_id, client_secret=secret, api_url=url)
        NaverSource(told, means(session))
    assert secret.strip() == "" or len(secret) < 2 or secret not in str(caught.value)
