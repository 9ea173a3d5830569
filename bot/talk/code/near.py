"""Whole codes that a wrong one may be meant to be, one press each."""

from __future__ import annotations

from collections.abc import Iterator

from bot.talk.buttons import button
from bot.talk.code.draft import stamp, text_of
from bot.talk.photo.doubts import changes, fits
from bot.talk.photo.reading_reply import offered
from bot.talk.types import Choice, Rows
from storage.types import Interaction
from stylecode import key

MOST_NEAR = 4
"""Codes offered."""

_WHOLE_CODE_ODDS = 0.02  # odds from which one changed character is offered as a whole code


def near_choices(row: Interaction) -> Rows:
    """The other candidates, then the code with one doubtful character changed, in pairs."""
    text = text_of(row)
    offered = {key(text): ""}
    buttons: list[Choice] = []
    for label, choice in (*_others(row), *_changed(row, text)):
        if key(label) not in offered and len(buttons) < MOST_NEAR:
            offered[key(label)] = label
            buttons.append(choice)
    return tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))


def _others(row: Interaction) -> Iterator[tuple[str, Choice]]:
    for index, candidate in enumerate(row.current):
        if offered(candidate):
            yield candidate.code, button(candidate.code, "pick", row.id, row.lead + index)


def _changed(row: Interaction, text: str) -> Iterator[tuple[str, Choice]]:
    base = next((each for each in row.candidates if each.code == text and each.alternatives), None)
    for change in changes(base) if base else ():
        code = f"{text[: change.place]}{change.char}{text[change.place + 1 :]}"
        if change.odds >= _WHOLE_CODE_ODDS and fits(code, text):
            argument = f"{change.place}.{ord(change.char):x}.{stamp(text)}"
            yield code, button(code, "near", row.id, argument)
