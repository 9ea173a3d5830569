"""`pumbeon` and the rooms' own programs by the same settings, over both databases."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from pathlib import Path

import pytest

from storage.__main__ import main as storage_main
from storage.catalogue.catalogue import CatalogueTable
from storage.database import Database
from tests.fakes.ports import free_port
from tests.fakes.postgres import PostgresServer
from tests.program.processes import ROOT, many, module, pumbeon

CODE = "DD1391-100"


def price_list(folder: Path) -> str:
    file = folder / "list.csv"
    file.write_text(f"code,name,price\n{CODE},덩크 로우,99000\n", "utf-8")
    return str(file)


async def rows(url: str) -> list[int]:
    database = await Database.open(url)
    try:
        return [row.price_won for row in await CatalogueTable(database).find(CODE)]
    finally:
        await database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that is not the one of the working folder."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/elsewhere/rows.db"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.empty()


def test_a_price_list_goes_into_the_database_that_is_set(url: str, tmp_path: Path) -> None:
    file = price_list(tmp_path)
    done = module(tmp_path, "storage", "import-catalogue", file, DATABASE_URL=url)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "added 1, updated 0, removed 0\n"
    assert asyncio.run(rows(url)) == [99_000]
    (tmp_path / ".env").write_text(f"DATABASE_URL={url}\n")
    assert pumbeon(tmp_path, "import", file).stdout == "added 0, updated 1, removed 0\n"
    shown = pumbeon(tmp_path, "price", "dd1391 100")  # by the bot's own sources
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "99,000원  덩크 로우" in shown.stdout
    assert not (tmp_path / "data").exists()


def test_a_flag_goes_before_a_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_to, named = (f"sqlite+aiosqlite:///{tmp_path}/{name}.db" for name in ("set", "named"))
    monkeypatch.chdir(tmp_path)  # no .env here
    monkeypatch.setenv("DATABASE_URL", set_to)
    assert storage_main(["import", price_list(tmp_path), "--database-url", named]) == 0
    assert asyncio.run(rows(named)) == [99_000]
    assert not (tmp_path / "set.db").exists()


def test_from_one_place_into_another(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, url: str
) -> None:
    old = {"DATABASE_URL": url, "PHOTO_DIR": "old"}
    new = {"DATABASE_URL": "sqlite+aiosqlite:///new.db", "PHOTO_DIR": "new"}
    price_list(tmp_path)
    calls = [
        ("import list.csv", old),
        ("backup all.tar.gz", old),
        ("check all.tar.gz", old),
        ("restore all.tar.gz", new),
        ("check", new),
        ("export out", new),
        ("restore all.tar.gz", new),
    ]
    run = [(["pumbeon", *words.split()], values) for words, values in calls]
    *told, again = many(tmp_path, tmp_path_factory.mktemp("told"), run)
    for done in told:
        assert (done.returncode, done.stderr) == (0, ""), done.args
    assert (again.returncode, "has rows already" in again.stderr) == (1, True)
    assert CODE in (tmp_path / "out/catalogue.jsonl").read_text("utf-8")
    with sqlite3.connect(tmp_path / "new.db") as plain:
        assert plain.execute("SELECT price_won FROM catalogue").fetchall() == [(99_000,)]


def test_a_wrong_setting_is_one_line_and_two(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    wrong = [
        ("pumbeon read x.jpg", "DATABASE_URL", "mysql://u:hush@h/x"),
        ("bot", "DATABASE_URL", "hush"),
        ("bot status", "WEB_PORT", "hush"),
        ("storage check", "DATABASE_URL", "mysql://u:hush@h/x"),
        (f"lookup {CODE}", "SERPAPI_ENGINES", "hush"),
        ("lookup status", "WEB_PORT", "hush"),
        ("recognizer read x.jpg", "RECOGNIZER_DETECTOR", "hush"),
        ("pumbeon check", "DATABASE_URL", "sqlite+aiosqlite:///:memory:?hush"),
    ]
    calls = [(words.split(), {name: value}) for words, name, value in wrong]
    told = many(tmp_path, tmp_path_factory.mktemp("told"), calls)
    for (words, name, _), done in zip(wrong, told, strict=True):
        assert (done.returncode, done.stdout) == (2, ""), words
        assert done.stderr.startswith(f"{name}: "), words
        assert done.stderr.count("\n") == 1, words
        assert "hush" not in done.stderr, words
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_there_is_one_line_and_one(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    port = str(free_port())
    missing = {
        "pumbeon read none.jpg": "none.jpg: .*No such file",
        f"pumbeon price {CODE}": "there is no database at data/pumbeon.db; `pumbeon serve`",
        "pumbeon import none.csv": "cannot read none.csv: No such file",
        "pumbeon export out": "there is no database",
        "pumbeon backup all.tar.gz": "there is no database",
        "pumbeon restore none.tar.gz": "none.tar.gz: cannot be read",
        "pumbeon check": "there is no database",
        "pumbeon check none.tar.gz": "none.tar.gz: cannot be read",
        "pumbeon status": f"http://127.0.0.1:{port}: no answer",
        "storage check": "error: there is no database",
    }
    calls = [(words.split(), {"WEB_PORT": port}) for words in missing]
    told = many(tmp_path, tmp_path_factory.mktemp("told"), calls)
    for (words, said), done in zip(missing.items(), told, strict=True):
        assert (done.returncode, done.stdout) == (1, ""), words
        assert re.match(said, done.stderr), done.stderr
        assert done.stderr.count("\n") == 1, words
    assert list(tmp_path.iterdir()) == []


def test_a_server_without_the_database_is_told(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, postgres: PostgresServer
) -> None:
    nowhere = f"postgresql+asyncpg://pumbeon@127.0.0.1:{postgres.port}/nowhere"
    deaf = "postgresql+asyncpg://u:hush@127.0.0.1:9/x"
    wrong = {
        ("backup all.tar.gz", nowhere): '"nowhere" does not exist',
        (f"price {CODE}", nowhere): '"nowhere" does not exist',
        ("import list.csv", nowhere): '"nowhere" does not exist',
        ("check", deaf): "the database cannot be reached: ",
        ("export out", postgres.empty()): "the database has no tables yet",
    }
    price_list(tmp_path)
    calls = [(["pumbeon", *words.split()], {"DATABASE_URL": url}) for words, url in wrong]
    told = many(tmp_path, tmp_path_factory.mktemp("told"), calls)
    for said, done in zip(wrong.values(), told, strict=True):
        assert (done.returncode, done.stdout) == (1, "")
        assert said in done.stderr
        assert done.stderr.count("\n") == 1, done.stderr
        assert "hush" not in done.stderr


def test_photos_are_read_with_the_detector_that_is_set(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (tmp_path / "easyocr.py").write_text("raise ImportError('as where it is not installed')")
    sample = str(ROOT / "bot/channels/web/static/sample-tag.jpg")
    theirs = {"RECOGNIZER_DETECTOR": "easyocr"}
    calls = [
        (["pumbeon", "read", "--json", sample], {}),
        (["pumbeon", "read", sample], theirs),
        (["recognizer", "read", sample], theirs),
        (["pumbeon", "read", "--detector", "own", sample], theirs),
    ]
    told = many(tmp_path, tmp_path_factory.mktemp("told"), calls)
    assert [done.returncode for done in told] == [0, 1, 1, 0]
    assert json.loads(told[0].stdout)["candidates"][0]["code"] == CODE
    assert all("not installed" in done.stderr for done in told[1:3])
    assert CODE in told[3].stdout
