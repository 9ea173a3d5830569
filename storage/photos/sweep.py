"""Deleting photos that no row names, such as those of a turn that was cut off."""

from __future__ import annotations

from datetime import timedelta

from storage import schema
from storage.database import Database
from storage.photos.named import named_among, remove_unnamed
from storage.photos.photo_store import PhotoStore

_BATCH_PHOTOS = 400


async def sweep_photos(database: Database, photos: PhotoStore, min_age: timedelta) -> int:
    """Delete photos and uploads that no row names, older than `min_age`; how many.

    A younger one may be about to get its row.
    """
    aged = await photos.aged(min_age)
    swept = 0
    for start in range(0, len(aged), _BATCH_PHOTOS):
        batch = aged[start : start + _BATCH_PHOTOS]
        async with database.read() as connection:
            named = await named_among(connection, batch)
        for name in batch:
            if name in named:
                continue
            async with database.alone(schema.interactions) as connection:
                swept += await remove_unnamed(connection, photos, name)
    return swept
