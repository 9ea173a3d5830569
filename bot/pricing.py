"""Prices for a row's code: asked, kept, shown. Trouble with a look-up never blocks the answer."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from time import perf_counter

from bot.buttons import button
from bot.desk import KST, Desk, Turn
from bot.sentences import Sentences
from bot.types import Choice, Reply
from lookup.link import naver_link
from lookup.types import Offer, PriceAnswer, PriceQuote, SourceState
from storage.types import Interaction, StoredOffer, StoredQuote

log = logging.getLogger(__name__)

SHOWN = 5
"""Offers shown over all sources."""

_LINKED = 3  # offers with a button of their own
_MALL = 24  # characters of a mall's name
_LABEL = 40  # characters of a button
_NAMES = {"naver": "name-naver", "catalogue": "name-catalogue"}
_TROUBLE = {
    SourceState.DOWN: "source-down",
    SourceState.SLOW: "source-slow",
    SourceState.QUOTA: "source-quota",
    SourceState.RETIRED: "source-retired",
    SourceState.REFUSED: "source-refused",
}


async def show_prices(desk: Desk, turn: Turn, row: Interaction, *, replaces: bool = False) -> None:
    """Ask for the row's final code, keep the answer, and send it."""
    if row.code is None:
        raise ValueError(f"interaction {row.id} has no code")
    answer = await ask_prices(desk, turn, row, row.code)
    reply = price_reply(turn.say, row, answer)
    await turn.replies.send(replace(reply, replaces=replaces))


async def ask_prices(desk: Desk, turn: Turn, row: Interaction, code: str) -> PriceAnswer:
    """All sources' answers, kept with the row; its first price stays the "price then"."""
    await turn.replies.working()
    since = perf_counter()
    try:
        answer = await desk.prices.quote(code)
    except Exception:
        log.exception("the look-up for interaction %d failed", row.id)
        answer = PriceAnswer(code, (), naver_link(code))
    took_ms = round((perf_counter() - since) * 1000, 1)
    await desk.interactions.add_quotes(row.id, [_stored(quote) for quote in answer.quotes])
    # The look-up took seconds: read the row again, so as not to undo what came in between.
    fresh = await desk.interactions.get(row.id)
    if fresh is not None and fresh.code == code:
        price = fresh.price_won if fresh.price_won is not None else _lowest(answer)
        timings = {**fresh.timings_ms, "price": took_ms}
        await desk.interactions.save(replace(fresh, price_won=price, timings_ms=timings))
    return answer


def price_reply(say: Sentences, row: Interaction, answer: PriceAnswer, note: str = "") -> Reply:
    """The code, its offers, what is wrong with which source, and the link that always works."""
    offers = _cheapest(answer)
    lines = [_heading(say, answer), *([note] if note else [])]
    lines += ["", *_offer_lines(say, offers)] if offers else []
    troubles = [
        say(_TROUBLE[quote.state], source=_source(say, quote))
        for quote in answer.quotes
        if quote.state in _TROUBLE
    ]
    lines += ["", *troubles] if troubles else []
    return Reply(
        "\n".join(lines),
        tuple(_rows(say, row, answer, offers)),
        code=answer.code,
        interaction=row.id,
    )


def money(say: Sentences, won: int) -> str:
    """An amount in the language's way."""
    return say("price", won=won)


def _heading(say: Sentences, answer: PriceAnswer) -> str:
    if answer.best is None:
        return say("no-offers", code=answer.code)
    return say("best-price", code=answer.code, price=money(say, answer.best.price_won))


def _cheapest(answer: PriceAnswer) -> list[tuple[Offer, PriceQuote]]:
    offers = [(offer, quote) for quote in answer.quotes for offer in quote.offers]
    return sorted(offers, key=lambda pair: pair[0].price_won)[:SHOWN]


def _offer_lines(say: Sentences, offers: list[tuple[Offer, PriceQuote]]) -> list[str]:
    return [
        say(
            "offer-line",
            place=place,
            price=money(say, offer.price_won),
            mall=_mall(offer, _source(say, quote)),
            source=_source(say, quote),
            time=f"{quote.fetched_at.astimezone(KST):%H:%M}",
        )
        for place, (offer, quote) in enumerate(offers, 1)
    ]


def _rows(
    say: Sentences, row: Interaction, answer: PriceAnswer, offers: list[tuple[Offer, PriceQuote]]
) -> Iterator[tuple[Choice, ...]]:
    linked = [pair for pair in offers if pair[0].link.startswith(("https://", "http://"))]
    for offer, quote in linked[:_LINKED]:
        mall = _mall(offer, _source(say, quote))
        label = say("offer-button", price=money(say, offer.price_won), mall=mall)
        yield (Choice(_cut(label, _LABEL), url=offer.link),)
    yield (Choice(say("naver-button"), url=answer.link),)
    yield (
        button(f"↻ {say('price-button')}", "price", row.id),
        button(f"✎ {say('edit-button')}", "edit", row.id),
    )


def _source(say: Sentences, quote: PriceQuote) -> str:
    """The source's name in the person's language, where we have one."""
    return say(_NAMES[quote.source]) if quote.source in _NAMES else quote.source_name


def _mall(offer: Offer, source: str) -> str:
    return _cut(" ".join(offer.mall.split()) or source, _MALL)


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def _lowest(answer: PriceAnswer) -> int | None:
    return None if answer.best is None else answer.best.price_won


def _stored(quote: PriceQuote) -> StoredQuote:
    offers = tuple(
        StoredOffer(offer.title, offer.price_won, offer.link, offer.mall)
        for offer in quote.offers[:SHOWN]
    )
    return StoredQuote(quote.source, quote.source_name, str(quote.state), quote.fetched_at, offers)
