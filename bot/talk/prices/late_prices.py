"""Prices that come after the answer was shown are added to it, where the channel can edit it.

The person's next event does not wait for them. A message that shows something else by then (a
correction, a newer answer) is left alone: the row's `last_event` tells. When the process ends, what
is late is not added.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.talk.desk import Desk, Turn
from bot.talk.ports import LatePrices
from bot.talk.prices.quota_notes import without_told
from bot.talk.prices.shown_prices import lowest, stored
from bot.talk.types import AmendingReplies, Reply
from lookup.types import PriceAnswer
from storage.types import Interaction


def add_late(
    desk: Desk,
    turn: Turn,
    row: Interaction,
    shown: PriceAnswer,
    render: Callable[[PriceAnswer], Reply],
) -> None:
    """Follow the sources that `shown` leaves pending; edit the turn's last message for each.

    The message is the one that was sent last when this is called. Nothing is followed where none
    is pending or the channel cannot edit.
    """
    prices, replies = desk.prices, turn.replies
    if not shown.pending or not isinstance(prices, LatePrices):
        return
    if isinstance(replies, AmendingReplies) and replies.latest:
        message = replies.latest

        async def amend(answer: PriceAnswer) -> None:
            await replies.amend(render(answer), message)

        desk.aside.begin(_follow(desk, prices, turn, row.id, shown, amend))


async def _follow(  # noqa: PLR0913, PLR0917
    desk: Desk,
    prices: LatePrices,
    turn: Turn,
    row_id: int,
    shown: PriceAnswer,
    amend: Callable[[PriceAnswer], Awaitable[None]],
) -> None:
    async for answer in prices.follow(shown.code):
        fresh = _newcomers(shown, answer)
        if not fresh.quotes:
            continue
        before, shown = lowest(shown), answer
        async with desk.aside.turn_of(turn.who):
            row = await desk.interactions.get(row_id)
            if row is None or row.last_event != turn.key or row.shown_code != answer.code:
                return
            await desk.interactions.add_quotes(row_id, [stored(quote) for quote in fresh.quotes])
            # What was the lowest for a moment may be odd beside all others.
            if row.price_won is None or (row.price_won == before and before not in _prices(answer)):
                await desk.interactions.save(replace(row, price_won=lowest(answer)))
            await amend(await without_told(desk, turn, answer))


def _prices(answer: PriceAnswer) -> set[int]:
    return {offer.price_won for offer in answer.offers}


def _newcomers(shown: PriceAnswer, answer: PriceAnswer) -> PriceAnswer:
    """What sources say that said nothing before."""
    states = {quote.source: quote.state for quote in shown.quotes}
    fresh = [quote for quote in answer.quotes if states.get(quote.source) != quote.state]
    return replace(answer, quotes=tuple(fresh))
