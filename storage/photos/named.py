"""Which photos and uploads rows name, and the deletion of those that none does."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import schema
from storage.errors import PhotoStoreError
from storage.photos.photo_store import PhotoStore

PHOTO_COLUMN = schema.interactions.c.photo
UPLOAD_COLUMNS = (schema.chat_entries.c.upload_file, schema.kakao_files.c.upload_file)

_log = logging.getLogger(__name__)


async def named_among(connection: AsyncConnection, names: Collection[str]) -> set[str]:
    """Those of the names, of photos and of uploads, that rows have."""
    queries = [
        sa.select(column).where(column.in_(names)) for column in (PHOTO_COLUMN, *UPLOAD_COLUMNS)
    ]
    return set(await connection.scalars(sa.union(*queries)))


async def remove_unnamed(connection: AsyncConnection, photos: PhotoStore, name: str) -> bool:
    """Delete a photo or an upload unless a row names it; whether it was deleted.

    `connection` must be alone with the interactions: no row comes to name a photo between question
    and deletion. Who saves a row looks afterwards whether its photo is still there.
    """
    return not await named_among(connection, [name]) and await photos.remove(name)


async def remove_uploads(photos: PhotoStore, names: Iterable[str | None]) -> None:
    """Delete uploads that no row names any more; those that cannot be deleted now are swept."""
    for name in names:
        try:
            if name:
                await photos.remove(name)
        except PhotoStoreError as error:
            _log.warning("an upload is deleted later: %s", error)
