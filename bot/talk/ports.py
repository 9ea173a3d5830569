"""What the conversation needs from its neighbours; `bot.app` plugs the real ones in.

Tests plug in hand-written fakes; one contract test runs over fake and real.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol, runtime_checkable

from lookup.types import PriceAnswer
from recognizer.types import Quad, ReadPhoto
from storage.past_types import CodePast, PastCode, PersonStats, Search
from storage.types import Consent, Interaction, StoredQuote, Who
from storage.watch_types import PriceSeen, Watch, WatchSet


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


@runtime_checkable
class LatePrices(Protocol):
    """Prices that may come later than the answer; `lookup.service.PriceLookup` has them."""

    def follow(self, code: str) -> AsyncIterator[PriceAnswer]:
        """What `quote` answers, then the answer again for each source that was late."""
        ...


class GoodsPictures(Protocol):
    """Small pictures of what shops sell; `bot.running.shop_pictures.ShopPictures`."""

    async def first_of(self, addresses: Sequence[str]) -> bytes | None:
        """A JPEG of the first address that has one, soon; None: there is none. Never raises."""
        ...


class CodeChecker(Protocol):
    """Whether codes are on sale; `lookup.service.PriceLookup` can tell. Never raises."""

    async def knows(
        self, codes: Sequence[str], deadline_s: float | None = None
    ) -> Mapping[str, bool | None]:
        """For each of the first few codes True, False, or None where nobody knows."""
        ...


class SeenPrices(Protocol):
    """Prices seen from day to day; `bot.talk.prices.price_memory.PriceRecorder` is the real one."""

    async def of(self, code_keys: Collection[str], since: date) -> Sequence[PriceSeen]:
        """What was seen of these codes (by `stylecode.key`) from that day on, oldest first."""
        ...


class Told(Protocol):
    """What a person is told once a day; `storage.tables.told.ToldTable`."""

    async def once(self, who: Who, topic: str, day: date, event_key: str) -> bool:
        """Whether this event's answer tells it: the day's first one; asked again, the same."""
        ...


class Watches(Protocol):
    """Watches that people set on codes; `storage.tables.watches.WatchTable`."""

    async def switch_on(  # noqa: PLR0913, PLR0917
        self, who: Who, wanted: WatchSet, language: str, event_key: str, now: datetime, most: int
    ) -> Watch | None:
        """The watch on a code, set anew, once for each event; None with `most` others already."""
        ...

    async def switch_off(self, who: Who, code: str, event_key: str, now: datetime) -> Watch | None:
        """The watch, off, once for each event; None where there never was one."""
        ...

    async def find(self, who: Who, code: str) -> Watch | None:
        """The person's watch on a code, on or off."""
        ...

    async def get(self, who: Who, number: int) -> Watch | None:
        """The person's watch of that number, on or off."""
        ...

    async def of(self, who: Who) -> Sequence[Watch]:
        """The person's watches that are on."""
        ...

    async def waiting(self, who: Who, event_key: str) -> Sequence[Watch]:
        """What this event's answer has to tell, once; the same event again is told the same."""
        ...


class Past(Protocol):
    """Questions about a person's past rows; `storage.tables.past.PastTable`."""

    async def history(self, who: Who, offset: int, limit: int) -> tuple[Sequence[Interaction], int]:
        """Rows that show a code, newest first, and how many there are in all."""
        ...

    async def codes(
        self, who: Who, offset: int, limit: int, search: Search | None = None
    ) -> tuple[Sequence[PastCode], int]:
        """The codes looked up, the newest first, and how many there are in all.

        Spellings with the same `stylecode.key` are one code. A search that has no ways finds none.
        """
        ...

    async def times_of_codes(self, who: Who, search: Search | None = None) -> Sequence[datetime]:
        """When each code that `codes` gives was looked up last, in its order."""
        ...

    async def past_of(self, who: Who, code: str) -> CodePast | None:
        """All that the person's rows say of a code, however it is spelt; None: no row has it."""
        ...

    async def stats(self, who: Who) -> PersonStats:
        """Numbers about the person's own rows."""
        ...

    async def rows_before(
        self, who: Who, before: int | None, limit: int, search: Search | None = None
    ) -> Sequence[Interaction]:
        """The person's rows with smaller ids, newest first; all kinds, or those that fit."""
        ...

    async def quotes_of(self, interactions: Sequence[int]) -> Mapping[int, tuple[StoredQuote, ...]]:
        """All price answers shown for each of these rows, oldest first; none: not among them."""
        ...


