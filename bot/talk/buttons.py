"""Button data: `verb:interaction:argument`, at most 64 bytes, never a code.

Which verbs there are, and what their arguments say: `bot.talk.commands.PRESSES`. The interaction is
0 where a button belongs to none. A character in an argument is its code point in hex, a stamp is
`bot.talk.code.draft.stamp` of the text that the button was made for.
"""

from __future__ import annotations

import re

from bot.talk.errors import BadButton
from bot.talk.types import Choice, Pressed

MAX_DATA_BYTES = 64
_DATA = re.compile(r"([a-z]{1,12}):(\d{1,18})(?::([A-Za-z0-9.\-]{0,40}))?", re.ASCII)


def data(verb: str, interaction: int = 0, argument: str | int = "") -> str:
    """The data of a button; raises ValueError for what `parse` would not take back."""
    text = f"{verb}:{interaction}:{argument}" if argument != "" else f"{verb}:{interaction}"
    if not _DATA.fullmatch(text) or len(text.encode()) > MAX_DATA_BYTES:
        raise ValueError(f"no button data: {text!r}")
    return text


def parse(key: str, text: str) -> Pressed:
    """The press that this data stands for; anything malformed has the verb "" (answered kindly)."""
    found = _DATA.fullmatch(text)
    if not found:
        return Pressed(key, "", 0)
    return Pressed(key, found[1], int(found[2]), found[3] or "")


def button(
    label: str, verb: str, interaction: int = 0, argument: str | int = "", style: str = ""
) -> Choice:
    """A button with its data."""
    return Choice(label, data(verb, interaction, argument), style=style)


def number(argument: str, limit: int) -> int:
    """The argument as a whole number in 0..limit-1; raises BadButton for anything else."""
    if not re.fullmatch(r"[0-9]{1,9}", argument) or int(argument) >= limit:
        raise BadButton(f"no number below {limit}")
    return int(argument)
