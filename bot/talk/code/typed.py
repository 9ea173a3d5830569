"""Typed text: a code for the photo at hand, codes of their own, or no code at all."""

from __future__ import annotations

from dataclasses import replace

from bot.talk.code.belonging import row_meant, status_said
from bot.talk.code.choosing import settle
from bot.talk.code.several import offer_several
from bot.talk.code.uncoded import uncoded
from bot.talk.desk import Desk, Turn
from bot.talk.row_marks import met
from bot.talk.types import TextSent
from storage.types import Interaction, StoredCandidate
from stylecode import TypedCode, read


async def answer_text(desk: Desk, turn: Turn, event: TextSent) -> None:
    """Settle a typed code, offer several; anything else gets a sentence about what to send."""
    typed = read(event.text)
    if not typed.codes:
        await turn.replies.send(uncoded(turn.say, typed))
    elif len(typed.codes) > 1:
        await offer_several(desk, turn, [each.code for each in typed.codes])
    else:
        await _answer_code(desk, turn, event, typed.codes[0])


async def _answer_code(desk: Desk, turn: Turn, event: TextSent, typed: TypedCode) -> None:
    row = await row_meant(desk, turn, event, typed.code)
    if row is None:
        row, _ = await desk.interactions.begin(turn.who, turn.key, desk.clock())
        row = _with_both(row, typed) if typed.typed and not met(row, turn) else row
    await settle(desk, turn, row, typed.code, status_said(row, typed.code))


def _with_both(row: Interaction, typed: TypedCode) -> Interaction:
    """The row with the likely code and what was typed, which is one press away."""
    both = (StoredCandidate(code, 0.0) for code in (typed.code, typed.typed))
    return replace(row, candidates=tuple(both))
