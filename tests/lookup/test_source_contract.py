"""What every price source promises: a fake one, the catalogue, and all that are registered.

A registered source is asked over HTTP, at its stand-in; nothing here names one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from benchmarks.stand_ins import stand_ins
from benchmarks.stand_ins.price_service import FakeService
from lookup import SOURCES, CatalogueSource, PriceSource, SourceSettings, SourceState
from lookup.types import MeteredSource
from tests.lookup.conftest import Clock
from tests.lookup.sources import FakeRows, FakeSource, means, shop_offer
from tests.waiting import until

CODE = "DD1391-100"
by_prefix = pytest.mark.parametrize("kind", SOURCES, ids=lambda kind: kind.prefix, indirect=True)
every_source = pytest.mark.parametrize(
    "kind",
    [None, *SOURCES],
    ids=lambda kind: kind.prefix if kind else "ours",
    indirect=True,
)


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> type[SourceSettings] | None:
    """The settings of a registered source; None: what knows prices without a service."""
    found: type[SourceSettings] | None = request.param
    return found


@pytest.fixture
async def service(kind: type[SourceSettings] | None) -> AsyncIterator[FakeService]:
    """The stand-in of a registered source; some service where none is asked."""
    if kind is not None and kind not in stand_ins():
        pytest.fail(f"{kind.__name__} has no stand-in: see docs/how-to/prices.md")
    async with stand_ins()[kind or SOURCES[0]]() as running:
        yield running


@pytest.fixture
def sources(
    session: aiohttp.ClientSession, kind: type[SourceSettings] | None, service: FakeService
) -> list[PriceSource]:
    """Sources that know offers for DD1391-100 and nothing else."""
    if kind is None:
        rows = FakeRows({"DD1391100": (shop_offer(129_000), shop_offer(99_000))})
        return [FakeSource("fake", 129_000, 99_000), CatalogueSource(rows)]
    told = service.settings()
    assert isinstance(told, kind)
    return list(told.open(means(session)))


@every_source
async def test_a_known_code(sources: list[PriceSource]) -> None:
    assert sources
    for source in sources:
        before = datetime.now(UTC)
        quote = await source.quote(CODE)
        assert (quote.code, quote.source, quote.source_name, quote.state) == (
            CODE,
            source.key,
            source.name,
            SourceState.OK,
        )
        prices = [offer.price_won for offer in quote.offers]
        assert len(prices) >= 2, source.key
        assert prices == sorted(prices), source.key
        assert all(offer.title and offer.link.startswith("https://") for offer in quote.offers)
        assert before - timedelta(seconds=1) <= quote.fetched_at <= datetime.now(UTC)
        assert quote.fetched_at.utcoffset() == timedelta(0)


@every_source
@pytest.mark.parametrize(
    "code", ["FU9006", "DD1391-999", "", " ", "한글", "' OR 1=1 --", "\x00", "x" * 3000, "\ud800"]
)
async def test_any_other_text_is_empty_and_never_raises(
    sources: list[PriceSource], code: str
) -> None:
    for source in sources:
        quote = await source.quote(code)
        assert (quote.code, quote.state, quote.offers) == (code, SourceState.EMPTY, ()), source.key


@every_source
async def test_the_same_again(sources: list[PriceSource]) -> None:
    for source in sources:
        first, second = await source.quote(CODE), await source.quote(CODE)
        assert first.offers == second.offers, source.key


@every_source
async def test_names_are_for_people_and_keys_for_storage(sources: list[PriceSource]) -> None:
    for source in sources:
        assert source.key.isidentifier()
        assert source.name.strip() == source.name != ""
        assert source.kept_s >= 0
    assert len({source.key for source in sources}) == len(sources)


@by_prefix
async def test_the_service_is_asked_as_it_wants_to_be(
    sources: list[PriceSource], service: FakeService
) -> None:
    for source in sources:
        await source.quote(CODE)
    assert service.queries == [CODE] * len(sources)
    assert service.refusals == []


@by_prefix
@pytest.mark.parametrize(
    "doing",
    ["html", "html@404", "html@500", "html@503", "nothing", "cut", "huge", "dropped", "truncated"],
)
async def test_trouble_is_a_state_that_holds_no_key_and_ends(  # noqa: PLR0917
    session: aiohttp.ClientSession,
    kind: type[SourceSettings],
    sources: list[PriceSource],
    service: FakeService,
    caplog: pytest.LogCaptureFixture,
    doing: str,
) -> None:
    told = service.settings()
    secrets = [getattr(told, name).get_secret_value() for name in kind.credentials()]
    for source in sources:
        service.always = doing
        with caplog.at_level(logging.DEBUG):
            quote = await source.quote(CODE)
        assert (quote.state, quote.offers) == (SourceState.DOWN, ()), source.key
        assert source.key in caplog.text
        service.always = ""
        assert (await source.quote(CODE)).state is SourceState.OK, source.key
    assert not [secret for secret in secrets if secret in caplog.text]


@by_prefix
async def test_a_slow_service_is_given_up_and_hung_up(
    session: aiohttp.ClientSession, kind: type[SourceSettings], service: FakeService
) -> None:
    service.always = "slow"
    sources = list(service.settings().open(means(session, deadline_s=0.2)))
    for source in sources:
        assert (await source.quote(CODE)).state is SourceState.SLOW
    await until(lambda: service.aborted >= len(service.queries))
    assert service.aborted == len(service.queries)


@by_prefix
async def test_no_key_follows_a_redirect(sources: list[PriceSource], service: FakeService) -> None:
    service.always = "redirect"
    for source in sources:
        assert (await source.quote(CODE)).state is SourceState.DOWN
    assert service.refusals == []


@by_prefix
async def test_calls_are_counted_and_kept_within_the_quota(
    session: aiohttp.ClientSession, kind: type[SourceSettings], service: FakeService, clock: Clock
) -> None:
    quotas = [name for name in kind.model_fields if name.startswith("calls_a_")]
    assert quotas, f"{kind.__name__} has no quota: calls_a_day or calls_a_month"
    told = service.settings(**dict.fromkeys(quotas, 2))
    (source, *_) = told.open(means(session, clock))
    states = [(await source.quote(CODE)).state for _ in range(3)]
    assert states == [SourceState.OK, SourceState.OK, SourceState.QUOTA]
    assert len(service.queries) == 2
    assert isinstance(source, MeteredSource)
    usage = await source.usage()
    assert (usage.calls, usage.limit, usage.left) == (2, 2, 0)


@by_prefix
async def test_settings_say_how_often_it_is_asked_and_how_long_answers_are_kept(
    session: aiohttp.ClientSession, kind: type[SourceSettings], service: FakeService
) -> None:
    told = service.settings(kept_s=77.0, calls_per_s=1.0)
    for source in told.open(means(session, deadline_s=0.4)):
        assert source.kept_s == 77.0
        asked = (source.quote(f"FU900{number}") for number in range(5))
        states = [quote.state for quote in await asyncio.gather(*asked)]
        assert states.count(SourceState.SLOW) >= 3, source.key
