"""The final code: confirmed, picked, typed or mended; or none of these, "not this"."""

from __future__ import annotations

from dataclasses import replace

from bot.talk.buttons import button, number
from bot.talk.code.draft import open_draft, step, text_of
from bot.talk.desk import Desk, Turn
from bot.talk.errors import BadButton
from bot.talk.past.privacy import ask_for_consent
from bot.talk.photo.captions import only_written
from bot.talk.photo.proposal import confirmed_prices
from bot.talk.photo.reading_reply import confirmed_reading, mark_choice, other_choices
from bot.talk.prices.pricing import show_prices
from bot.talk.row_marks import acted, met
from bot.talk.types import Reply
from lookup.types import PriceAnswer
from storage.types import Interaction, Status, StoredCandidate
from stylecode import InvalidCode, check


async def settle(  # noqa: PLR0913
    desk: Desk,
    turn: Turn,
    row: Interaction,
    code: str,
    status: Status,
    *,
    replaces: bool = False,
    chosen: bool = False,
    answer: PriceAnswer | None = None,
) -> None:
    """Make `code` the row's final one, once for each event, then show its prices.

    `chosen`: a button offered it for a photo, and the button's message then says that it is
    confirmed. `answer` are prices that are known already. Raises BadButton where the event was
    handled and what it said was taken back since.
    """
    if not met(row, turn):
        row = _said(desk, turn, row, code, status)
        await desk.interactions.save(row)
    if row.code is None:
        raise BadButton("taken back since")
    if chosen and row.photo is not None:
        await turn.replies.send(confirmed_reading(turn.say, row, row.code))
    await show_prices(desk, turn, row, replaces=replaces, answer=answer)
    await ask_for_consent(desk, turn, row)


def said_status(row: Interaction, candidate: StoredCandidate | None, *, first: bool) -> Status:
    """What a person makes of a row by saying this candidate, or (None) another code."""
    if row.photo is None:
        return Status.TYPED
    if candidate is None or only_written(candidate):
        return Status.EDITED
    return Status.CONFIRMED if first else Status.PICKED


async def confirm(desk: Desk, turn: Turn, row: Interaction, argument: str) -> None:
    """The first candidate is right."""
    await pick(desk, turn, row, "0")


async def pick(desk: Desk, turn: Turn, row: Interaction, argument: str) -> None:
    """The candidate with this index is right; raises BadButton where there is none."""
    index = number(argument, len(row.candidates))
    status = said_status(row, row.candidates[index], first=index in {0, row.lead})
    code = row.candidates[index].code
    if code == row.auto_code and not row.taps and row.draft is None:
        await _thank(desk, turn, row, code, status)
    else:
        await settle(desk, turn, row, code, status, chosen=True)


async def near(desk: Desk, turn: Turn, row: Interaction, argument: str) -> None:
    """The code with one character changed is right: what was offered beside a correction."""
    if met(row, turn):
        await settle(desk, turn, row, "", row.status, chosen=True)
        return
    try:
        code = check(step(open_draft(text_of(row)), "set", argument).text)
    except InvalidCode as error:
        raise BadButton("no code") from error
    await settle(desk, turn, row, code, Status.EDITED if row.photo else Status.TYPED, chosen=True)


async def refuse(desk: Desk, turn: Turn, row: Interaction, argument: str) -> None:
    """None of what was shown is right; the person may still choose, mend, mark or type."""
    if not met(row, turn):
        row = acted(desk, turn, row)
        row = replace(row, status=Status.REFUSED, code=None, draft=None, price_won=None)
        await desk.interactions.save(row)
    edit = button(f"✎ {turn.say('edit-button')}", "edit", row.id)
    rows = (*other_choices(row), (edit,), *mark_choice(turn.say, row))
    await turn.replies.send(Reply(turn.say("refused"), rows, interaction=row.id))


async def _thank(desk: Desk, turn: Turn, row: Interaction, code: str, status: Status) -> None:
    """The code whose prices came along is right: its message says so, and it is no tap."""
    if not met(row, turn):
        row = _said(desk, turn, row, code, status, tap=False)
        await desk.interactions.save(row)
    reply = await confirmed_prices(desk, turn, row, code)
    thanks = turn.say("confirmed-thanks", code=code)
    await turn.replies.send(replace(reply, toast=thanks))
    await ask_for_consent(desk, turn, row)


def _said(  # noqa: PLR0913
    desk: Desk, turn: Turn, row: Interaction, code: str, status: Status, *, tap: bool = True
) -> Interaction:
    """The row once a person said its code."""
    price_won = row.price_won if row.shown_code == code else None
    row = acted(desk, turn, row, tap=tap)
    return replace(
        row,
        code=code,
        status=status,
        draft=None,
        price_won=price_won,
        priced_at=row.priced_at or desk.clock(),
    )


async def price_again(desk: Desk, turn: Turn, row: Interaction, argument: str) -> None:
    """Look the code up once more; raises BadButton where there is none (any more)."""
    if row.shown_code is None:
        raise BadButton("no final code")
    await show_prices(desk, turn, row, replaces=True)
