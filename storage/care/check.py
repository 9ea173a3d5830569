"""Whether what is kept is whole: the database, and the photos that its rows name."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import schema
from storage.database import Database
from storage.migrate import newest_revision
from storage.photos.named import PHOTO_COLUMN, named_among
from storage.photos.photo_store import PhotoStore
from storage.photos.photos import UPLOAD


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check found. `orphans` (files that no row names) are no trouble: they are swept."""

    interactions: int
    photos: int
    orphans: int
    troubles: tuple[str, ...] = ()


async def check(database: Database, photos: PhotoStore) -> Findings:
    """Look at everything, photos' bytes included. Raises DatabaseError or PhotoStoreError."""
    async with database.read() as connection:
        troubles = await _of_database(connection)
        count = await connection.scalar(sa.select(sa.func.count()).select_from(schema.interactions))
        named = sa.select(PHOTO_COLUMN).where(PHOTO_COLUMN.is_not(None)).distinct()
        digests = set((await connection.scalars(named)).all())
    for digest in sorted(digests):
        data = await photos.get(digest)
        if data is None:
            troubles.append(f"photo {digest} is named by a row but is not there")
        elif hashlib.sha256(data).hexdigest() != digest:
            troubles.append(f"photo {digest} holds something else")
    kept = await photos.aged(timedelta())
    async with database.read() as connection:
        uploads = await named_among(connection, [name for name in kept if UPLOAD.fullmatch(name)])
    orphans = set(kept) - digests - uploads
    return Findings(count or 0, len(digests), len(orphans), tuple(troubles))


async def _of_database(connection: AsyncConnection) -> list[str]:
    revision = await connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    troubles = []
    if revision != newest_revision():
        troubles.append(f"the tables are at {revision}, not at {newest_revision()}")
    if connection.dialect.name != "sqlite":
        return troubles  # a server keeps foreign keys itself
    found = await connection.scalars(sa.text("PRAGMA integrity_check"))
    troubles += [f"the database file: {line}" for line in found.all() if line != "ok"]
    broken = await connection.execute(sa.text("PRAGMA foreign_key_check"))
    return troubles + [f"{row[0]}: row {row[1]} belongs to no {row[2]}" for row in broken]
