"""What else a typed code may be: as it was typed, or with look-alikes settled."""

from __future__ import annotations

from bot.talk.buttons import button
from bot.talk.types import Choice
from storage.types import Interaction


def typed_beside(row: Interaction | None, code: str) -> tuple[Choice, ...]:
    """Buttons for the other spellings of a row that was typed, not read."""
    if row is None or row.photo is not None or row.shown_code is None:
        return ()
    codes = [candidate.code for candidate in row.candidates]
    if code not in codes:
        return ()
    return tuple(
        button(other, "pick", row.id, at) for at, other in enumerate(codes) if other != code
    )
