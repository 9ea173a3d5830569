"""What an event leaves in a row: that it was handled, and whether it counts as a tap.

A tap is a press, or a typed text, on the way from a reading to its price. Taps end with the first
price of a code that the person said. An event that a row has met changes nothing in it again.
"""

from __future__ import annotations

from dataclasses import replace

from bot.talk.desk import Desk, Turn
from storage.types import Interaction

EVENTS_KEPT = 64
"""Keys of events that a row remembers."""


def met(row: Interaction, turn: Turn) -> bool:
    """Whether this event has changed the row already."""
    return row.last_event == turn.key or turn.key in row.events


def acted(desk: Desk, turn: Turn, row: Interaction, *, tap: bool = True) -> Interaction:
    """The row after this event; `tap` where it brings the person nearer to the price."""
    counts = tap and row.taps is not None and row.priced_at is None and not met(row, turn)
    return replace(
        row,
        taps=(row.taps or 0) + 1 if counts else row.taps,
        events=(*(key for key in row.events if key != turn.key), turn.key)[-EVENTS_KEPT:],
        last_event=turn.key,
        updated_at=desk.clock(),
    )
