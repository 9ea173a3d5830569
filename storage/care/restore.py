"""Putting a backup back into an empty database, SQLite or PostgreSQL, whichever it came from."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import re
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.care.archive import insert, row_of, table_of
from storage.care.backup import MANIFEST, Manifest, TablePart, opened
from storage.care.sequences import set_last_ids
from storage.errors import BackupError
from storage.migrate import knows, migrate
from storage.photos.arriving import arriving
from storage.photos.photo_store import PhotoStore

_PHOTO_MEMBER = re.compile(r"photos/([0-9a-f]{64})\.jpg")
_UPLOAD_MEMBER = re.compile(r"uploads/([0-9a-f]{32})")


def verify(file: Path) -> Manifest:
    """Read a backup to its end and compare every hash. Raises BackupError."""
    hashes: dict[str, str] = {}
    photos = uploads = 0
    manifest: Manifest | None = None
    with _archive(file) as tar:
        _read_to_the_end(file)
        for member in tar:
            content = tar.extractfile(member)
            if content is None:
                raise BackupError(f"{file}: {member.name} is no file")
            if member.name == MANIFEST:
                manifest = Manifest.parse(content.read())
                continue
            hashes[member.name] = _digest(content)
            photo = _PHOTO_MEMBER.fullmatch(member.name)
            photos += photo is not None
            uploads += _UPLOAD_MEMBER.fullmatch(member.name) is not None
            if photo and photo[1] != hashes[member.name]:
                raise BackupError(f"{file}: {member.name} is damaged")
    if manifest is None:
        raise BackupError(f"{file}: no manifest; the backup was cut off")
    for table in manifest.tables:
        if hashes.get(_name(table)) != table.sha256:
            raise BackupError(f"{file}: {_name(table)} is missing or damaged")
    if photos != manifest.photos:
        raise BackupError(f"{file}: {photos} photos of {manifest.photos} are there")
    if uploads != manifest.uploads:
        raise BackupError(f"{file}: {uploads} uploads of {manifest.uploads} are there")
    return manifest


async def restore(file: Path, url: str, photos: PhotoStore) -> Manifest:
    """Verify `file`, then put its photos back, then its rows, all in one transaction.

    The database must have no rows yet, and no tables of another version than the backup's; it is
    brought to the newest shape at the end. Raises
    BackupError, DatabaseError, DatabaseUrlError or PhotoStoreError.
    """
    manifest = await asyncio.to_thread(verify, file)
    if not await asyncio.to_thread(knows, manifest.revision):
        raise BackupError(
            f"{file}: its tables are at {manifest.revision}, which this version does not know; "
            "restore with the version that made it, or a newer one"
        )
    await photos.check()
    await asyncio.to_thread(migrate, url, manifest.revision)
    async with opened(url) as database, database.begin() as connection:
        await _refuse_another_shape(connection, manifest)
        await _refuse_rows(connection, manifest)
        await _put_photos(file, photos)
        for part in manifest.tables:
            await _fill(connection, file, part)
        await set_last_ids(connection, manifest.last_ids)
    await asyncio.to_thread(migrate, url)
    return manifest


async def _refuse_another_shape(connection: AsyncConnection, manifest: Manifest) -> None:
    """Rows go into the shape that they come from, so that migrations mend them like any others."""
    revision = await connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    if revision != manifest.revision:
        raise BackupError(
            f"the database is at {revision} already, the backup at {manifest.revision}; "
            "restore into one that has no tables"
        )


async def _refuse_rows(connection: AsyncConnection, manifest: Manifest) -> None:
    for part in manifest.tables:
        table = table_of(part.name, part.columns)
        if await connection.scalar(sa.select(sa.literal(1)).select_from(table).limit(1)):
            raise BackupError(
                f"the database has rows already (in {part.name}); restore into a new one"
            )


async def _put_photos(file: Path, photos: PhotoStore) -> None:
    with _archive(file) as tar:
        for member in tar:
            upload = _UPLOAD_MEMBER.fullmatch(member.name)
            ours = upload or _PHOTO_MEMBER.fullmatch(member.name)
            content = tar.extractfile(member) if ours else None
            if content is None:
                continue
            data = await asyncio.to_thread(content.read)
            if upload:
                await _put_upload(photos, upload[1], data)
            else:
                await photos.put(data)


async def _put_upload(photos: PhotoStore, name: str, data: bytes) -> None:
    async with arriving(photos) as upload:
        await upload.write(data)
        await photos.take(upload.path, name)


async def _fill(connection: AsyncConnection, file: Path, part: TablePart) -> None:
    with _archive(file) as tar:
        for member in tar:
            if member.name == _name(part):
                content = tar.extractfile(member)
                assert content is not None  # it was verified
                rows = _rows(content, part, file)
                await insert(connection, table_of(part.name, part.columns), rows)
                return


def _rows(content: IO[bytes], part: TablePart, file: Path) -> Iterator[dict[str, object]]:
    for line in content:
        try:
            yield row_of(line, part.columns)
        except (ValueError, TypeError):
            raise BackupError(f"{file}: {_name(part)} holds a row that cannot be read") from None


def _digest(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while part := content.read(1 << 20):
        digest.update(part)
    return digest.hexdigest()


def _read_to_the_end(file: Path) -> None:
    """The last bytes tell whether all before them are right; tarfile does not look at them."""
    with gzip.open(file) as whole:
        while whole.read(1 << 20):
            pass


def _name(part: TablePart) -> str:
    return f"tables/{part.name}.jsonl"


@contextmanager
def _archive(file: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(file, "r:gz") as tar:
            yield tar
    except (tarfile.TarError, gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise BackupError(f"{file}: no backup, or a damaged one ({error})") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise BackupError(f"{file}: cannot be read ({reason})") from error
