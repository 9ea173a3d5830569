"""What a reading is answered with: its candidates, or, where it is sure, the prices at once."""

from __future__ import annotations

from dataclasses import replace

from bot.desk import Desk, Turn
from bot.known import asked_twin
from bot.pricing import keep_prices, look_up, lowest, prompt_prices
from bot.reading_reply import reading_reply
from bot.shown_prices import kept_answer
from bot.types import Reply
from bot.witnesses import only_witnessed
from lookup.types import PriceAnswer
from storage.types import Interaction


async def propose(
    desk: Desk, turn: Turn, row: Interaction, jpeg: bytes
) -> tuple[Interaction, Reply]:
    """The row (to be saved) and the reply to the reading that it has just got.

    Prices that come along make `auto_code`, never `code`: no person has said that it is right.
    """
    answer = await _prices_if_sure(desk, row)
    if answer is not None:
        await keep_prices(desk, row, answer)
        row = replace(row, auto_code=answer.code, price_won=lowest(answer))
    return row, await reading_reply(turn.say, row, jpeg, answer)


async def proposed_before(desk: Desk, turn: Turn, row: Interaction) -> Reply:
    """The same reply again, from the row alone."""
    jpeg = await desk.photos.get(row.photo) if row.photo else None
    answer = None
    if row.auto_code and row.current and row.auto_code == row.current[0].code:
        # Quotes do not say for which of several readings they were shown.
        again = row.lead > 0
        quotes = () if again else await desk.interactions.quotes(row.id)
        answer = await look_up(desk, row.auto_code) if again else kept_answer(row.auto_code, quotes)
    return await reading_reply(turn.say, row, jpeg, answer)


async def _prices_if_sure(desk: Desk, row: Interaction) -> PriceAnswer | None:
    """The prices of the first candidate where nothing is left to ask."""
    if row.code is not None or not row.current:
        return None
    first = row.current[0]
    doubtful = only_witnessed(first) or asked_twin(row.current) is not None
    if doubtful or first.confidence < desk.manners.sure_confidence:
        return None
    return await prompt_prices(desk, first.code)
