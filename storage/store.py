"""Everything that storage keeps, behind one door."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from storage.catalogue.catalogue import CatalogueTable
from storage.database import Database, checked_url
from storage.errors import PhotoStoreError
from storage.lesson_sets import LessonSets, Purged
from storage.migrate import migrate
from storage.photos.photo_store import PhotoStore, open_photos
from storage.photos.sweep import sweep_photos
from storage.tables.channels.chat import ChatTable
from storage.tables.channels.inbox import Inbox
from storage.tables.channels.kakao import KakaoTable
from storage.tables.channels.posts import PostTable
from storage.tables.corrected import CorrectedTable
from storage.tables.interactions import InteractionTable
from storage.tables.kept import KeptTables
from storage.tables.labels import LabelTable
from storage.tables.overview import Overview
from storage.tables.people import PeopleTable
from storage.tables.price_calls import PriceCalls
from storage.tables.prices_seen import PricesSeen
from storage.tables.told import ToldTable
from storage.tables.watches import WatchTable

_log = logging.getLogger(__name__)
_UNFINISHED_AGE = timedelta(minutes=10)  # nobody writes one photo for that long


@dataclass(frozen=True, slots=True)
class Store:
    """The open store: its tables and its photo folder."""

    database: Database
    interactions: InteractionTable
    people: PeopleTable
    photos: PhotoStore
    inbox: Inbox
    catalogue: CatalogueTable
    price_calls: PriceCalls
    chat: ChatTable
    posts: PostTable
    kakao: KakaoTable
    prices_seen: PricesSeen
    watches: WatchTable
    told: ToldTable
    kept: KeptTables
    labels: LabelTable
    overview: Overview
    corrected: CorrectedTable

    @classmethod
    async def open(
        cls, url: str, photos_in: Path | str, photos_endpoint: str | None = None
    ) -> Store:
        """Migrate, open, and finish what a crash cut off.

        `photos_in` is a folder or what `open_photos` takes; so is `photos_endpoint`.

        Raises DatabaseUrlError, DatabaseError or PhotoStoreError.
        """
        photos = open_photos(photos_in, photos_endpoint)
        checked_url(url)
        await photos.check()
        await asyncio.to_thread(migrate, url)
        database = await Database.open(url)
        people = PeopleTable(database, photos)
        try:
            await photos.clear_unfinished(_UNFINISHED_AGE)
            await _finish_forgetting(people)
        except BaseException:
            await database.close()
            raise
        return cls(
            database=database,
            interactions=InteractionTable(database),
            people=people,
            photos=photos,
            inbox=Inbox(database),
            catalogue=CatalogueTable(database),
            price_calls=PriceCalls(database),
            chat=ChatTable(database, photos),
            posts=PostTable(database),
            kakao=KakaoTable(database, photos),
            prices_seen=PricesSeen(database),
            watches=WatchTable(database),
            told=ToldTable(database),
            kept=KeptTables(database),
            labels=LabelTable(database),
            overview=Overview(database),
            corrected=CorrectedTable(database),
        )

    async def close(self) -> None:
        """Close the database."""
        await self.database.close()

    async def ready(self) -> None:
        """Try a small write. Raises DatabaseError."""
        await self.database.writable()

    async def leave_lessons(self, sets: LessonSets) -> tuple[Purged, ...]:
        """Have those leave all data sets who took their consent back, or deleted.

        Raises `DatabaseError`, `LessonSetError`.
        """
        named = await asyncio.to_thread(sets.interactions)
        stay = await self.labels.consented(sorted(named))
        return await asyncio.to_thread(sets.purge, stay) if named - stay else ()

    async def sweep_photos(self, min_age: timedelta = timedelta(hours=1)) -> int:
        """Delete photos and uploads that no row names and older than `min_age`; how many."""
        return await sweep_photos(self.database, self.photos, min_age)


async def _finish_forgetting(people: PeopleTable) -> None:
    try:
        await people.finish_forgetting()
    except PhotoStoreError as error:  # of one photo: no reason to answer nobody
        _log.warning("a photo is still to be deleted: %s", error)
