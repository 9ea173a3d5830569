"""A photo arrives: fetched, read, kept, answered."""

from __future__ import annotations

import logging
from contextlib import ExitStack
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
from bot.talk.types import PhotoSent, Reply
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
from storage.types import (
    Interaction,
    Status,
    StoredBarcode,
    StoredCandidate,
    StoredReading,
    StoredRegion,
)
from stylecode import TagFields

log = logging.getLogger(__name__)

_LINES_KEPT = 60
"""Of a photo's lines are kept, some 6 kB; tags and boxes have up to 50, receipts more."""

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


async def answer_photo(desk: Desk, turn: Turn, sent: PhotoSent, caption: str = "") -> None:
    """Read the photo, once: a row that has its reading already is only shown again."""
    if (limit := await over_limit(desk, turn.who, turn.key)) is not None:
        await turn.replies.send(Reply(limit.told(turn.say)))
        return
    seconds = 0 if sent.admitted else desk.queue.busy_for()
    if seconds and await desk.interactions.find(turn.who, turn.key) is None:
        await turn.replies.send(Reply(turn.say("reader-rush", seconds=seconds)))
        return
    with ExitStack() as queued:  # at once: of many that come together each counts for the next
        queued.enter_context(desk.queue.place())
        await _answer_taken(desk, turn, sent, caption, queued)


async def _answer_taken(
    desk: Desk, turn: Turn, sent: PhotoSent, caption: str, queued: ExitStack
) -> None:
    """It is `queued` until it is read."""
    row, _ = await desk.interactions.begin(turn.who, turn.key, desk.clock())
    if row.photo is not None:
        await turn.replies.send(await proposed_before(desk, turn, row))
        return
    await turn.replies.working()
    jpeg = b""
    try:
        watch = _Stopwatch()
        read = await _read_bytes(desk, sent, watch)
        queued.close()
        jpeg = read.jpeg
        proposal = await _proposed(desk, turn, row, read, caption, watch)
    except (PhotoError, ReaderBusy, FetchError) as error:
        log.info("photo of interaction %d not read: %s", row.id, type(error).__name__)
        written = with_caption((), caption)
        row = replace(row, status=_status(row, Status.FAILED), candidates=written)
        proposal = Proposal(row, _refusal(turn, row, error))
    row = replace(proposal.row, last_event=turn.key, updated_at=desk.clock())
    await desk.interactions.save(row)
    await _stays(desk, row, jpeg)
    await turn.replies.send(proposal.reply)
    add_late_to(desk, turn, proposal)


async def _proposed(  # noqa: PLR0913, PLR0917
    desk: Desk, turn: Turn, row: Interaction, read: ReadPhoto, caption: str, watch: _Stopwatch
) -> Proposal:
    """The answer, once the photo that its row names is kept."""
    photo = await desk.photos.put(read.jpeg)
    watch.lap("store")
    row = await with_reading(desk, row, read, photo, caption)
    proposal = await propose(desk, turn, row, read.jpeg)
    watch.lap("reply")  # with its prices, where they came along
    timings = {**watch.laps, **read.reading.timings_ms}
    # Saved before it is sent: a press may come in right after the reply.
    return replace(proposal, row=replace(proposal.row, timings_ms=timings))


async def _read_bytes(desk: Desk, sent: PhotoSent, watch: _Stopwatch) -> ReadPhoto:
    """What was sent is in memory only here, and only where there is room for it."""
    async with desk.alone.room(sent.suspect), desk.in_hand.room(await sent.size()):
        watch.lap("room")  # with its way to us, where it comes by itself
        data = await sent.fetch()
        watch.lap("fetch")
        read = await desk.reader.read(data)
        watch.lap("reader")  # with its queue
        return read


async def _stays(desk: Desk, row: Interaction, jpeg: bytes) -> None:
    """Another person may have deleted the same photo before our row came to name it."""
    if not row.photo or not jpeg or await desk.photos.has(row.photo):
        return
    if await desk.interactions.get(row.id) is not None:  # else it was forgotten meanwhile
        await desk.photos.put(jpeg)


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
        reading=_all_of(read),
    )


def _status(row: Interaction, found: Status) -> Status:
    """What was found, unless the person has typed the code meanwhile."""
    return found if row.code is None else row.status


def _stored(candidate: Candidate) -> StoredCandidate:
    return StoredCandidate(
        candidate.code, candidate.confidence, candidate.region.quad, candidate.alternatives
    )


def _all_of(read: ReadPhoto) -> StoredReading:
    """The photo's lines, the surest ones where it is full of print, and what ranked its codes."""
    by_sureness = sorted(read.reading.regions, key=lambda one: -one.confidence)
    kept = {id(one) for one in by_sureness[:_LINES_KEPT]}
    regions = tuple(
        StoredRegion(one.region.quad, one.text, one.confidence, one.said)
        for one in read.reading.regions
        if id(one) in kept and one.text
    )
    return StoredReading(regions, tuple(candidate.terms for candidate in read.reading.candidates))


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
