"""Prices for a row's code: asked, kept, shown. Trouble with a look-up never blocks the answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import replace
from time import perf_counter

from bot.sentences import Sentences
from bot.talk.buttons import button
from bot.talk.desk import Desk, Turn
from bot.talk.prices.card import (
    Pair,
    card_text,
    cheapest,
    mall_of,
    money,
    price_card,
    source_name,
)
from bot.talk.prices.goods_picture import goods_picture
from bot.talk.prices.late_prices import add_late
from bot.talk.prices.quota_notes import without_told
from bot.talk.prices.shown_prices import lowest, stored
from bot.talk.prices.typed_beside import typed_beside
from bot.talk.types import Choice, Reply, Rows
from lookup.link import naver_link
from lookup.types import PriceAnswer, SourceState
from storage.types import Interaction

log = logging.getLogger(__name__)

_LINKED = 3  # offers with a button of their own
LABEL_LENGTH = 40
"""Characters of a button."""

_TROUBLE = {
    SourceState.DOWN: "source-down",
    SourceState.SLOW: "source-slow",
    SourceState.QUOTA: "source-quota",
    SourceState.RETIRED: "source-retired",
    SourceState.REFUSED: "source-refused",
}


async def show_prices(
    desk: Desk,
    turn: Turn,
    row: Interaction,
    *,
    replaces: bool = False,
    answer: PriceAnswer | None = None,
) -> None:
    """Ask for the row's code (where no `answer` came already), keep the answer, and send it."""
    if row.shown_code is None:
        raise ValueError(f"interaction {row.id} has no code")
    answer = await ask_prices(desk, turn, row, row.shown_code, answer)
    reply = price_reply(turn.say, row, await without_told(desk, turn, answer))
    # A message that is changed keeps its picture: the person's photo, or the goods'.
    picture = None if replaces else await goods_picture(desk, turn, reply.offers)
    await turn.replies.send(replace(reply, replaces=replaces, image=picture))

    def fuller(answer: PriceAnswer) -> Reply:
        return replace(price_reply(turn.say, row, answer), image=picture)

    add_late(desk, turn, row, answer, fuller)


async def ask_prices(
    desk: Desk, turn: Turn, row: Interaction, code: str, answer: PriceAnswer | None = None
) -> PriceAnswer:
    """All sources' answers, kept with the row; its first price stays the "price then"."""
    since = perf_counter()
    if answer is None:
        await turn.replies.working()
        answer = await look_up(desk, code)
    took_ms = round((perf_counter() - since) * 1000, 1)
    await keep_prices(desk, row, answer)
    # The look-up took seconds: read the row again, so as not to undo what came in between.
    fresh = await desk.interactions.get(row.id)
    if fresh is not None and fresh.shown_code == code:
        price = fresh.price_won if fresh.price_won is not None else lowest(answer)
        timings = {**fresh.timings_ms, "price": took_ms}
        # This event's answer is what the message shows from here on.
        fresh = replace(fresh, price_won=price, timings_ms=timings, last_event=turn.key)
        await desk.interactions.save(fresh)
    return answer


async def look_up(desk: Desk, code: str) -> PriceAnswer:
    """All sources' answers; where the look-up itself breaks, the link alone."""
    try:
        return await desk.prices.quote(code)
    except Exception:
        log.exception("a look-up failed")
        return PriceAnswer(code, (), naver_link(code))


async def prompt_prices(desk: Desk, code: str) -> PriceAnswer | None:
    """The answers if they come within the deadline and a source knows the code, else None."""
    try:
        async with asyncio.timeout(desk.manners.price_deadline_s):
            answer = await look_up(desk, code)
    except TimeoutError:
        return None
    return answer if answer.offers else None


async def keep_prices(desk: Desk, row: Interaction, answer: PriceAnswer) -> None:
    """Keep an answer that is shown for the row."""
    await desk.interactions.add_quotes(row.id, [stored(quote) for quote in answer.quotes])


def price_reply(
    say: Sentences,
    row: Interaction | None,
    answer: PriceAnswer,
    note: str = "",
    *,
    unasked: bool = False,
) -> Reply:
    """The code, its offers, what is wrong with which source, and the link that always works.

    The note stands below the offers: nothing comes between a price and where it is to be had.
    Without a row there are no buttons that need one. `unasked` prices came with the reading: the
    person may say that the code is right, or wrong.
    """
    offers = cheapest(answer)
    beside = typed_beside(row, answer.code)
    if beside and not note:
        note = say("typed-settled", typed=beside[0].label, code=answer.code)
    troubles = [
        say(_TROUBLE[quote.state], source=source_name(say, quote.source, quote.source_name))
        for quote in answer.quotes
        if quote.state in _TROUBLE
    ]
    rest = "\n\n".join(filter(None, (note, "\n".join(troubles))))
    card = price_card(say, answer, rest, large=unasked)
    return Reply(
        card_text(say, card, offers),
        (
            *_verdict(say, row, answer.code, unasked),
            *filter(None, [beside]),
            *_rows(say, row, answer, offers, unasked),
        ),
        code=answer.code,
        interaction=row.id if row else 0,
        offers=tuple(offer for offer, _ in offers),
        card=card,
    )


def _verdict(say: Sentences, row: Interaction | None, code: str, unasked: bool) -> Rows:
    if row is None or not unasked or row.code == code:
        return ()
    right = button(f"✓ {say('confirm-button')}", "confirm", row.id, style="success")
    return ((right, button(f"✕ {say('wrong-button')}", "edit", row.id, style="danger")),)


def _rows(
    say: Sentences,
    row: Interaction | None,
    answer: PriceAnswer,
    offers: list[Pair],
    unasked: bool,
) -> Iterator[tuple[Choice, ...]]:
    linked = [pair for pair in offers if pair[0].link.startswith(("https://", "http://"))]
    for offer, quote in linked[:_LINKED]:
        mall = mall_of(say, offer, quote)
        label = say("offer-button", price=money(say, offer.price_won), mall=mall)
        yield (Choice(label[:LABEL_LENGTH], url=offer.link),)
    yield (
        Choice(say("naver-button"), url=answer.link),
        Choice(f"⧉ {say('copy-button')}", copy=answer.code),
    )
    if row is not None:
        again = button(f"↻ {say('price-button')}", "price", row.id)
        edit = button(f"✎ {say('edit-button')}", "edit", row.id)
        bell = button(f"🔔 {say('watch-button')}", "bell", row.id)
        yield (again, bell) if unasked else (again, edit, bell)
