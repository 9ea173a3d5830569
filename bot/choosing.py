"""The final code: confirmed, picked, typed or mended; or none of these, "not this"."""

from __future__ import annotations

from dataclasses import replace

from bot.buttons import button, number
from bot.desk import Desk, Turn
from bot.errors import BadButton
from bot.pricing import show_prices
from bot.reading_reply import other_choices
from bot.types import Reply
from storage.types import Interaction, Status


async def settle(  # noqa: PLR0913
    desk: Desk, turn: Turn, row: Interaction, code: str, status: Status, *, replaces: bool = False
) -> None:
    """Make `code` the row's final one, once for each event, then show its prices."""
    if row.last_event != turn.key or row.code is None:
        row = replace(
            row,
            code=code,
            status=status,
            draft=None,
            price_won=row.price_won if row.code == code else None,
            last_event=turn.key,
            updated_at=desk.clock(),
        )
        await desk.interactions.save(row)
    await show_prices(desk, turn, row, replaces=replaces)


async def confirm(desk: Desk, turn: Turn, row: Interaction, argument: str) -> None:
    """The first candidate is right."""
    await pick(desk, turn, row, "0")


async def pick(desk: Desk, turn: Turn, row: Interaction, argument: str) -> None:
    """The candidate with this index is right; raises BadButton where there is none."""
    index = number(argument, len(row.candidates))
    status = Status.PICKED if index else Status.CONFIRMED
    await settle(desk, turn, row, row.candidates[index].code, status)


async def refuse(desk: Desk, turn: Turn, row: Interaction, argument: str) -> None:
    """None of what was shown is right; the person may still choose, mend or type."""
    if row.last_event != turn.key:
        row = replace(
            row,
            status=Status.REFUSED,
            code=None,
            draft=None,
            price_won=None,
            last_event=turn.key,
            updated_at=desk.clock(),
        )
        await desk.interactions.save(row)
    edit = button(f"✎ {turn.say('edit-button')}", "edit", row.id)
    rows = (*other_choices(row), (edit,))
    await turn.replies.send(Reply(turn.say("refused"), rows, interaction=row.id))


async def price_again(desk: Desk, turn: Turn, row: Interaction, argument: str) -> None:
    """Look the final code up once more; raises BadButton where there is none (any more)."""
    if row.code is None:
        raise BadButton("no final code")
    await show_prices(desk, turn, row, replaces=True)
