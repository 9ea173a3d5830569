from __future__ import annotations

import asyncio
import json
import logging
import time
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from lookup import NaverSource, SourceSettingsError, SourceState
from lookup.naver import next_midnight_kst
from tests.fakes.naver import CLIENT_ID, CLIENT_SECRET, ERRORS, FakeNaver, item

CODE = "DD1391-100"


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 14, 59, 0, tzinfo=UTC)  # 23:59 in Seoul

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def source(session: aiohttp.ClientSession, naver: FakeNaver, clock: Clock) -> NaverSource:
    return NaverSource(session, CLIENT_ID, CLIENT_SECRET, naver.url, now=clock)


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


@pytest.mark.parametrize("doing", ["retired", "retired@200"])
async def test_retired_for_good_and_told_once(
    source: NaverSource,
    naver: FakeNaver,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
    doing: str,
) -> None:
    naver.always = doing
    with caplog.at_level(logging.INFO):
        states = {(await source.quote(code)).state for code in (CODE, CODE, "FU9006")}
        clock.now += timedelta(days=30)
        naver.always = ""
        states.add((await source.quote(CODE)).state)
    assert states == {SourceState.RETIRED}
    assert len(naver.queries) == 1
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "SE05" in caplog.text


async def test_retired_met_by_many_at_once_is_told_once(
    source: NaverSource, naver: FakeNaver, caplog: pytest.LogCaptureFixture
) -> None:
    naver.always = "retired"
    with caplog.at_level(logging.INFO):
        quotes = await asyncio.gather(*(source.quote(f"FU900{n}") for n in range(8)))
    assert {quote.state for quote in quotes} == {SourceState.RETIRED}
    assert len(caplog.records) == 1


async def test_another_404_is_not_retirement(source: NaverSource, naver: FakeNaver) -> None:
    naver.plan.extend(["html@404", "bad_query@404"])
    assert (await source.quote(CODE)).state is SourceState.DOWN
    assert (await source.quote(CODE)).state is SourceState.DOWN
    assert (await source.quote(CODE)).state is SourceState.OK


@pytest.mark.parametrize(
    "doing", ["refused", "forbidden", "refused@200", "html@401", "html@403", "retired@401"]
)
async def test_refused(
    source: NaverSource, naver: FakeNaver, caplog: pytest.LogCaptureFixture, doing: str
) -> None:
    naver.plan.extend([doing, doing])
    assert (await source.quote(CODE)).state is SourceState.REFUSED
    assert (await source.quote(CODE)).state is SourceState.REFUSED
    assert len(naver.queries) == 2  # no second try
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert (await source.quote(CODE)).state is SourceState.OK


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
    source = NaverSource(session, client_id, secret, naver.url)
    with caplog.at_level(logging.DEBUG):
        assert (await source.quote(CODE)).state is SourceState.REFUSED
    assert secret not in caplog.text
    assert secret not in repr(source)


async def test_per_second_limit_is_tried_once_more(source: NaverSource, naver: FakeNaver) -> None:
    naver.plan.append("per_second")
    assert (await source.quote(CODE)).state is SourceState.OK
    assert len(naver.queries) == 2
    naver.plan.extend(["per_second", "per_second"])
    assert (await source.quote(CODE)).state is SourceState.DOWN
    assert len(naver.queries) == 4
    assert (await source.quote(CODE)).state is SourceState.OK


@pytest.mark.parametrize("doing", ["quota", "quota@200"])
async def test_quota_rests_until_midnight_in_korea(
    source: NaverSource, naver: FakeNaver, clock: Clock, doing: str
) -> None:
    naver.plan.append(doing)
    quote = await source.quote(CODE)
    assert quote.state is SourceState.QUOTA
    assert quote.until == datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
    clock.now += timedelta(seconds=59)
    again = await source.quote("FU9006")
    assert (again.state, again.until) == (SourceState.QUOTA, quote.until)
    assert len(naver.queries) == 1
    clock.now += timedelta(seconds=1)
    fresh = await source.quote(CODE)
    assert (fresh.state, fresh.until) == (SourceState.OK, None)


@pytest.mark.parametrize(
    ("now", "midnight"),
    [
        (datetime(2026, 11, 20, 15, 0, tzinfo=UTC), datetime(2026, 11, 21, 15, 0, tzinfo=UTC)),
        (datetime(2026, 11, 20, 14, 59, tzinfo=UTC), datetime(2026, 11, 20, 15, 0, tzinfo=UTC)),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), datetime(2027, 1, 1, 15, 0, tzinfo=UTC)),
    ],
)
def test_midnight_in_korea(now: datetime, midnight: datetime) -> None:
    assert next_midnight_kst(now) == midnight


