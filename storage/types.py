"""What storage keeps: frozen data, no dicts across the boundary, times are aware UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import uuid4

from stylecode import TagFields

Quad = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
Alternatives = tuple[tuple[str, float], ...]
Terms = tuple[tuple[str, float], ...]


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


SAID = (Status.CONFIRMED, Status.PICKED, Status.EDITED)
"""What a person makes of an interaction who looks at a photo and says its code."""


@dataclass(frozen=True, slots=True)
class StoredCandidate:
    """A candidate as it was shown; `alternatives[i]` belongs to `code[i]`.

    `witnesses` are the people who had confirmed the code for a barcode on the photo by then. A
    code that they alone name has no alternatives, and its quad, if any, is around the barcode.
    `written`: the person wrote it with the photo.
    """

    code: str
    confidence: float
    quad: Quad | None = None
    alternatives: tuple[Alternatives, ...] = ()
    witnesses: int = 0
    written: bool = False


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
class Retired:
    """What went because of its age: rows whole, and photos of rows that stay."""

    rows: int
    photos: int


@dataclass(frozen=True, slots=True)
class StoredOffer:
    """An offer as it was shown."""

    title: str
    price_won: int
    link: str
    mall: str
    image: str = ""
    condition: str = "new"
    note: str = ""

    @property
    def comparable(self) -> bool:
        """Whether its price is one new pair's price."""
        return self.condition == "new" and self.note not in {"set", "sample"}


@dataclass(frozen=True, slots=True)
class StoredQuote:
    """A source's answer as it was shown for an interaction."""

    source: str
    source_name: str
    state: str
    fetched_at: datetime
    offers: tuple[StoredOffer, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredRegion:
    """A line of text on the photo. `said` is what each reader made of it, ours first.

    `quad` is in pixels of the stored photo.
    """

    quad: Quad
    text: str
    confidence: float
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredReading:
    """All that was read; `terms[i]` spoke for and against the candidate `current[i]`."""

    regions: tuple[StoredRegion, ...] = ()
    terms: tuple[Terms, ...] = ()

    def at(self, quad: Quad | None) -> tuple[StoredRegion, ...]:
        """The line with this quad, as a candidate has it; none where it was not kept."""
        if quad is None:
            return ()
        wanted = [(round(x), round(y)) for x, y in quad]
        return tuple(
            one for one in self.regions if [(round(x), round(y)) for x, y in one.quad] == wanted
        )


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
    auto_code: str | None = None  # the code whose prices came with the reading, unasked
    lead: int = 0  # where in `candidates` the newest reading begins; those before are older ones
    taps: int | None = 0  # presses and texts until the price; None: the row is older than the count
    priced_at: datetime | None = None  # when the prices of a code that the person said came first
    events: tuple[str, ...] = ()  # keys of the newest events that changed the row
    missing: float = 0.0  # which share of the photo its file did not hold: it was cut off
    # All that was read, to be kept with the row; a row that comes out of storage has None.
    reading: StoredReading | None = field(default=None, compare=False, repr=False)

    @property
    def current(self) -> tuple[StoredCandidate, ...]:
        """The candidates of the newest reading, best first."""
        return self.candidates[self.lead :]

    @property
    def shown_code(self) -> str | None:
        """The final code, else the one that was answered automatically and is not refused."""
        return self.code or (self.auto_code if self.status is Status.READ else None)


@dataclass(frozen=True, slots=True)
class Consent:
    """Whether a person lets their photos serve training; None: not answered."""

    given: bool | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class InboxItem:
    """An update that a channel stored before acknowledging it."""

    channel: str
    key: str
    payload: str  # JSON as received
    note: str  # what the channel remembers while answering (a placeholder's message id)
    attempts: int


@dataclass(frozen=True, slots=True)
class Lease:
    """A process's hold on work: nobody else takes it for this long, counted from when it was taken.

    The owner is a name that no other holder has.
    """

    length: timedelta
    owner: str = field(default_factory=lambda: uuid4().hex)


@dataclass(frozen=True, slots=True)
class Post:
    """A person's message on a channel, and the message of ours that answers it.

    `content` is a fingerprint of what was answered, `code` what the answer told ("" for none),
    `interaction` its row (0: none). `summary` is the message that sums its album up, `counted`
    whether it counts this one; `addressed` is False for what nobody asked us to read.
    """

    channel: str
    chat: int
    message: int
    user: str
    event_key: str
    seen_at: datetime
    content: str = ""
    album: str = ""
    addressed: bool = True
    code: str = ""
    interaction: int = 0
    answer: int | None = None
    summary: int | None = None
    counted: bool = False


@dataclass(frozen=True, slots=True)
class KakaoTurn:
    """One request of KakaoTalk and its answer.

    `said` is what was asked (JSON; empty once finished), `body` the answer (JSON; None until it is
    finished). `callback_url` takes a late answer, once (`callback_used`), until `callback_until`.
    """

    id: int
    who: Who
    key: str
    said: str
    created_at: datetime
    body: str | None = None
    shown: bool = False
    callback_url: str = ""
    callback_until: datetime | None = None
    callback_used: bool = False
    alone: int = 0  # how often it was begun with no photo beside it


@dataclass(frozen=True, slots=True)
class KakaoFile:
    """A picture or document of a turn."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


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
    has_dark: bool = False  # the image has another look on dark pages
    size: tuple[int, int] | None = None  # the image's width and height in pixels
    upload: str = ""  # what the person sent, as the photo store names it, until it is answered
    alone: int = 0  # how often it was begun with no photo beside it
