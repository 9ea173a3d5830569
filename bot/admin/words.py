"""What an operator says of a photo: from a form to a label."""

from __future__ import annotations

import json
from datetime import datetime

from bot.admin.forms import Form
from bot.guarding.marks import BadMark, corners_of, on_the_photo
from storage.label_types import PhotoLabel, PhotoVerdict
from storage.types import Interaction, Quad
from stylecode import display
from stylecode import key as code_key

EVIDENCE = "admin"
"""What a label rests on that was given here."""
LONGEST_CODE = 40
"""Letters and digits: twice the longest code that people may type, for what is printed behind."""
_CODE_SAID = "code:"


class NoWord(ValueError):
    """The form says nothing that can be kept: the sentence `admin-REASON`."""


def word_of(
    form: Form, row: Interaction, size: tuple[int, int] | None, author: str, now: datetime
) -> PhotoLabel:
    """The label: `say` is code:CODE, typed (`code` has it), none or unreadable. Raises `NoWord`.

    `quad` may have four corners as shares of the photo, whose `size` is in pixels.
    """
    said = form.get("say", "")
    for verdict in (PhotoVerdict.NONE, PhotoVerdict.UNREADABLE):
        if said == verdict.value:
            return PhotoLabel(author, verdict, now, evidence=EVIDENCE)
    if said != "typed" and not said.startswith(_CODE_SAID):
        raise NoWord("bad_request")
    typed = form.get("code", "") if said == "typed" else said.removeprefix(_CODE_SAID)
    code = display(typed)
    if not 0 < len(code_key(code)) <= LONGEST_CODE:
        raise NoWord("no_code_typed")
    quad = _drawn(form.get("quad", ""), size) or _where(code, row)
    return PhotoLabel(author, PhotoVerdict.CODE, now, code, quad, evidence=EVIDENCE)


def _drawn(text: str, size: tuple[int, int] | None) -> Quad | None:
    if not text or size is None:
        return None
    try:
        first, second, third, fourth = (
            (x * size[0], y * size[1]) for x, y in on_the_photo(corners_of(json.loads(text)))
        )
    except (BadMark, ValueError, RecursionError) as error:
        raise NoWord("bad_frame") from error
    return (first, second, third, fourth)


def _where(code: str, row: Interaction) -> Quad | None:
    """Where the reader saw that code, if it did."""
    same = (each for each in row.current if code_key(each.code) == code_key(code))
    return next((each.quad for each in same if each.quad is not None), None)