class Interactions(Past, Protocol):
    """Rows of the `interactions` table; `storage.tables.interactions.InteractionTable`."""

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

    async def codes_of_barcodes(self, texts: Sequence[str]) -> Mapping[str, int]:
        """For each code, how many people confirmed it for a photo with one of these barcodes.

        A person counts with the newest photo of a barcode that has a code. No codes: empty.
        """
        ...

    async def known_codes(self, codes: Sequence[str]) -> Mapping[str, int]:
        """How many people confirmed each of these codes for a photo; of nobody: not in it.

        Codes are compared by `stylecode.key`; what came automatically or was only typed is no say.
        """
        ...

    async def photos_since(self, who: Who, since: datetime, beside: str) -> int:
        """How many photos the person sent from then on, that of the event `beside` aside."""
        ...

    async def find(self, who: Who, event_key: str) -> Interaction | None:
        """The row that this person's event made, if there is one."""
        ...

    async def add_quotes(self, interaction: int, quotes: Sequence[StoredQuote]) -> None:
        """Keep the price answers that were shown for a row (several showings all stay)."""
        ...

    async def quotes(self, interaction: int) -> Sequence[StoredQuote]:
        """All price answers shown for a row, oldest first."""
        ...


class Catalogue(Protocol):
    """The shop's own price list; `storage.catalogue.catalogue.CatalogueTable`."""

    async def known(self, codes: Collection[str]) -> frozenset[str]:
        """Those of these codes that it has, compared by `stylecode.key`."""
        ...


class Languages(Protocol):
    """The languages that people chose; `storage.tables.people.PeopleTable`."""

    async def language(self, who: Who) -> str | None:
        """The language the person chose ("ko", "en"), or None."""
        ...


class People(Languages, Protocol):
    """Settings of a person; `storage.tables.people.PeopleTable`."""

    async def choose_language(self, who: Who, language: str) -> None:
        """Remember the choice."""
        ...

    async def consent(self, who: Who) -> Consent:
        """Whether the person's photos may serve training."""
        ...

    async def ask_consent(self, who: Who, event_key: str) -> bool:
        """Whether this event's answer asks: the first one that calls, while nothing was said."""
        ...

    async def answer_consent(self, who: Who, given: bool, now: datetime) -> None:
        """Remember the answer; the same one again keeps its time."""
        ...

    async def remember_search(self, who: Who, term: str, now: datetime) -> int:
        """A number for the term, the same for the same term; a person's newest 20 are kept."""
        ...

    async def search_term(self, who: Who, number: int) -> str | None:
        """The person's term of that number, None where it is gone or another's."""
        ...

    async def forget_code(self, who: Who, code: str) -> int:
        """Delete the person's rows of a code, and their photos like `forget`; how many rows."""
        ...

    async def forget(self, who: Who) -> int:
        """Delete all of the person's rows and the photos nobody else's row names; rows deleted."""
        ...


class Photos(Protocol):
    """Stored photos by hash; `storage.photos.photo_store.PhotoStore`."""

    async def put(self, jpeg: bytes) -> str:
        """Store (once) and return the SHA-256 in hex. Written whole before it returns."""
        ...

    async def get(self, digest: str) -> bytes | None:
        """The bytes, or None."""
        ...

    async def has(self, digest: str) -> bool:
        """Whether it is there."""
        ...
