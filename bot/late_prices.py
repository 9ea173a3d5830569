"""Prices that come after the answer was shown are added to it, where the channel can edit it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.desk import Desk, Turn
from bot.ports import LatePrices
from bot.shown_prices import stored
from bot.types import AmendingReplies, Reply
from lookup.types import PriceAnswer
from storage.types import Interaction


async def add_late(
    desk: Desk,
    turn: Turn,
    row: Interaction,
    shown: PriceAnswer,
    render: Callable[[PriceAnswer], Reply],
) -> None:
    """Wait for the sources that `shown` leaves pending; edit the turn's last message for each.

    Nothing is waited for where none is pending or the channel cannot edit. The person's next
    event waits meanwhile, so that no edit comes over what the message was pressed into.
    """
    prices, replies = desk.prices, turn.replies
    if not shown.pending or not isinstance(prices, LatePrices):
        return
    if not isinstance(replies, AmendingReplies):
        return
    async for answer in prices.follow(shown.code):
        fresh = _newcomers(shown, answer)
        if fresh.quotes:
            shown = answer
            await desk.interactions.add_quotes(row.id, [stored(quote) for quote in fresh.quotes])
            await replies.amend(render(answer))


def _newcomers(shown: PriceAnswer, answer: PriceAnswer) -> PriceAnswer:
    """What sources say that said nothing before."""
    states = {quote.source: quote.state for quote in shown.quotes}
    fresh = [quote for quote in answer.quotes if states.get(quote.source) != quote.state]
    return replace(answer, quotes=tuple(fresh))
