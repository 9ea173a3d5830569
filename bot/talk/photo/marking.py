"""The person marked where the code stands: that part of the stored photo is read again."""

from __future__ import annotations

import logging
from dataclasses import replace

from bot.talk.desk import Desk, Turn
from bot.talk.errors import BadButton
from bot.talk.photo.photo_turn import sentence_of, with_reading
from bot.talk.photo.proposal import add_late_to, propose, proposed_before
from bot.talk.photo.reading_reply import none_found_choices
from bot.talk.row_marks import acted, met
from bot.talk.types import Reply
from recognizer.errors import PhotoError, ReaderBusy
from storage.types import Interaction, Quad

log = logging.getLogger(__name__)

MOST_CANDIDATES_KEPT = 40
"""Candidates of all readings of a photo: with that many it is not read again."""


async def answer_mark(desk: Desk, turn: Turn, row: Interaction, corners: Quad) -> None:
    """Read the marked part, once for each event, and answer as a photo is answered.

    A code found there is a new proposal: what was said or answered before no longer stands.
    Raises BadButton for corners that lie on no photo.
    """
    if not all(0.0 <= share <= 1.0 for corner in corners for share in corner):
        raise BadButton("corners are shares of the photo")
    if met(row, turn):
        await turn.replies.send(await proposed_before(desk, turn, row))
        return
    jpeg = await desk.photos.get(row.photo) if row.photo else None
    if jpeg is None:
        await _tell(turn, row, "mark-no-photo")
    elif len(row.candidates) >= MOST_CANDIDATES_KEPT:
        await _tell(turn, row, "mark-often")
    else:
        await _read_part(desk, turn, row, jpeg, corners)


async def _read_part(desk: Desk, turn: Turn, row: Interaction, jpeg: bytes, corners: Quad) -> None:
    await turn.replies.working()
    try:
        read = await desk.reader.read(jpeg, marked=corners)
    except (PhotoError, ReaderBusy) as error:
        log.info("marked part of interaction %d not read: %s", row.id, type(error).__name__)
        await _tell(turn, row, sentence_of(error))
        return
    # Reading took its time: what another process did meanwhile stays done.
    row = await desk.interactions.get(row.id) or row
    if read.reading.candidates:
        row = replace(row, code=None, auto_code=None, price_won=None)
    row = await with_reading(desk, replace(row, draft=None), read, row.photo)
    proposal = await propose(desk, turn, acted(desk, turn, row), jpeg)
    await desk.interactions.save(proposal.row)
    await turn.replies.send(proposal.reply)
    add_late_to(desk, turn, proposal)


async def _tell(turn: Turn, row: Interaction, sentence: str) -> None:
    rows = none_found_choices(turn.say, row)
    await turn.replies.send(Reply(turn.say(sentence), rows, interaction=row.id))
