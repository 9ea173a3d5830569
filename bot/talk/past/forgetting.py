"""All of a person's past deleted, once they were asked whether they mean it."""

from __future__ import annotations

from datetime import timedelta

from bot.talk.buttons import button
from bot.talk.desk import Desk, Turn
from bot.talk.errors import BadButton
from bot.talk.types import Reply

QUESTION_HOLDS = timedelta(hours=1)
"""How long "delete everything" can still be pressed after it was asked for."""


async def ask_to_forget(desk: Desk, turn: Turn, argument: str) -> None:
    """Whether everything is to be deleted."""
    await _ask(desk, turn)


async def forget_pressed(desk: Desk, turn: Turn, argument: str) -> None:
    """ "Delete everything" or "keep it"; "ask" and an old "delete everything" ask (again)."""
    verdict, _, asked = argument.partition("-")
    if verdict == "ask":
        await _ask(desk, turn)
        return
    if verdict == "no":
        await turn.replies.send(Reply(turn.say("forget-kept"), replaces=True))
        return
    if verdict != "yes" or not asked.isdecimal():
        raise BadButton("neither yes nor no")
    if abs(desk.clock().timestamp() - int(asked)) > QUESTION_HOLDS.total_seconds():
        await _ask(desk, turn, replaces=True)
        return
    _, codes = await desk.interactions.codes(turn.who, 0, 1)
    rows = await desk.people.forget(turn.who)  # of all tables: no number for a person
    text = turn.say("forgotten", codes=codes) if rows else turn.say("forgotten-nothing")
    await turn.replies.send(Reply(text, replaces=True))


async def _ask(desk: Desk, turn: Turn, *, replaces: bool = False) -> None:
    asked = int(desk.clock().timestamp())
    yes = button(turn.say("forget-yes-button"), "forget", 0, f"yes-{asked}", style="danger")
    no = button(turn.say("forget-no-button"), "forget", 0, "no")
    await turn.replies.send(Reply(turn.say("forget-ask"), ((yes, no),), replaces=replaces))
