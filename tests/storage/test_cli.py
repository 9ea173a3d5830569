"""`python -m storage`, as an operator types it."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

import pytest

from storage.__main__ import main
from storage.photos.photos import PhotoFolder
from tests.storage.contract import on_sqlite
from tests.storage.test_catalogue import SAMPLE


@on_sqlite
def test_migrate_and_import(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate", "--database-url", url]) == 0
    assert main(["import-catalogue", str(SAMPLE), "--database-url", url]) == 0
    assert main(["import-catalogue", str(SAMPLE), "--database-url", url, "--replace"]) == 0
    told = capsys.readouterr()
    assert told.out.splitlines() == [
        "The database is up to date.",
        "added 17, updated 0, removed 0",
        "added 0, updated 17, removed 0",
    ]
    assert told.err == ""


@on_sqlite
def test_bad_rows_are_listed(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "list.csv"
    file.write_text("code,name,price\nFU9006,shoe,1000\n" + "FU9006,shoe,?\n" * 25)
    assert main(["import-catalogue", str(file), "--database-url", url]) == 0
    told = capsys.readouterr()
    assert told.out == "added 1, updated 0, removed 0\n"
    lines = told.err.splitlines()
    assert lines[0] == f"{file}:3: left out: price '?' is not an amount of won"
    assert lines[-1] == "… and 5 more rows"


def test_the_default_lies_in_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert main(["migrate"]) == 0
    assert (tmp_path / "data/pumbeon.db").is_file()


@on_sqlite
def test_sweep(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    photos = PhotoFolder(tmp_path / "photos")
    path = photos.path(asyncio.run(photos.put(b"orphan")))
    assert path is not None
    os.utime(path, (time.time() - 7200,) * 2)
    command = ["sweep-photos", "--database-url", url, "--photo-dir", str(tmp_path / "photos")]
    assert main(command) == 0
    assert capsys.readouterr().out == "photos deleted: 1\n"
    assert not path.exists()


@pytest.mark.parametrize(
    "command", [["migrate"], ["import-catalogue", str(SAMPLE)], ["sweep-photos"]]
)
def test_trouble_is_one_line(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command, "--database-url", "sqlite:///x.db"]) == 1
    told = capsys.readouterr()
    assert told.err.startswith("error: the database address begins with sqlite://")
    assert told.err.count("\n") == 1
