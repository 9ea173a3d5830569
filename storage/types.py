"""What storage keeps: frozen data, no dicts across the boundary, times are aware UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from stylecode import TagFields

Quad = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
Alternatives = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Who:
    """A person on a channel. `locale` is the platform's hint and no part of the identity."""

    channel: str
    user: str
    locale: str = field(default="", compare=False)


class Status(StrEnum):
    """What became of an interaction."""

    READ = "read"  # candidates shown, nobody has pressed yet
    NONE_FOUND = "none_found"  # the photo showed no code
    CONFIRMED = "confirmed"  # the first candidate was right
    PICKED = "picked"  # another candidate was right
    EDITED = "edited"  # mended with the inline correction or typed for this photo
    TYPED = "typed"  # a code typed without a photo
    REFUSED = "refused"  # "not this"
    FAILED = "failed"  # no reading: not a photo, not fetched, or the reader was busy


@dataclass(frozen=True, slots=True)
class StoredCandidate:
    """A candidate as it was shown; `alternatives[i]` belongs to `code[i]`.

    `witnesses` are the people who had confirmed the code for a barcode on the photo by then. A
    code that they alone name has no alternatives, and its quad, if any, is around the barcode.
    """

    code: str
    confidence: float
    quad: Quad | None = None
    alternatives: tuple[Alternatives, ...] = ()
    witnesses: int = 0


@dataclass(frozen=True, slots=True)
class StoredBarcode:
    """A barcode on the photo; `text` names it, so a row has each text once."""

    format: str
    text: str
    quad: Quad


@dataclass(frozen=True, slots=True)
class Draft:
    """An inline correction under way: the text so far and the place that is being edited.

    `cursor` is None while the whole row is shown; `page` 1 shows all characters.
    """

    text: str
    cursor: int | None = None
    mode: str = "row"  # row | replace | all | insert


@dataclass(frozen=True, slots=True)
class StoredOffer:
    """An offer as it was shown."""

    title: str
    price_won: int
    link: str
    mall: str


@dataclass(frozen=True, slots=True)
class StoredQuote:
    """A source's answer as it was shown for an interaction."""

    source: str
    source_name: str
    state: str
    fetched_at: datetime
    offers: tuple[StoredOffer, ...] = ()


@dataclass(frozen=True, slots=True)
class Interaction:
    """One photo (or typed code) and everything that became of it.

    `event_key` is unique: the same event handled twice finds the same row.
    `last_event` is the key of the last event that changed the row, for the same reason.
    """

    id: int
    who: Who
    event_key: str
    created_at: datetime
    status: Status
    photo: str | None = None  # SHA-256 hex of the stored JPEG
    candidates: tuple[StoredCandidate, ...] = ()
    models: Mapping[str, str] = field(default_factory=dict)
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    code: str | None = None  # the final code, once a person said so
    draft: Draft | None = None
    price_won: int | None = None  # lowest price shown
    last_event: str = ""
    updated_at: datetime | None = None
    barcodes: tuple[StoredBarcode, ...] = ()
    fields: TagFields = field(default_factory=TagFields)  # what else the tag says


@dataclass(frozen=True, slots=True)
class InboxItem:
    """An update that a channel stored before acknowledging it."""

    channel: str
    key: str
    payload: str  # JSON as received
    note: str  # what the channel remembers while answering (a placeholder's message id)
    attempts: int


@dataclass(frozen=True, slots=True)
class ChatEntry:
    """One entry of a web chat: what a person did or what was answered.

    `turn` names the person's message that it belongs to; `pending` is a person's entry that is
    not answered yet; `version` grows when an entry of the bot is changed.
    """

    id: int
    who: Who
    turn: str
    author: str  # person | bot
    body: str  # JSON as the page gets it
    created_at: datetime
    has_image: bool = False
    pending: bool = False
    version: int = 1
