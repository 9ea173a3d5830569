"""A photo arrives: fetched, read, kept, answered."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from time import perf_counter

from bot.talk.desk import Desk, Turn
from bot.talk.errors import FetchError, FetchTooLarge
from bot.talk.limits import over_limit
from bot.talk.photo.captions import with_caption
from bot.talk.photo.known import hear_known
from bot.talk.photo.proposal import Proposal, add_late_to, propose, proposed_before
from bot.talk.photo.reading_reply import none_found_choices, other_choices
from bot.talk.photo.witnesses import hear_witnesses
from bot.talk.types import Reply
from recognizer.errors import (
    MarkTooSmall,
    NotAPicture,
    PhotoAnimated,
    PhotoBroken,
    PhotoError,
    PhotoTooLarge,
    ReaderBusy,
    TooManyPixels,
)
from recognizer.types import Barcode, Candidate, ReadPhoto
from storage.types import Interaction, Status, StoredBarcode, StoredCandidate
from stylecode import TagFields

log = logging.getLogger(__name__)

FetchPhoto = Callable[[], Awaitable[bytes]]

_PHOTO_TROUBLES: tuple[tuple[type[Exception], str], ...] = (
    (NotAPicture, "photo-no-picture"),
    (TooManyPixels, "photo-too-many-pixels"),
    (PhotoTooLarge, "photo-too-large"),
    (PhotoBroken, "photo-broken"),
    (PhotoAnimated, "photo-animated"),
    (MarkTooSmall, "mark-too-small"),
    (PhotoError, "photo-unreadable"),
    (ReaderBusy, "reader-busy"),
    (FetchTooLarge, "photo-too-large"),
    (FetchError, "photo-not-fetched"),
)


async def answer_photo(desk: Desk, turn: Turn, fetch: FetchPhoto, caption: str = "") -> None:
    """Read the photo, once: a row that has its reading already is only shown again."""
    if (sentence := await over_limit(desk, turn)) is not None:
        await turn.replies.send(Reply(sentence))
        return
    row, _ = await desk.interactions.begin(turn.who, turn.key, desk.clock())
    if row.photo is not None:
        await turn.replies.send(await proposed_before(desk, turn, row))
        return
    await turn.replies.working()
    try:
        proposal = await _read(desk, turn, row, fetch, caption)
    except (PhotoError, ReaderBusy, FetchError) as error:
        log.info("photo of interaction %d not read: %s", row.id, type(error).__name__)
        written = with_caption((), caption)
        row = replace(row, status=_status(row, Status.FAILED), candidates=written)
        proposal = Proposal(row, _refusal(turn, row, error))
    row = replace(proposal.row, last_event=turn.key, updated_at=desk.clock())
    await desk.interactions.save(row)
    await turn.replies.send(proposal.reply)
    add_late_to(desk, turn, proposal)


async def _read(
    desk: Desk, turn: Turn, row: Interaction, fetch: FetchPhoto, caption: str
) -> Proposal:
    watch = _Stopwatch()
    data = await fetch()
    watch.lap("fetch")
    read = await desk.reader.read(data)
    watch.lap("reader")  # with its queue
    photo = await desk.photos.put(read.jpeg)
    watch.lap("store")
    row = await with_reading(desk, row, read, photo, caption)
    proposal = await propose(desk, turn, row, read.jpeg)
    watch.lap("reply")  # with its prices, where they came along
    timings = {**watch.laps, **read.reading.timings_ms}
    # Saved before it is sent: a press may come in right after the reply.
    return replace(proposal, row=replace(proposal.row, timings_ms=timings))


async def with_reading(
    desk: Desk, row: Interaction, read: ReadPhoto, photo: str | None, caption: str = ""
) -> Interaction:
    """The row with a new reading, once witnesses were heard; earlier ones stay before it."""
    candidates = tuple(_stored(candidate) for candidate in read.reading.candidates)
    barcodes = tuple(_seen(barcode) for barcode in read.reading.barcodes) or row.barcodes
    candidates = await hear_known(desk, candidates)
    candidates = await hear_witnesses(desk.interactions, candidates, barcodes)
    candidates = with_caption(candidates, caption)
    return replace(
        row,
        status=_status(row, Status.READ if candidates else Status.NONE_FOUND),
        photo=photo,
        candidates=(*row.candidates, *candidates),
        lead=len(row.candidates),
        models=dict(read.reading.models),
        barcodes=barcodes,
        fields=read.reading.fields if row.fields == TagFields() else row.fields,
        missing=read.missing or row.missing,  # the photo that is kept is whole, and smaller
    )


def _status(row: Interaction, found: Status) -> Status:
    """What was found, unless the person has typed the code meanwhile."""
    return found if row.code is None else row.status


def _stored(candidate: Candidate) -> StoredCandidate:
    return StoredCandidate(
        candidate.code, candidate.confidence, candidate.region.quad, candidate.alternatives
    )


def _seen(barcode: Barcode) -> StoredBarcode:
    return StoredBarcode(barcode.format, barcode.text, barcode.quad)


def sentence_of(error: Exception) -> str:
    """The key of the sentence that explains why there is no reading."""
    return next(sentence for kind, sentence in _PHOTO_TROUBLES if isinstance(error, kind))


def _refusal(turn: Turn, row: Interaction, error: Exception) -> Reply:
    """Why there is no reading; and the codes of the caption, which need none."""
    text, rows = turn.say(sentence_of(error)), none_found_choices(turn.say, row)
    if row.current:
        text = f"{text}\n{turn.say('caption-instead')}"
        rows = (*other_choices(row, after=0), *rows)
    return Reply(text, rows, interaction=row.id)


class _Stopwatch:
    """Milliseconds of one stage after the other."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._since = perf_counter()

    def lap(self, stage: str) -> None:
        now = perf_counter()
        self.laps[stage] = round((now - self._since) * 1000, 1)
        self._since = now
