"""What a reading is answered with: its candidates, or, where it is sure, the prices at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from bot.talk.desk import Desk, Turn
from bot.talk.photo.captions import written_beside
from bot.talk.photo.known import asked_twin
from bot.talk.photo.reading_reply import priced_reading, reading_reply
from bot.talk.photo.witnesses import only_witnessed
from bot.talk.prices.late_prices import add_late
from bot.talk.prices.pricing import keep_prices, look_up, prompt_prices
from bot.talk.prices.quota_notes import without_told
from bot.talk.prices.shown_prices import kept_answer, lowest
from bot.talk.types import Reply
from lookup.types import PriceAnswer
from storage.types import Interaction


@dataclass(frozen=True, slots=True)
class Proposal:
    """The row, to be saved; then the reply, to be sent. `answer` are prices that came along."""

    row: Interaction
    reply: Reply
    answer: PriceAnswer | None = None


async def propose(desk: Desk, turn: Turn, row: Interaction, jpeg: bytes) -> Proposal:
    """What answers the reading that the row has just got.

    Prices that come along make `auto_code`, never `code`: no person has said that it is right.
    """
    answer = await _prices_if_sure(desk, row)
    shown = answer
    if answer is not None:
        await keep_prices(desk, row, answer)
        row = replace(row, auto_code=answer.code, price_won=lowest(answer))
        shown = await without_told(desk, turn, answer)
    return Proposal(row, await reading_reply(turn.say, row, jpeg, shown), answer)


def add_late_to(desk: Desk, turn: Turn, proposal: Proposal) -> None:
    """Add late prices to the proposal, which was just sent."""
    if proposal.answer is not None:
        render = partial(priced_reading, turn.say, proposal.row)
        add_late(desk, turn, proposal.row, proposal.answer, render)


async def proposed_before(desk: Desk, turn: Turn, row: Interaction) -> Reply:
    """The same reply again, from the row alone."""
    jpeg = await desk.photos.get(row.photo) if row.photo else None
    answer = None
    if row.auto_code and row.current and row.auto_code == row.current[0].code:
        answer = await _prices_before(desk, turn, row, row.auto_code)
    return await reading_reply(turn.say, row, jpeg, answer)


async def confirmed_prices(desk: Desk, turn: Turn, row: Interaction, code: str) -> Reply:
    """The message of a sure reading once its code was confirmed: no more to say yes or no to."""
    answer = await _prices_before(desk, turn, row, code)
    reply = priced_reading(turn.say, row, answer)
    return replace(reply, replaces=True, only_in_place=True)


async def _prices_before(desk: Desk, turn: Turn, row: Interaction, code: str) -> PriceAnswer:
    """The prices that came with the reading, as far as the row knows them."""
    # Quotes do not say for which of several readings they were shown.
    again = row.lead > 0
    quotes = () if again else await desk.interactions.quotes(row.id)
    answer = await look_up(desk, code) if again else kept_answer(code, quotes)
    return await without_told(desk, turn, answer)


async def _prices_if_sure(desk: Desk, row: Interaction) -> PriceAnswer | None:
    """The prices of the first candidate where nothing is left to ask."""
    if row.code is not None or not row.current:
        return None
    first = row.current[0]
    doubtful = only_witnessed(first) or asked_twin(row.current) is not None
    if doubtful or written_beside(row.current) or first.confidence < desk.manners.sure_confidence:
        return None
    return await prompt_prices(desk, first.code)
