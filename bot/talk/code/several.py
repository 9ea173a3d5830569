"""A message with several codes: each is one press from its prices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.talk.buttons import button, number
from bot.talk.code.choosing import settle
from bot.talk.desk import Desk, Turn
from bot.talk.row_marks import acted, met
from bot.talk.types import Reply
from storage.types import Interaction, Status, StoredCandidate

MOST_OFFERED = 20
"""Codes of one message; more are told to be sent again."""

_ABREAST = 2  # buttons side by side


async def offer_several(
    desk: Desk, turn: Turn, codes: Sequence[str], sentence: str = "typed-several"
) -> None:
    """A row that has the codes, once for each event, and a button for each.

    The row itself has no code: it is in no history, and none of these is anybody's word yet.
    """
    row, _ = await desk.interactions.begin(turn.who, turn.key, desk.clock())
    if not met(row, turn):
        offered = tuple(StoredCandidate(code, 0.0) for code in codes[:MOST_OFFERED])
        row = replace(acted(desk, turn, row), status=Status.TYPED, candidates=offered)
        await desk.interactions.save(row)
    text = turn.say(sentence, count=len(row.candidates))
    if len(codes) > MOST_OFFERED:
        text = f"{text}\n{turn.say('typed-more', more=len(codes) - MOST_OFFERED)}"
    each = [button(one.code, "each", row.id, at) for at, one in enumerate(row.candidates)]
    rows = tuple(tuple(each[at : at + _ABREAST]) for at in range(0, len(each), _ABREAST))
    await turn.replies.send(Reply(text, rows, interaction=row.id))


async def show_each(desk: Desk, turn: Turn, row: Interaction, argument: str) -> None:
    """One of them, as if it had been typed alone; raises BadButton where there is none."""
    code = row.candidates[number(argument, len(row.candidates))].code
    own, _ = await desk.interactions.begin(turn.who, turn.key, desk.clock())
    await settle(desk, turn, own, code, Status.TYPED)
