"""Typed text: a code for the photo at hand, a code of its own, or no code at all."""

from __future__ import annotations

import re
from datetime import timedelta

from bot.talk.code.choosing import settle
from bot.talk.desk import Desk, Turn
from bot.talk.row_marks import met
from bot.talk.types import Reply, TextSent
from storage.types import Interaction, Status
from stylecode import InvalidCode, Reason, check

RECENT = timedelta(minutes=10)
"""How long a typed code still belongs to the photo before it."""

_REASONS = {
    Reason.EMPTY: "invalid-empty",
    Reason.TOO_SHORT: "invalid-short",
    Reason.TOO_LONG: "invalid-long",
    Reason.NO_DIGIT: "invalid-no-digit",
    Reason.CHARACTERS: "invalid-characters",
    Reason.DATE: "invalid-date",
    Reason.BARCODE: "invalid-barcode",
    Reason.PHONE: "invalid-phone",
    Reason.SIZE: "invalid-size",
    Reason.PRICE: "invalid-price",
    Reason.MATERIAL: "invalid-material",
}
_WORD_OF_LETTERS = re.compile(r"(?<![A-Z0-9])[A-Z]{3,}(?![A-Z0-9])")
_TALK = {Reason.EMPTY, Reason.NO_DIGIT}  # a greeting, a question, an emoji


def reason_sentence(reason: Reason) -> str:
    """The key of the sentence that explains why a text is no code."""
    return _REASONS[reason]


def typed_code(text: str) -> tuple[str, str]:
    """The code in a text, or an empty string and the key of the sentence about what to send."""
    try:
        code = check(text)
    except InvalidCode as error:
        talk = error.reason in _TALK or not any(char.isdigit() for char in text)
        return "", "short-help" if talk else reason_sentence(error.reason)
    if len(_WORD_OF_LETTERS.findall(code)) > 1:  # "I have 2 shoes" is generous reading's limit
        return "", "short-help"
    return code, ""


async def answer_text(desk: Desk, turn: Turn, event: TextSent) -> None:
    """Settle a typed code; anything else gets a sentence about what to send."""
    code, sentence = typed_code(event.text)
    if not code:
        await turn.replies.send(Reply(turn.say(sentence)))
        return
    row = await _row_meant(desk, turn, event)
    if row is None:
        row, _ = await desk.interactions.begin(turn.who, turn.key, desk.clock())
    status = Status.EDITED if row.photo else Status.TYPED
    await settle(desk, turn, row, code, status)


async def _row_meant(desk: Desk, turn: Turn, event: TextSent) -> Interaction | None:
    """The row that the text replies to, or the photo just sent that still waits for its code."""
    if event.interaction:
        row = await desk.interactions.get(event.interaction)
        if row is not None and row.who == turn.who:
            return row
    latest = await desk.interactions.latest(turn.who)
    if latest is None or await desk.interactions.find(turn.who, turn.key) is not None:
        return None
    if met(latest, turn):  # this very text, handled before a restart
        return latest
    recent = desk.clock() - (latest.updated_at or latest.created_at) <= RECENT
    # Where prices came along, the next code typed is for the next shoe, unless this is corrected.
    open_photo = latest.photo is not None and latest.shown_code is None
    return latest if recent and (open_photo or latest.draft is not None) else None
