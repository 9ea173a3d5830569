"""The reply to a photo that was read: region marked, code, how sure, what to press."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from bot.annotate import Mark, annotate
from bot.buttons import button
from bot.sentences import Sentences
from bot.tag_line import tag_line
from bot.types import Choice, Reply
from bot.witnesses import only_witnessed
from storage.types import Interaction, StoredCandidate

log = logging.getLogger(__name__)

OTHERS = 4
"""How many candidates beside the first are offered."""

# Confidences are calibrated, 0.9 means that nine in ten such readings are right: what is said to be
# clear is wrong once in ten at most, what is "probably" right twice in five at most.
_SURE, _LIKELY = 0.9, 0.6


def choices(say: Sentences, row: Interaction) -> tuple[tuple[Choice, ...], ...]:
    """Confirm, the next candidates in pairs, edit and "not this"."""
    if not row.candidates:
        return none_found_choices(say, row.id)
    confirm = button(f"✓ {say('confirm-button')}", "confirm", row.id, style="success")
    edit = button(f"✎ {say('edit-button')}", "edit", row.id)
    refuse = button(f"✕ {say('refuse-button')}", "refuse", row.id, style="danger")
    return ((confirm,), *other_choices(row), (edit, refuse))


def other_choices(row: Interaction) -> tuple[tuple[Choice, ...], ...]:
    """The candidates after the first, in pairs."""
    others = [
        button(candidate.code, "pick", row.id, index)
        for index, candidate in enumerate(row.candidates[: OTHERS + 1])
        if index
    ]
    return tuple(tuple(others[start : start + 2]) for start in range(0, len(others), 2))


def none_found_choices(say: Sentences, interaction: int) -> tuple[tuple[Choice, ...], ...]:
    """What to press when there is no candidate to choose from."""
    enter = button(f"✎ {say('enter-button')}", "edit", interaction)
    return ((enter, button(say("help-button"), "help")),)


async def reading_reply(say: Sentences, row: Interaction, jpeg: bytes | None) -> Reply:
    """The same reply for the same row; `jpeg` is the stored photo, None where it is gone."""
    if not row.candidates:
        return Reply(say("none-found"), none_found_choices(say, row.id), interaction=row.id)
    first, *others = row.candidates[: OTHERS + 1]
    return Reply(
        "\n".join(filter(None, (_text(say, first), tag_line(say, row.fields)))),
        choices(say, row),
        image=await marked_photo(jpeg, first, others),
        code=first.code,
        interaction=row.id,
    )


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


def _text(say: Sentences, first: StoredCandidate) -> str:
    if only_witnessed(first):
        return say("found-by-barcode", code=first.code)
    text = say(_sentence(first.confidence), code=first.code)
    return f"{text}\n{say('barcode-agrees')}" if first.witnesses else text


def _sentence(confidence: float) -> str:
    if confidence >= _SURE:
        return "found-sure"
    return "found-likely" if confidence >= _LIKELY else "found-unsure"
