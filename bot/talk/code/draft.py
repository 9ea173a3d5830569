"""Inline correction without I/O: how a press changes the draft, and what fits at a place.

A press that changes text carries a stamp of the text that it was made for: a second tap on an
old keyboard must not change another character.
"""

from __future__ import annotations

import string
import zlib
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import chain

from bot.talk.buttons import number
from bot.talk.errors import BadButton
from storage.types import Alternatives, Draft, Interaction, StoredCandidate
from stylecode import lookalikes
from stylecode.grammar.normalise import known_form

CODE_CHARACTERS = string.ascii_uppercase + string.digits + "-./ "
"""Everything that a code may hold, in the order shown."""

LONGEST_DRAFT = 32
"""Characters of a draft: four rows of buttons."""

LIKELY_SHOWN = 8
"""Likely characters offered for a place: one row of buttons."""

_CLEAR = 0.85  # a character read with less is marked as doubtful
_POSSIBLE = 0.002  # below, the reader's own alternatives are noise


def text_of(row: Interaction) -> str:
    """What a correction of this row begins with."""
    return row.shown_code or (row.current[0].code if row.current else "")


def open_draft(text: str) -> Draft:
    """A draft of this text; an empty one begins by inserting."""
    return Draft(text[:LONGEST_DRAFT]) if text else Draft("", 0, "insert")


def stamp(text: str) -> str:
    """Four hex digits that tell one text from the next."""
    return f"{zlib.crc32(text.encode()) & 0xFFFF:04x}"


def step(draft: Draft, verb: str, argument: str) -> Draft:
    """The draft after a press; raises BadButton for places or stamps that do not fit it."""
    if verb == "row":
        return open_draft(draft.text)
    if verb in _MODES:
        return _look(draft, _MODES[verb], argument)
    *place, made_for = argument.split(".")
    if made_for != stamp(draft.text):
        raise BadButton("made for another text")
    return _CHANGES[verb](draft.text, place)


def _look(draft: Draft, mode: str, argument: str) -> Draft:
    inserting = mode == "insert"
    cursor = number(argument, len(draft.text) + inserting)
    if inserting and len(draft.text) >= LONGEST_DRAFT:
        raise BadButton("full")
    return replace(draft, cursor=cursor, mode=mode)


def _set(text: str, place: list[str]) -> Draft:
    cursor, char = _place_and_character(place, len(text))
    return Draft(text[:cursor] + char + text[cursor + 1 :])


def _add(text: str, place: list[str]) -> Draft:
    cursor, char = _place_and_character(place, len(text) + 1)
    if len(text) >= LONGEST_DRAFT:
        raise BadButton("full")
    longer = text[:cursor] + char + text[cursor:]
    at_end = cursor == len(text) and len(longer) < LONGEST_DRAFT
    # At the end people go on writing; in the middle one character was missing.
    return Draft(longer, cursor + 1, "insert") if at_end else Draft(longer)


def _delete(text: str, place: list[str]) -> Draft:
    if len(place) != 1:
        raise BadButton("no place")
    cursor = number(place[0], len(text))
    return open_draft(text[:cursor] + text[cursor + 1 :])


def _place_and_character(place: list[str], limit: int) -> tuple[int, str]:
    if len(place) != 2 or place[1] not in _BY_HEX:
        raise BadButton("no character")
    return number(place[0], limit), _BY_HEX[place[1]]


_MODES = {"char": "replace", "all": "all", "ins": "insert"}
_CHANGES = {"set": _set, "add": _add, "del": _delete}
VERBS = ("row", *_MODES, *_CHANGES)
"""Presses that change a draft, or what is shown of it."""

_BY_HEX = {f"{ord(char):x}": char for char in CODE_CHARACTERS}


def likely(text: str, cursor: int, base: StoredCandidate | None) -> tuple[str, ...]:
    """What may belong at `cursor`, best first: the reader's own doubts, then look-alikes.

    Where the shape of the code has only digits or only letters there, all of these follow.
    """
    char = text[cursor]
    doubts = (
        other.upper()
        for other, probability in _alternatives(text, cursor, base)
        if probability >= _POSSIBLE
    )
    only = only_fitting(text, cursor)
    fitting = dict.fromkeys(
        other
        for other in chain(doubts, lookalikes(char), only)
        if other != char and len(other) == 1 and other in CODE_CHARACTERS
    )
    if not only:
        return tuple(fitting)[:LIKELY_SHOWN]
    return tuple(sorted(fitting, key=lambda other: other not in only))[: len(only)]


def doubtful_places(text: str, base: StoredCandidate | None) -> frozenset[int]:
    """Places at which the reader was not sure of the character that stands there."""
    found = set()
    for place, char in enumerate(text):
        listed = _alternatives(text, place, base)
        read = sum(probability for other, probability in listed if other.upper() == char)
        if listed and char.isalnum() and read < _CLEAR:
            found.add(place)
    return frozenset(found)


def only_fitting(text: str, cursor: int) -> str:
    """All digits or all letters, where the brand's shape that the text has takes nothing else."""
    char = text[cursor]
    if not char.isalnum() or not known_form(text):
        return ""
    same, other = string.digits, string.ascii_uppercase
    if char.isalpha():
        same, other = other, same
    strange = (known_form(f"{text[:cursor]}{odd}{text[cursor + 1 :]}") for odd in other)
    return "" if any(strange) else same


def _alternatives(text: str, cursor: int, base: StoredCandidate | None) -> Alternatives:
    """What the reader saw at `cursor`, though characters before it came and went since."""
    if base is None:
        return ()
    for was, now in _aligned(base.code, text):
        if now == cursor and was < len(base.alternatives):
            return base.alternatives[was]
    return ()


def _aligned(old: str, new: str) -> Iterator[tuple[int, int]]:
    """Pairs of places that still mean the same character of the photo."""
    for kind, start, end, now, now_end in SequenceMatcher(None, old, new, False).get_opcodes():
        if kind == "equal" or (kind == "replace" and end - start == now_end - now):
            yield from zip(range(start, end), range(now, now_end), strict=True)
