"""Deleting photos that no row names, such as those of a turn that was cut off."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from storage import schema
from storage.database import Database
from storage.photos.photo_store import PhotoStore

_BATCH_PHOTOS = 400
_photo = schema.interactions.c.photo


async def sweep_photos(database: Database, photos: PhotoStore, min_age: timedelta) -> int:
    """Delete the orphans older than `min_age` (a younger one may be about to get its row)."""
    aged = await photos.aged(min_age)
    swept = 0
    for start in range(0, len(aged), _BATCH_PHOTOS):
        batch = aged[start : start + _BATCH_PHOTOS]
        async with database.read() as connection:
            query = sa.select(_photo).where(_photo.in_(batch)).distinct()
            named = set(await connection.scalars(query))
        for digest in batch:
            if digest not in named:
                swept += await photos.remove(digest)
    return swept
