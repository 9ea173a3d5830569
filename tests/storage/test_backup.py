"""Backup, restore, check and export, over and between both databases."""

from __future__ import annotations

import asyncio
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from storage import schema
from storage.__main__ import main
from storage.care.backup import MANIFEST, Manifest, back_up
from storage.care.check import check
from storage.care.export import export
from storage.care.restore import restore, verify
from storage.database import Database
from storage.errors import BackupError
from storage.migrate import migrate
from storage.photos.photo_store import open_photos
from storage.store import Store
from tests.storage.test_forget import JUN, MINA, live


async def everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    async with database.read() as connection:
        return {
            table.name: [
                tuple(row)
                for row in await connection.execute(
                    sa.select(table).order_by(*table.primary_key.columns)
                )
            ]
            for table in schema.metadata.sorted_tables
        }


async def test_what_was_backed_up_comes_back_and_no_number_is_used_again(
    store: Store, another_url: Callable[[], str], tmp_path: Path
) -> None:
    await live(store, MINA, "mina", 2)
    await live(store, JUN, "jun", 2)
    newest = await store.interactions.latest(JUN)
    assert newest is not None
    await store.people.forget(JUN)  # its numbers must not be given to others after a restore
    before = await everything(store.database)
    file = tmp_path / "backup.tar.gz"
    made = await back_up(store.database, store.photos, file)
    assert (made.photos, made.missing) == (2, 0)
    assert not (tmp_path / "backup.tar.gz.part").exists()

    url = another_url()
    await restore(file, url, open_photos(tmp_path / "new-photos"))
    again = await Store.open(url, tmp_path / "new-photos")
    assert await everything(again.database) == before
    assert (await check(again.database, again.photos)).troubles == ()
    row, _ = await again.interactions.begin(MINA, "after", newest.created_at)
    assert row.id > newest.id
    with pytest.raises(BackupError, match="has rows already"):
        await restore(file, url, again.photos)
    await again.close()


async def test_from_one_database_into_the_other(
    store: Store, backend: str, tmp_path: Path, postgres_url: Callable[[], str]
) -> None:
    await live(store, MINA, "mina", 1)
    file = tmp_path / "backup.tar.gz"
    await back_up(store.database, store.photos, file)
    other = f"sqlite+aiosqlite:///{tmp_path}/other.db" if backend != "sqlite" else postgres_url()
    await restore(file, other, open_photos(tmp_path / "new-photos"))
    database = await Database.open(other)
    assert await everything(database) == await everything(store.database)
    await database.close()


@pytest.mark.parametrize("left", [0, 100, -20])
async def test_half_a_backup_is_refused(
    store: Store, another_url: Callable[[], str], tmp_path: Path, left: int
) -> None:
    await live(store, MINA, "mina", 1)
    file = tmp_path / "backup.tar.gz"
    await back_up(store.database, store.photos, file)
    whole = file.read_bytes()
    assert verify(file).photos == 1
    file.write_bytes(whole[:left])
    with pytest.raises(BackupError):
        await restore(file, another_url(), open_photos(tmp_path / "new-photos"))
    damaged = bytearray(whole)
    damaged[len(whole) // 2] ^= 0xFF
    file.write_bytes(damaged)
    with pytest.raises(BackupError):
        verify(file)


def of_revision(backup: Path, revision: str) -> Path:
    """The same backup, but for the shape that its manifest tells."""
    other = backup.with_name(f"{revision}.tar.gz")
    with tarfile.open(backup) as source, tarfile.open(other, "w:gz") as target:
        for member in source:
            content = source.extractfile(member)
            assert content is not None
            data = content.read()
            if member.name == MANIFEST:
                manifest = Manifest.parse(data).model_copy(update={"revision": revision})
                data = manifest.model_dump_json().encode()
                member.size = len(data)
            target.addfile(member, io.BytesIO(data))
    return other


async def test_rows_of_another_version_go_nowhere_unmended(
    store: Store, another_url: Callable[[], str], tmp_path: Path
) -> None:
    """Migrations must see them: not where the tables are newer, nor where nobody knows how."""
    await live(store, MINA, "mina", 1)
    file, photos = tmp_path / "backup.tar.gz", open_photos(tmp_path / "new-photos")
    await back_up(store.database, store.photos, file)
    url = another_url()
    await asyncio.to_thread(migrate, url)
    with pytest.raises(BackupError, match="at 0001; restore into one that has no tables"):
        await restore(of_revision(file, "0001"), url, photos)
    with pytest.raises(BackupError, match="at 0999, which this version does not know"):
        await restore(of_revision(file, "0999"), url, photos)
    assert (await restore(file, url, photos)).photos == 1  # tables of the same version are fine


async def test_missing_and_changed_photos_are_found(store: Store, tmp_path: Path) -> None:
    first, second = await live(store, MINA, "mina", 2)
    await store.photos.remove(first)
    (tmp_path / "photos" / second[:2] / second[2:4] / f"{second}.jpg").write_bytes(b"other")
    found = await check(store.database, store.photos)
    assert sorted(found.troubles) == sorted(
        [
            f"photo {first} is named by a row but is not there",
            f"photo {second} holds something else",
        ]
    )


async def test_an_export_has_every_row(store: Store, tmp_path: Path) -> None:
    await live(store, MINA, "mina", 2)
    counts = await export(store.database, tmp_path / "lines", "jsonl")
    assert counts == await export(store.database, tmp_path / "parquet", "parquet")
    lines = (tmp_path / "lines/interactions.jsonl").read_text("utf-8").splitlines()
    table = pq.read_table(tmp_path / "parquet/interactions.parquet").to_pylist()
    assert [json.loads(line)["code"] for line in lines] == ["mina-0", "mina-1"]
    assert [row["code"] for row in table] == ["mina-0", "mina-1"]
    assert table[0]["created_at"].utcoffset().total_seconds() == 0


def test_on_the_command_line(
    ready_url: str,
    another_url: Callable[[], str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def begin() -> None:
        store = await Store.open(ready_url, tmp_path / "photos")
        await live(store, MINA, "mina", 1)
        await store.close()

    asyncio.run(begin())
    file, photos = str(tmp_path / "b.tar.gz"), str(tmp_path / "photos")
    here = ["--database-url", ready_url, "--photo-store", photos]
    there = ["--database-url", another_url(), "--photo-store", str(tmp_path / "others")]
    assert main(["backup", file, *here]) == 0
    assert main(["check", file]) == 0
    assert main(["restore", file, *there]) == 0
    assert main(["check", *there]) == 0
    assert main(["export", str(tmp_path / "out"), "--database-url", ready_url]) == 0
    assert main(["restore", file, *there]) == 1
    assert "has rows already" in capsys.readouterr().err
