"""A source whose quota is spent is told to a person once a day, not in every answer."""

from __future__ import annotations

import logging
from dataclasses import replace

from bot.talk.desk import KST, Desk, Turn
from lookup.types import PriceAnswer, PriceQuote, SourceState

log = logging.getLogger(__name__)


async def without_told(desk: Desk, turn: Turn, answer: PriceAnswer) -> PriceAnswer:
    """The answer as it is shown: without spent sources that the person was told of today."""
    told = [quote for quote in answer.quotes if not await _is_new(desk, turn, quote)]
    if not told:
        return answer
    return replace(answer, quotes=tuple(quote for quote in answer.quotes if quote not in told))


def without_spent(answer: PriceAnswer) -> PriceAnswer:
    """The answer without a word on spent sources."""
    quotes = (quote for quote in answer.quotes if quote.state is not SourceState.QUOTA)
    return replace(answer, quotes=tuple(quotes))


async def _is_new(desk: Desk, turn: Turn, quote: PriceQuote) -> bool:
    if quote.state is not SourceState.QUOTA or desk.told is None:
        return True
    today = desk.clock().astimezone(KST).date()
    try:
        return await desk.told.once(turn.who, f"quota:{quote.source}", today, turn.key)
    except Exception:  # said twice is better than no answer
        log.exception("what was told could not be kept")
        return True
