"""Price answers as rows keep them, and back again."""

from __future__ import annotations

from collections.abc import Sequence

from lookup.judging.merge import merged
from lookup.link import naver_link
from lookup.types import Condition, Offer, OfferNote, PriceAnswer, PriceQuote, SourceState
from storage.types import StoredOffer, StoredQuote

OFFERS_SHOWN = 5
"""Offers shown over all sources."""


def kept_answer(code: str, quotes: Sequence[StoredQuote]) -> PriceAnswer:
    """The answer as it was first shown: of each source its first quote, judged together again.

    What was shown before a late source came may have been odd beside it.
    """
    first: dict[str, PriceQuote] = {}
    for quote in quotes:
        first.setdefault(quote.source, _quote(code, quote))
    return PriceAnswer(code, merged(first.values()), naver_link(code))


def stored(quote: PriceQuote) -> StoredQuote:
    """A quote with the offers that may have been shown."""
    offers = tuple(
        StoredOffer(
            title=offer.title,
            price_won=offer.price_won,
            link=offer.link,
            mall=offer.mall,
            image=offer.image,
            condition=str(offer.condition),
            note=str(offer.note),
        )
        for offer in quote.offers[:OFFERS_SHOWN]
    )
    return StoredQuote(quote.source, quote.source_name, str(quote.state), quote.fetched_at, offers)


def lowest(answer: PriceAnswer) -> int | None:
    """The lowest price in won, None where there is none."""
    return None if answer.best is None else answer.best.price_won


def _quote(code: str, kept: StoredQuote) -> PriceQuote:
    offers = tuple(
        Offer(
            title=offer.title,
            price_won=offer.price_won,
            link=offer.link,
            mall=offer.mall,
            image=offer.image,
            condition=Condition(offer.condition),
            note=OfferNote(offer.note),
        )
        for offer in kept.offers
    )
    state = SourceState(kept.state)
    return PriceQuote(code, kept.source, kept.source_name, state, kept.fetched_at, offers)
