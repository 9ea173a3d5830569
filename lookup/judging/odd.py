"""Prices that cannot be the shoe's, told by all that sources ask for it together. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from lookup.types import PriceQuote

# No shoe is sold at a fifth of what the others ask, or at five times as much: that is a strap that
# names its shoe, or a placeholder. Two offers alone cannot tell which one is odd.
_ODD = 5.0
_FEWEST_TO_TELL = 3

# Below a third of the middle the lowest price counts where another one lies near: a clearance that
# deep is rarely one shop's alone, and a part or a slip of the pen is.
_LONELY = 3.0
_COMPANY = 1.5


@dataclass(frozen=True, slots=True)
class FairPrices:
    """What one new pair may cost: from `lowest` to `highest` won, both included."""

    lowest: float = 0.0
    highest: float = float("inf")

    def within(self, quote: PriceQuote) -> PriceQuote:
        """The quote without the offers of one new pair at another price."""
        offers = tuple(
            offer
            for offer in quote.offers
            if not offer.comparable or self.lowest <= offer.price_won <= self.highest
        )
        return quote if len(offers) == len(quote.offers) else replace(quote, offers=offers)


def fair_prices(quotes: Sequence[PriceQuote]) -> FairPrices:
    """Judged over all offers of one new pair, each of them told once."""
    prices = sorted(
        offer.price_won for quote in quotes for offer in quote.offers if offer.comparable
    )
    if len(prices) < _FEWEST_TO_TELL:
        return FairPrices()
    middle = median(prices)
    least, most = middle / _ODD, middle * _ODD
    fair = [price for price in prices if least <= price <= most]
    lonely = fair[0] * _LONELY < middle and fair[0] * _COMPANY < fair[1]
    return FairPrices(fair[1] if lonely else least, most)
