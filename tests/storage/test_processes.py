"""Several processes write at once; a killed one loses nothing that it had committed."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from storage.database import utc_now
from storage.store import Store
from storage.types import Status, Who
from tests.waiting import PATIENCE_S


def start_writer(url: str, photo_dir: Path, name: str, turns: int = 0) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.storage.writer", url, str(photo_dir), name, str(turns)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


async def test_several_processes_write_at_once(url: str, tmp_path: Path) -> None:
    names = ["a", "b"]
    writers = [start_writer(url, tmp_path / "photos", name, turns=25) for name in names]
    told = [(*writer.communicate(timeout=PATIENCE_S), writer.returncode) for writer in writers]
    assert [(errors, status) for _, errors, status in told] == [("", 0)] * 2
    assert len({line.split()[0] for lines, _, _ in told for line in lines.splitlines()}) == 50
    store = await Store.open(url, tmp_path / "photos")
    totals = [(await store.interactions.history(Who("telegram", name), 0, 1))[1] for name in names]
    assert totals == [25, 25]
    assert await store.inbox.pending("telegram") == []
    await store.close()


@pytest.mark.parametrize("turns", [1, 23])
async def test_a_killed_writer_loses_nothing(url: str, tmp_path: Path, turns: int) -> None:
    writer = start_writer(url, tmp_path / "photos", "killed")
    assert writer.stdout is not None
    told = [writer.stdout.readline().split() for _ in range(turns)]
    writer.send_signal(signal.SIGKILL)
    rest, _ = writer.communicate(timeout=PATIENCE_S)
    told += [line.split() for line in rest.splitlines() if line.count(" ") == 2]
    assert writer.returncode == -signal.SIGKILL

    store = await Store.open(url, tmp_path / "photos")
    for row_id, photo, code in told:
        row = await store.interactions.get(int(row_id))
        assert row is not None
        assert (row.photo, row.code, row.status) == (photo, code, Status.CONFIRMED)
        assert await store.photos.get(photo) is not None
    # What it was at waits to be done again, and nothing else does.
    assert len(await store.inbox.pending("telegram")) <= 1
    row, made = await store.interactions.begin(Who("telegram", "killed"), "after", utc_now())
    assert made
    await store.close()
    if url.startswith("sqlite"):
        with sqlite3.connect(tmp_path / "data/pumbeon.db") as plain:
            assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
