"""One answer from many: each offer once, and none at a price that cannot be. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode, urlsplit

from lookup.judging.odd import FairPrices, fair_prices
from lookup.types import Offer, PriceQuote
from stylecode.grammar.normalise import key

# What shops and searches add to an address to know where a person came from.
_TRACKING = re.compile(
    r"^(?:utm_.*|nl-.*|n_.*|ref|referrer|src|gclid|srsltid|fbclid|nacn|napm|trx|channel|adid)$",
    re.IGNORECASE,
)


def merged(quotes: Iterable[PriceQuote]) -> tuple[PriceQuote, ...]:
    """The quotes in their order, with what is fair of their offers, each told once."""
    given = tuple(quotes)
    fair = fair_over(given)
    # Of two prices for one offer the cheaper may be the odd one: it must not stand for both.
    return without_duplicates(fair.within(quote) for quote in given)


def fair_over(quotes: Iterable[PriceQuote]) -> FairPrices:
    """What is fair by all these quotes together."""
    return fair_prices(without_duplicates(quotes))


def without_duplicates(quotes: Iterable[PriceQuote]) -> tuple[PriceQuote, ...]:
    """The quotes in their order; of offers that are the same one, the cheapest stays.

    The same address is the same offer, and so are the same title and price in the same mall. Two
    rows of one source with one address (sizes, options) are merged, too.
    """
    given = tuple(quotes)
    kept: list[tuple[int, Offer]] = []
    seen: set[tuple[str, ...]] = set()
    ranked = [
        (offer.price_won, at, offer) for at, quote in enumerate(given) for offer in quote.offers
    ]
    for _, at, offer in sorted(ranked, key=lambda entry: entry[:2]):
        names = _names(offer)
        if not names & seen:
            kept.append((at, offer))
        seen |= names
    return tuple(
        _with(quote, tuple(offer for place, offer in kept if place == at))
        for at, quote in enumerate(given)
    )


def _with(quote: PriceQuote, offers: tuple[Offer, ...]) -> PriceQuote:
    return quote if len(offers) == len(quote.offers) else replace(quote, offers=offers)


def _names(offer: Offer) -> set[tuple[str, ...]]:
    """What this offer is known by: its address, and what it says of itself."""
    mall = "".join(offer.mall.lower().split())
    words = "".join(offer.title.lower().split())
    names = {("says", mall, words, str(offer.price_won))} if mall and key(words) else set()
    return names | ({("at", *_place(offer.link))} if offer.link else set())


def _place(link: str) -> tuple[str, str, str]:
    try:
        parts = urlsplit(link)
        asked = sorted(pair for pair in parse_qsl(parts.query) if not _TRACKING.match(pair[0]))
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return ("", link, "")
    return (host, parts.path.rstrip("/"), urlencode(asked))
