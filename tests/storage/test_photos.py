"""The photo folder: where files lie, what names are taken, what a crash leaves."""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from storage.database import utc_now
from storage.errors import PhotoStoreError
from storage.photos.photos import PhotoFolder
from storage.store import Store
from storage.types import Who


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def make_older(path: Path | str | None, seconds: float) -> None:
    assert path is not None
    then = time.time() - seconds
    os.utime(path, (then, then))


async def test_files_lie_by_hash_and_nothing_else_stays(tmp_path: Path) -> None:
    photos = PhotoFolder(tmp_path / "photos")
    digests = await asyncio.gather(*(photos.put(b"same") for _ in range(6)), photos.put(b"other"))
    assert len(set(digests)) == 2
    expected = {tmp_path / "photos" / d[:2] / d[2:4] / f"{d}.jpg" for d in digests}
    assert set(files(tmp_path)) == expected


@pytest.mark.parametrize(
    "name",
    [
        "",
        "../../secret",
        "/etc/passwd",
        "a" * 63,
        "a" * 65,
        "A" * 64,
        "a" * 64 + "\n",
        "ab/../" + "c" * 58,
        "٣" * 64,
        "\0" * 64,
    ],
)
async def test_only_digests_are_looked_up(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    photos = PhotoFolder(tmp_path / "photos")
    await photos.put(b"photo")
    assert await photos.get(name) is None
    assert not await photos.remove(name)
    assert len(files(tmp_path)) == 2


async def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "photos").write_bytes(b"a file where the folder should be")
    with pytest.raises(PhotoStoreError, match=r"cannot write to .*photos"):
        await PhotoFolder(tmp_path / "photos").put(b"photo")


async def test_half_written_files_go_at_the_next_start(url: str, tmp_path: Path) -> None:
    folder = tmp_path / "photos" / "unfinished"
    folder.mkdir(parents=True)
    (folder / "old").write_bytes(b"half")
    (folder / "being-written").write_bytes(b"half")
    make_older(folder / "old", 3600)
    store = await Store.open(url, tmp_path / "photos")
    await store.close()
    assert [path.name for path in files(tmp_path / "photos")] == ["being-written"]


async def test_sweep_takes_old_orphans_only(store: Store) -> None:
    named, orphan, young = [await store.photos.put(data) for data in (b"n", b"o", b"y")]
    row, _ = await store.interactions.begin(Who("web", "1"), "event", utc_now())
    await store.interactions.save(replace(row, photo=named))
    for digest in (named, orphan):
        make_older(store.photos.path(digest), 7200)
    assert await store.sweep_photos() == 1
    assert await store.photos.get(orphan) is None
    assert await store.photos.get(named) == b"n"
    assert await store.photos.get(young) == b"y"


async def test_a_photo_sent_again_is_young_again(store: Store) -> None:
    digest = await store.photos.put(b"again")
    make_older(store.photos.path(digest), 7200)
    await store.photos.put(b"again")
    assert await store.sweep_photos(timedelta(hours=1)) == 0
    assert await store.photos.get(digest) == b"again"