@pytest.mark.parametrize("doing", ["broken", "html@502", "html@503", "broken@200", "dropped"])
async def test_a_failing_server_gets_one_more_try(
    source: NaverSource, naver: FakeNaver, doing: str
) -> None:
    naver.plan.append(doing)
    assert (await source.quote(CODE)).state is SourceState.OK
    naver.queries.clear()
    naver.always = doing
    assert (await source.quote(CODE)).state is SourceState.DOWN
    # The client itself repeats a GET whose kept-alive connection broke.
    assert len(naver.queries) in ({2} if doing != "dropped" else {2, 3, 4})


@pytest.mark.parametrize(
    "doing",
    ["truncated", "euc_kr", "html", "cut_json", "empty", "huge", "bad_query", "bad_query@200"],
)
async def test_unreadable_answers_are_down_and_not_repeated(
    source: NaverSource, naver: FakeNaver, caplog: pytest.LogCaptureFixture, doing: str
) -> None:
    naver.plan.append(doing)
    quote = await source.quote(CODE)
    assert (quote.state, quote.offers) == (SourceState.DOWN, ())
    assert len(naver.queries) == 1
    assert "price source naver is down" in caplog.text
    assert (await source.quote(CODE)).state is SourceState.OK


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
        item(good + "\x00\u202e\ud800", "1,000"),
        item(good, "50000000", link="http://shop.example/?a=1&amp;b=2"),
        item(good, "0") | {"lprice": 77_000, "productType": 2},
    ]
    naver.body, naver.always = json.dumps({"items": [*junk, *kept]}).encode(), "body"
    quote = await source.quote(CODE)
    assert [offer.price_won for offer in quote.offers] == [1_000, 77_000, 129_000, 50_000_000]
    assert quote.offers[0].title == good
    assert (quote.offers[2].image, quote.offers[2].mall) == ("", "")
    assert quote.offers[3].link == "http://shop.example/?a=1&b=2"


@pytest.mark.parametrize("kind", [str(number) for number in range(14)])
async def test_only_new_goods(source: NaverSource, naver: FakeNaver, kind: str) -> None:
    naver.items = [item("나이키 덩크 로우 DD1391-100", "129000", productType=kind)]
    wanted = SourceState.EMPTY if 4 <= int(kind) <= 12 else SourceState.OK
    assert (await source.quote(CODE)).state is wanted


async def test_slow_is_given_up_and_hung_up(
    session: aiohttp.ClientSession, naver: FakeNaver, caplog: pytest.LogCaptureFixture
) -> None:
    source = NaverSource(session, CLIENT_ID, CLIENT_SECRET, naver.url, deadline_s=0.2)
    naver.plan.append("slow")
    began = time.monotonic()
    assert (await source.quote(CODE)).state is SourceState.SLOW
    assert time.monotonic() - began < 2.0
    assert "slow" in caplog.text
    for _ in range(100):
        if naver.aborted:
            break
        await asyncio.sleep(0.02)
    assert naver.aborted == 1


async def test_the_second_try_keeps_to_the_deadline(
    session: aiohttp.ClientSession, naver: FakeNaver
) -> None:
    source = NaverSource(session, CLIENT_ID, CLIENT_SECRET, naver.url, deadline_s=0.5)
    naver.plan.extend(["broken", "slow"])
    assert (await source.quote(CODE)).state is SourceState.SLOW


async def test_nobody_listens(session: aiohttp.ClientSession, unused_tcp_port: int) -> None:
    url = f"http://127.0.0.1:{unused_tcp_port}/v1/search/shop.json"
    source = NaverSource(session, CLIENT_ID, CLIENT_SECRET, url)
    assert (await source.quote(CODE)).state is SourceState.DOWN


async def test_a_closed_session_is_down(naver: FakeNaver) -> None:
    async with aiohttp.ClientSession() as session:
        source = NaverSource(session, CLIENT_ID, CLIENT_SECRET, naver.url)
    assert (await source.quote(CODE)).state is SourceState.DOWN


async def test_credentials_do_not_follow_a_redirect(source: NaverSource, naver: FakeNaver) -> None:
    naver.plan.append("redirect")
    assert (await source.quote(CODE)).state is SourceState.DOWN
    assert naver.refusals == []


async def test_trouble_is_told_again_after_a_good_answer(
    source: NaverSource, naver: FakeNaver, caplog: pytest.LogCaptureFixture
) -> None:
    for doing in ["html", "html", "", "html"]:
        naver.always = doing
        await source.quote(CODE)
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]


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
        NaverSource(session, client_id, secret, url)
    assert secret.strip() == "" or len(secret) < 2 or secret not in str(caught.value)


def test_the_fake_names_every_error_of_the_contract() -> None:
    assert {code for _, code, _ in ERRORS.values()} >= {"SE01", "SE05", "SE99", "024", "010", "012"}
