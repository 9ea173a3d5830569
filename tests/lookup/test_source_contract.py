"""What every price source promises, over a fake one, the catalogue and Naver's contract."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from benchmarks.stand_ins.naver import CLIENT_ID, CLIENT_SECRET, FakeNaver
from lookup import CatalogueSource, NaverSource, PriceSource, SourceState
from tests.lookup.sources import FakeRows, FakeSource, shop_offer


@pytest.fixture(params=["fake", "catalogue", "naver"])
def source(
    request: pytest.FixtureRequest, session: aiohttp.ClientSession, naver: FakeNaver
) -> PriceSource:
    """A source that knows offers for DD1391-100 and nothing else."""
    if request.param == "naver":
        return NaverSource(session, CLIENT_ID, CLIENT_SECRET, naver.url)
    if request.param == "catalogue":
        return CatalogueSource(FakeRows({"DD1391100": (shop_offer(129_000), shop_offer(99_000))}))
    return FakeSource("fake", 129_000, 99_000)


async def test_a_known_code(source: PriceSource) -> None:
    before = datetime.now(UTC)
    quote = await source.quote("DD1391-100")
    assert (quote.code, quote.source, quote.source_name, quote.state) == (
        "DD1391-100",
        source.key,
        source.name,
        SourceState.OK,
    )
    prices = [offer.price_won for offer in quote.offers]
    assert len(prices) >= 2
    assert prices == sorted(prices)
    assert all(offer.title and offer.link.startswith("https://") for offer in quote.offers)
    assert before - timedelta(seconds=1) <= quote.fetched_at <= datetime.now(UTC)
    assert quote.fetched_at.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "code", ["FU9006", "DD1391-999", "", " ", "한글", "' OR 1=1 --", "\x00", "x" * 3000, "\ud800"]
)
async def test_any_other_text_is_empty_and_never_raises(source: PriceSource, code: str) -> None:
    quote = await source.quote(code)
    assert (quote.code, quote.state, quote.offers) == (code, SourceState.EMPTY, ())


async def test_the_same_again(source: PriceSource) -> None:
    first, second = await source.quote("DD1391-100"), await source.quote("DD1391-100")
    assert first.offers == second.offers


async def test_names_are_for_people_and_keys_for_storage(source: PriceSource) -> None:
    assert source.key.isidentifier()
    assert source.name.strip() == source.name != ""
