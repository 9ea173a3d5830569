"""Prices and the sources' state, by the settings of the bot."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import sys
from functools import partial
from pathlib import Path

import pytest

from benchmarks.stand_ins.elevenst import ELEVENST_KEY, FakeElevenStreet
from bot.app import running
from bot.program.main import main
from lookup import status
from surroundings.web import WebPlace
from tests.fakes.database import tables_in
from tests.fakes.serving import ServingReader, settings_in
from tests.program.processes import PUMBEON, environment, module, pumbeon
from tests.waiting import PATIENCE_S, until

CODE = "DD1391-100"


def set_to(folder: Path, shop: FakeElevenStreet) -> dict[str, str]:
    """Keys, and a database with tables."""
    file = folder / "pumbeon.db"
    url = f"sqlite+aiosqlite:///{file if file.exists() else tables_in(file)}"
    return {"ELEVENST_KEY": ELEVENST_KEY, "ELEVENST_URL": shop.url, "DATABASE_URL": url}


async def test_prices_come_from_the_bots_sources_and_are_counted(tmp_path: Path) -> None:
    async with FakeElevenStreet() as shop:
        values = set_to(tmp_path, shop)
        done = await asyncio.to_thread(pumbeon, tmp_path, "price", CODE, **values)
    assert (done.returncode, done.stderr) == (0, "")
    assert "11번가 (elevenst): ok" in done.stdout
    assert done.stdout.startswith(f"{CODE}   lowest 119,000원")
    assert shop.queries == [CODE]
    assert ELEVENST_KEY not in done.stdout
    with sqlite3.connect(tmp_path / "pumbeon.db") as plain:
        assert plain.execute("SELECT bucket, calls FROM price_calls").fetchall() == [
            ("elevenst", 1)
        ]


async def test_a_late_source_is_waited_for(tmp_path: Path) -> None:
    async with FakeElevenStreet() as shop:
        shop.plan.append("slow")
        shop.slow_s = 0.5
        values = {**set_to(tmp_path, shop), "PRICE_DEADLINE_S": "0.1", "PRICE_TOTAL_S": "60"}
        done = await asyncio.to_thread(pumbeon, tmp_path, "price", CODE, **values)
    assert "11번가 (elevenst): ok" in done.stdout


async def test_the_environment_gives_the_room_its_keys(tmp_path: Path) -> None:
    async with FakeElevenStreet() as shop:
        values = set_to(tmp_path, shop)
        done = await asyncio.to_thread(module, tmp_path, "lookup", CODE, **values)
        assert "11번가 (elevenst): ok" in done.stdout
        flag = ["--elevenst-key", "another"]
        done = await asyncio.to_thread(module, tmp_path, "lookup", CODE, *flag, **values)
        assert "11번가 (elevenst): refused" in done.stdout


async def test_an_interrupted_command_ends_without_a_traceback(tmp_path: Path) -> None:
    async with FakeElevenStreet() as shop, asyncio.timeout(PATIENCE_S):
        shop.always = "slow"
        values = {**set_to(tmp_path, shop), "PRICE_DEADLINE_S": "50", "PRICE_TOTAL_S": "60"}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", PUMBEON, "price", CODE),
            cwd=tmp_path,
            env=environment(**values),
            stderr=asyncio.subprocess.PIPE,
            # Where the tests themselves run in the background a shell has it ignored.
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
        )
        await until(lambda: shop.queries)
        process.send_signal(signal.SIGINT)
        _, told = await process.communicate()
    assert (process.returncode, told) == (130, b"")


async def test_the_status_is_that_of_the_bot_on_the_port_that_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)  # no .env here
    async with running(settings_in(tmp_path), ServingReader().open) as url:
        monkeypatch.setenv("WEB_HOST", "0.0.0.0")
        monkeypatch.setenv("WEB_PORT", url.rpartition(":")[2])
        for asked in (["status"], ["status", "--server", url]):
            assert await asyncio.to_thread(main, asked) == 0
            assert capsys.readouterr().out.splitlines()[1].startswith("catalogue ")
        assert await asyncio.to_thread(status.main, []) == 0
        assert capsys.readouterr().out.splitlines()[1].startswith("catalogue ")


def test_any_port_is_no_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WEB_PORT", "0")
    assert (main(["status"]), status.main([])) == (1, 2)
    assert capsys.readouterr().err.count("name it with --server") == 2


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:80"),
        ("0.0.0.0", "http://127.0.0.1:80"),
        ("::", "http://127.0.0.1:80"),
        ("::1", "http://[::1]:80"),
        ("bot.local", "http://bot.local:80"),
    ],
)
def test_how_a_server_is_reached(host: str, url: str) -> None:
    assert WebPlace.model_validate({"web_host": host, "web_port": 80}).url() == url
    assert WebPlace.model_validate({"web_host": host, "web_port": 0}).url(80) == url
