"""A backup: one `.tar.gz` of all tables and photos that goes back into either database.

    tables/<name>.jsonl    one line for each row, see `storage.care.archive`
    photos/<sha256>.jpg    every photo that a row names
    uploads/<name>         what was sent and is not answered yet
    manifest.json          the last one: without it a backup was cut off

It is made while the bot runs: all tables come from one reading transaction. A photo deleted
meanwhile is missing, and counted.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import os
import tarfile
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import sqlalchemy as sa
from pydantic import BaseModel, Field, ValidationError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import schema
from storage.care.archive import kinds_of, line_of, rows_of
from storage.care.sequences import last_ids
from storage.database import Database, utc_now
from storage.errors import BackupError
from storage.migrate import newest_revision
from storage.photos.named import PHOTO_COLUMN, UPLOAD_COLUMNS
from storage.photos.photo_store import PhotoStore

MANIFEST = "manifest.json"
BACKUP_FORMAT = 1


class TablePart(BaseModel):
    """One table of a backup."""

    name: str
    rows: int
    sha256: str
    columns: dict[str, str]


class Manifest(BaseModel):
    """What a backup holds."""

    format: int = BACKUP_FORMAT
    revision: str
    made_at: str
    tables: list[TablePart] = Field(default_factory=list)
    last_ids: dict[str, int] = Field(default_factory=dict)
    photos: int = 0
    uploads: int = 0
    missing: int = 0

    @classmethod
    def parse(cls, data: bytes) -> Manifest:
        """Raises BackupError for what this version cannot read."""
        try:
            manifest = cls.model_validate_json(data)
        except ValidationError:
            raise BackupError("its manifest cannot be read") from None
        if manifest.format != BACKUP_FORMAT:
            raise BackupError(
                f"it has format {manifest.format}; this version reads {BACKUP_FORMAT}"
            )
        return manifest


async def back_up(database: Database, photos: PhotoStore, file: Path) -> Manifest:
    """Write a backup to `file`, which is replaced only once the new one is whole.

    Raises BackupError, DatabaseError or PhotoStoreError.
    """
    part = file.with_name(f"{file.name}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as raw:
            with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=6) as tar:
                manifest = await _fill(tar, database, photos, file.parent)
            raw.flush()
            os.fsync(raw.fileno())
        part.replace(file)
    except OSError as error:
        raise BackupError(f"cannot write {file}: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)
    return manifest


async def _fill(
    tar: tarfile.TarFile, database: Database, photos: PhotoStore, folder: Path
) -> Manifest:
    async with database.read() as connection:
        manifest = Manifest(
            revision=await _revision(connection), made_at=utc_now().isoformat(timespec="seconds")
        )
        manifest.last_ids = await last_ids(connection)
        for table in schema.metadata.sorted_tables:
            manifest.tables.append(await _add_table(tar, connection, table, folder))
        digests, uploads = (
            await _names(connection, PHOTO_COLUMN),
            await _names(connection, *UPLOAD_COLUMNS),
        )
    manifest.photos = await _add_files(tar, photos, digests, "photos/{}.jpg")
    # One that is gone was answered meanwhile: nothing is missing.
    manifest.uploads = await _add_files(tar, photos, uploads, "uploads/{}")
    manifest.missing = len(digests) - manifest.photos
    _add(tar, MANIFEST, manifest.model_dump_json(indent=1).encode())
    return manifest


async def _names(
    connection: AsyncConnection, *columns: sa.ColumnElement[str | None]
) -> Sequence[str]:
    queries = [sa.select(column).where(column.is_not(None)) for column in columns]
    return sorted(filter(None, await connection.scalars(sa.union(*queries))))


async def _add_files(
    tar: tarfile.TarFile, photos: PhotoStore, names: Sequence[str], member: str
) -> int:
    """Those that are still there; how many."""
    added = 0
    for name in names:
        if (data := await photos.get(name)) is not None:
            await asyncio.to_thread(_add, tar, member.format(name), data)
            added += 1
    return added


async def _revision(connection: AsyncConnection) -> str:
    revision = await connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    if revision != newest_revision():
        raise BackupError(
            f"the database is at {revision}, not at {newest_revision()}; "
            "run `python -m storage migrate` first"
        )
    return str(revision)


async def _add_table(
    tar: tarfile.TarFile, connection: AsyncConnection, table: sa.Table, folder: Path
) -> TablePart:
    kinds, rows, digest = kinds_of(table), 0, hashlib.sha256()
    # A tar tells a member's size before its content, so the lines are written down first.
    with tempfile.TemporaryFile(dir=folder) as lines:
        async for row in rows_of(connection, table):
            line = line_of(row, kinds)
            digest.update(line)
            lines.write(line)
            rows += 1
        member = _member(f"tables/{table.name}.jsonl", lines.tell())
        lines.seek(0)
        await asyncio.to_thread(tar.addfile, member, lines)
    return TablePart(name=table.name, rows=rows, sha256=digest.hexdigest(), columns=kinds)


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    tar.addfile(_member(name, len(data)), io.BytesIO(data))


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = size, 0o600, int(utc_now().timestamp())
    return member


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """A database that is closed at the end; it is not migrated."""
    database = await Database.open(url)
    try:
        yield database
    finally:
        await database.close()
