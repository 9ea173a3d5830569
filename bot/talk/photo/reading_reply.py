"""The reply to a photo that was read: region marked, code, how sure, what to press."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace

from bot.pictures.annotate import Mark, annotate
from bot.sentences import Sentences
from bot.talk.buttons import button
from bot.talk.photo.captions import only_written
from bot.talk.photo.known import asked_twin
from bot.talk.photo.none_found import nothing_found
from bot.talk.photo.tag_line import tag_line
from bot.talk.photo.witnesses import only_witnessed
from bot.talk.prices.pricing import price_reply
from bot.talk.types import Choice, Reply, Rows
from lookup.types import PriceAnswer
from storage.types import Interaction, StoredCandidate

log = logging.getLogger(__name__)


OTHERS = 4
"""How many candidates beside the first are offered."""

LEAST_OFFERED = 0.02
"""Confidence from which a candidate is worth a button: of fifty such readings one is right."""

# Confidences are calibrated, 0.9 means that nine in ten such readings are right: what is said to be
# clear is wrong once in ten at most, what is "probably" right twice in five at most.
_SOUNDS_SURE, _SOUNDS_LIKELY = 0.9, 0.6


def choices(say: Sentences, row: Interaction) -> Rows:
    """Confirm (a doubted 0 and O side by side), the next ones in pairs, edit and "not this"."""
    if not row.current:
        return none_found_choices(say, row)
    edit = button(f"✎ {say('edit-button')}", "edit", row.id)
    refuse = button(f"✕ {say('refuse-button')}", "refuse", row.id, style="danger")
    return (*_first_choices(say, row), (edit, refuse), *_mark_row(say, row))


def offered(candidate: StoredCandidate) -> bool:
    """Whether a candidate beside the first is worth a button: likely, or the person's own."""
    return candidate.written or candidate.confidence >= LEAST_OFFERED


def other_choices(row: Interaction, after: int = 1) -> Rows:
    """The candidates after the first (or the first `after`), in pairs."""
    others = [
        button(candidate.code, "pick", row.id, row.lead + index)
        for index, candidate in enumerate(row.current[: OTHERS + 1])
        if index >= after and offered(candidate)
    ]
    return tuple(tuple(others[start : start + 2]) for start in range(0, len(others), 2))


def none_found_choices(say: Sentences, row: Interaction) -> Rows:
    """What to press when there is no candidate to choose from."""
    enter = button(f"✎ {say('enter-button')}", "edit", row.id)
    return ((enter, button(say("help-button"), "help")), *mark_choice(say, row))


def mark_choice(say: Sentences, row: Interaction) -> Rows:
    """To mark the code on the photo, where there is one."""
    return ((Choice(f"⛶ {say('mark-button')}", mark=True),),) if row.photo else ()


def _first_choices(say: Sentences, row: Interaction) -> Rows:
    first = row.current[0]
    if asked_twin(row.current) is None:
        label, after = say("confirm-button"), 1
    else:
        label, after = first.code, 2
    # The button of the very first reading must stay what it was when the photo is read again.
    verb, place = ("confirm", "") if row.lead == 0 else ("pick", row.lead)
    confirm = button(f"✓ {label}", verb, row.id, place, style="success")
    if after == 1:
        return ((confirm,), *other_choices(row))
    twin = button(f"✓ {row.current[1].code}", "pick", row.id, row.lead + 1, style="success")
    return ((confirm, twin), *other_choices(row, after))


def _mark_row(say: Sentences, row: Interaction) -> Rows:
    """Under readings that are not sure."""
    return mark_choice(say, row) if row.current[0].confidence < _SOUNDS_SURE else ()


async def reading_reply(
    say: Sentences, row: Interaction, jpeg: bytes | None, answer: PriceAnswer | None = None
) -> Reply:
    """The same reply for the same row; `jpeg` is the stored photo, None where it is gone.

    `answer` are the prices that came with the reading.
    """
    if not row.current:
        reply = await nothing_found(say, row, none_found_choices(say, row))
        return replace(reply, text="\n".join(filter(None, (reply.text, _cut(say, row)))))
    first, *rest = row.current[: OTHERS + 1]
    others = [candidate for candidate in rest if offered(candidate)]
    image = await marked_photo(jpeg, first, others)
    if answer is not None:
        return replace(priced_reading(say, row, answer), image=image)
    text = "\n".join(filter(None, (_text(say, row), tag_line(say, row.fields), _cut(say, row))))
    return Reply(text, choices(say, row), image=image, code=first.code, interaction=row.id)


def confirmed_reading(say: Sentences, row: Interaction, code: str) -> Reply:
    """What becomes of a message of candidates once a button of it was right: nothing to press.

    The prices come below it, with all that can be done next.
    """
    parts = (code, say("confirmed-here"), tag_line(say, row.fields), _cut(say, row))
    text = "\n".join(filter(None, parts))
    return Reply(text, code=code, replaces=True, only_in_place=True, interaction=row.id)


def priced_reading(say: Sentences, row: Interaction, answer: PriceAnswer) -> Reply:
    """A sure reading with its prices, without the picture; it says so once it is confirmed."""
    asked = "confirmed-here" if row.code == answer.code else "price-unasked"
    notes = (say(asked), tag_line(say, row.fields), _cut(say, row))
    return price_reply(say, row, answer, "\n".join(filter(None, notes)), unasked=True)


def _cut(say: Sentences, row: Interaction) -> str:
    """That a part of the photo is missing, where it is."""
    return say("photo-cut") if row.missing else ""


async def marked_photo(
    jpeg: bytes | None, candidate: StoredCandidate | None, others: Sequence[StoredCandidate] = ()
) -> bytes | None:
    """The photo with the candidate's region and code marked, drawn off the event loop.

    `others` are outlined, too, but thinner.
    """
    if jpeg is None:
        return None
    mark = Mark(candidate.quad, candidate.code) if candidate and candidate.quad else None
    quads = [other.quad for other in others if other.quad]
    try:
        return await asyncio.to_thread(annotate, jpeg, mark, quads)
    except Exception:
        # The code matters more than the picture: answer without the drawing.
        log.exception("a photo could not be annotated")
        return None


def _text(say: Sentences, row: Interaction) -> str:
    first = row.current[0]
    if only_witnessed(first):
        return say("found-by-barcode", code=first.code)
    if only_written(first):
        return say("found-by-caption", code=first.code)
    if first.written:
        return say("found-as-written", code=first.code)
    place = asked_twin(row.current)
    if place is not None:
        digit, letter = sorted((first.code[place], row.current[1].code[place]))
        return say("found-twins", code=first.code, place=place + 1, digit=digit, letter=letter)
    text = say(_sentence(first.confidence), code=first.code)
    return f"{text}\n{say('barcode-agrees')}" if first.witnesses else text


def _sentence(confidence: float) -> str:
    if confidence >= _SOUNDS_SURE:
        return "found-sure"
    return "found-likely" if confidence >= _SOUNDS_LIKELY else "found-unsure"
