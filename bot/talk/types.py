"""Events that channels hand in and replies that they carry out.

A channel only translates: its payloads into events, replies into its own messages.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from bot.talk.suspects import NoteAlone
from lookup.types import Offer
from storage.types import Quad, Who

__all__ = [
    "Choice",
    "CommandSent",
    "Document",
    "Event",
    "MarkSent",
    "PhotoSent",
    "Pressed",
    "PriceAsked",
    "PriceCard",
    "Replies",
    "Reply",
    "Rows",
    "TextSent",
    "Who",
]


async def unknown_size() -> int:
    """Of a photo that nobody tells more about."""
    return 0


@dataclass(frozen=True, slots=True)
class PhotoSent:
    """A photo arrived. `fetch` gets its bytes; it raises `FetchError` on trouble.

    `caption` is what its sender wrote with it. `size` tells how many bytes it will be, once that is
    known, 0 where it is not; it raises `FetchError`, too. One that was `admitted` is read however
    many wait before it. A `suspect` (`bot.talk.suspects`) is read with no other beside it.
    """

    key: str
    fetch: Callable[[], Awaitable[bytes]]
    caption: str = ""
    size: Callable[[], Awaitable[int]] = unknown_size
    admitted: bool = False
    suspect: NoteAlone | None = None


@dataclass(frozen=True, slots=True)
class TextSent:
    """Plain text arrived. `interaction` is the one it replies to, where the channel knows it."""

    key: str
    text: str
    interaction: int | None = None


@dataclass(frozen=True, slots=True)
class CommandSent:
    """A slash command, without the slash: one that `bot.talk.commands` knows, or another."""

    key: str
    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button was pressed: `verb:interaction:argument`; interaction 0 means none."""

    key: str
    verb: str
    interaction: int
    argument: str = ""


@dataclass(frozen=True, slots=True)
class MarkSent:
    """The person marked where the code stands on an interaction's photo.

    `corners` are shares (0..1) of the stored photo's width and height, clockwise from the corner
    where the code begins.
    """

    key: str
    interaction: int
    corners: Quad


@dataclass(frozen=True, slots=True)
class PriceAsked:
    """A code typed in another chat (inline mode): answered with prices, not kept as a row."""

    key: str
    text: str


Event = PhotoSent | TextSent | CommandSent | Pressed | MarkSent | PriceAsked


@dataclass(frozen=True, slots=True)
class Choice:
    """A button that does one thing.

    `data` (at most 64 bytes, never a code) comes back as `Pressed`; `url` makes it a link; `copy`
    is text that the button copies; `mark` opens the page where the code is marked on the photo of
    the reply's interaction. Channels leave out buttons that they cannot offer.
    """

    label: str
    data: str = ""
    url: str = ""
    copy: str = ""
    mark: bool = False
    style: str = ""  # "", "primary", "success", "danger"


Rows = tuple[tuple[Choice, ...], ...]
"""Buttons, row by row."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file for the person."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PriceCard:
    """What a code costs, for channels that lay it out themselves; the reply's text says the same.

    `price` is the lowest as it is written, "" where there is none; `places` say where the reply's
    offers are, one for each; `rest` stands below them. A `large` picture is the person's photo or a
    chart, a small one shows the goods.
    """

    code: str
    name: str
    price: str
    summary: str
    places: tuple[str, ...]
    rest: str
    large: bool = False


NO_PICTURE = b""
"""As a reply's `image`: the message that it replaces must not keep its own."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to the person.

    `text` is plain text (channels escape it). `rows` are rows of buttons. `image` is a JPEG,
    NO_PICTURE, or None, with which a message that is replaced keeps the one it has.
    `code` is the style code that the text is about, so that a channel can print it copyable.
    `replaces` asks the channel to change the message that was pressed instead of sending a new
    one (channels that cannot, send); with `only_in_place` it is left out where that cannot be, and
    the toast alone is told. `interaction` ties the message to its row (0: none).
    `toast` is a short notice on the button press itself where the channel has one; with
    an empty `text` the notice is all, and a channel without notices shows it as a text.
    `offers` are the offers that the text tells, cheapest first, for channels with cards.
    `card` has the same as the text, part by part, where it tells prices. `document` is a file that
    goes with the text. `dark` is the image as dark pages show it. `correcting`: the person is
    mending the interaction's code, so its print on the photo had better be in sight. `search` is
    the command that searches what is listed, for channels that have a field to type into.
    """

    text: str
    rows: Rows = ()
    image: bytes | None = None
    code: str = ""
    replaces: bool = False
    interaction: int = 0
    toast: str = ""
    offers: tuple[Offer, ...] = ()
    document: Document | None = None
    dark: bytes | None = field(default=None, repr=False)
    card: PriceCard | None = None
    only_in_place: bool = False
    correcting: bool = False
    search: str = ""


class Replies(Protocol):
    """A sink for replies; one per event."""

    async def send(self, reply: Reply) -> None:
        """Deliver one reply, in order. Raises `bot.talk.errors.DeliveryError` when it cannot."""
        ...

    async def working(self) -> None:
        """Show that work is under way (typing, "reading…"). May do nothing."""
        ...


@runtime_checkable
class PicturedReplies(Protocol):
    """A sink of a channel that shows the goods' picture with their prices."""

    pictured: bool


@runtime_checkable
class AmendingReplies(Protocol):
    """A sink of a channel that can edit what it sent, after the turn has ended, too."""

    @property
    def latest(self) -> int:
        """The channel's number of this turn's last message so far; 0: none."""
        ...

    async def amend(self, reply: Reply, message: int) -> None:
        """Change that message into `reply`; does nothing where that cannot be."""
        ...


class Handler(Protocol):
    """What channels call; `bot.talk.conversation.Conversation` is the one."""

    async def handle(self, who: Who, event: Event, replies: Replies) -> None:
        """Answer one event. Turns of one person run in order; people do not wait for others."""
        ...


class PhotoHandler(Handler, Protocol):
    """What channels call that keep photos themselves before they are answered."""

    def busy_for(self) -> int:
        """Seconds after which another photo can be read in good time; 0: it can be now."""
        ...

    async def too_many(self, who: Who, key: str, waiting: int = 0) -> str | None:
        """What to tell a person whose photo need not even be taken; None: it may be.

        `key` is its event's; `waiting` are the person's photos taken before it that the
        conversation has not begun. Raises `storage.errors.DatabaseError`.
        """
        ...
