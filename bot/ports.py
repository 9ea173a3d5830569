"""What the conversation needs from its neighbours; `bot.app` plugs the real ones in.

Tests plug in hand-written fakes; one contract test runs over fake and real.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from lookup.types import PriceAnswer
from recognizer.types import Quad, ReadPhoto
from storage.types import Interaction, StoredQuote, Who


class Reader(Protocol):
    """Reads a photo off the event loop; `recognizer.local.LocalReader` is the real one."""

    async def read(self, data: bytes, marked: Quad | None = None) -> ReadPhoto:
        """Read a photo, or the part of it that a person marked.

        `marked` are four corners as shares (0..1) of width and height, clockwise from where the
        code begins. Raises `recognizer.errors.PhotoError` for bad photos and for marks that are
        too small, and `ReaderBusy` when full.
        """
        ...


class Prices(Protocol):
    """Asks all price sources; `lookup.service.PriceLookup` is the real one. Never raises."""

    async def quote(self, code: str) -> PriceAnswer:
        """All sources' answers for one code."""
        ...


class Interactions(Protocol):
    """Rows of the `interactions` table; `storage.interactions.InteractionTable`."""

    async def begin(self, who: Who, event_key: str, now: datetime) -> tuple[Interaction, bool]:
        """The row for this event; True where this call made it."""
        ...

    async def get(self, interaction: int) -> Interaction | None:
        """One row by its id."""
        ...

    async def save(self, interaction: Interaction) -> None:
        """Write all mutable columns of the row back (id, who, event_key, created_at never move)."""
        ...

    async def latest(self, who: Who) -> Interaction | None:
        """The person's newest row."""
        ...

    async def history(self, who: Who, offset: int, limit: int) -> tuple[Sequence[Interaction], int]:
        """Rows with a final code, newest first, and how many there are in all."""
        ...

    async def codes_of_barcodes(self, texts: Sequence[str]) -> Mapping[str, int]:
        """For each code, how many people confirmed it for a photo with one of these barcodes.

        A person counts with the newest photo of a barcode that has a code. No codes: empty.
        """
        ...

    async def add_quotes(self, interaction: int, quotes: Sequence[StoredQuote]) -> None:
        """Keep the price answers that were shown for a row (several showings all stay)."""
        ...

    async def quotes(self, interaction: int) -> Sequence[StoredQuote]:
        """All price answers shown for a row, oldest first."""
        ...


class People(Protocol):
    """Settings of a person; `storage.people.PeopleTable`."""

    async def language(self, who: Who) -> str | None:
        """The language the person chose ("ko", "en"), or None."""
        ...

    async def choose_language(self, who: Who, language: str) -> None:
        """Remember the choice."""
        ...

    async def forget(self, who: Who) -> int:
        """Delete all of the person's rows and the photos nobody else's row names; rows deleted."""
        ...


class Photos(Protocol):
    """Stored photos by hash; `storage.photos.PhotoFolder`."""

    async def put(self, jpeg: bytes) -> str:
        """Store (once) and return the SHA-256 in hex. Written whole before it returns."""
        ...

    async def get(self, digest: str) -> bytes | None:
        """The bytes, or None."""
        ...
