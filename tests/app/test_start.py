"""`python -m bot` as an operator meets it: a process of its own."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from storage.migrate import migrate
from storage.sqlite_driver import told_of_old_sqlite
from tests.fakes.postgres import PostgresServer
from tests.waiting import PATIENCE_S

ROOT = Path(__file__).parents[2]
TOKEN = "123456789:AAE-secret_secret_secret_secret_sec"


def environment(**values: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "WEB_PORT": "0", **values}


def start(folder: Path, **values: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot"],
        cwd=folder,
        env=environment(**values),
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


def test_a_wrong_setting_stops_the_start_with_one_line(tmp_path: Path) -> None:
    done = start(tmp_path, TELEGRAM_BOT_TOKEN="hush-hush-hush")
    assert done.returncode == 2
    assert done.stderr.startswith("TELEGRAM_BOT_TOKEN: must look like")
    assert len(done.stderr.splitlines()) == 1
    assert "hush" not in done.stderr


# Starts one after the other, each in a fork: imports take longer than all else.
STARTS = """
import json, os, sys
import bot.__main__, bot.app
for values in json.load(sys.stdin):
    child = os.fork()
    if not child:
        os.environ.update(values)
        status = bot.__main__.main()
        sys.stderr.flush()
        os._exit(status)  # threads of libraries were not forked along, and cannot be ended
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(f"ended with {status}", file=sys.stderr, flush=True)
"""


def starts(folder: Path, values: list[dict[str, str]]) -> list[str]:
    """What is printed on standard error with each of these settings, and the exit status."""
    done = subprocess.run(
        [sys.executable, "-c", STARTS],
        cwd=folder,
        env=environment(LOG_LEVEL="ERROR"),
        input=json.dumps(values),
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=True,
    )
    return re.findall(r"(?s).*?ended with -?\d+\n", done.stderr)


def test_what_cannot_be_had_stops_the_start_with_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()  # a file where a folder is needed stops root, too
    (tmp_path / "easyocr.py").write_text("raise ImportError('as where it is not installed')")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        wrong = {
            (r"PHOTO_DIR: file/photos cannot be written to.*", 1): {"PHOTO_DIR": "file/photos"},
            (r"DATABASE_URL: .+", 1): {"DATABASE_URL": "sqlite+aiosqlite:///file/pumbeon.db"},
            (rf"WEB_HOST, WEB_PORT: .*:{port} .*in use.*", 1): {"WEB_PORT": port},
            (r"RECOGNIZER_DETECTOR: .*not installed.*pip install.*", 2): {
                "RECOGNIZER_DETECTOR": "easyocr"
            },
        }
        told = starts(tmp_path, list(wrong.values()))
    for (pattern, status), said in zip(wrong, told, strict=True):
        assert re.fullmatch(rf"{pattern}\nended with {status}\n", said), said


def test_a_database_that_cannot_be_used_stops_the_start_with_one_line(
    tmp_path: Path, postgres: PostgresServer
) -> None:
    right = postgres.guarded("right")
    place = re.escape(f"127.0.0.1:{postgres.port}")
    server = f"postgresql+asyncpg://pumbeon:hush@127.0.0.1:{postgres.port}"
    refused = right.replace("right", "hush")
    wrong = {
        (rf"the database at {place} cannot be used: .*password .*", 1): refused,
        (rf"the database at {place} .*\"nowhere\" does not exist", 1): f"{server}/nowhere",
        (r"the database at 127\.0\.0\.1:9 .*", 1): "postgresql+asyncpg://u:hush@127.0.0.1:9/x",
        (r"the database at db\.invalid:5432 .*", 1): "postgresql+asyncpg://u:hush@db.invalid/x",
        (r"the database address cannot be used: .*'sslmode'", 2): f"{server}/x?sslmode=require",
    }
    told = starts(tmp_path, [{"DATABASE_URL": url} for url in wrong.values()])
    for (pattern, status), said in zip(wrong, told, strict=True):
        assert re.fullmatch(rf"DATABASE_URL: {pattern}\nended with {status}\n", said), said
        assert "hush" not in said
    migrate(right)  # the password, then, was all that was wrong


SERVE = """
import asyncio, sys
from pathlib import Path
import bot.app, bot.running.logs
from bot.settings import load
from tests.fakes.serving import ServingReader

async def main():
    settings = load()
    bot.running.logs.start(settings.log_level, settings.secrets())
    announce = lambda url: print(url, flush=True)
    await bot.app.serve(settings, announce, ServingReader().open)

asyncio.run(main())
print({"torch", "easyocr", "torchvision", "matplotlib"} & set(sys.modules))
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_imports_nothing_heavy_and_stops_gracefully(
    tmp_path: Path, number: signal.Signals
) -> None:
    values = {"TELEGRAM_BOT_TOKEN": TOKEN, "LOG_LEVEL": "DEBUG"}
    values |= {"TELEGRAM_API_URL": "http://127.0.0.1:9/bot"}
    told = tmp_path / "told"
    with (
        told.open("w") as errors,
        subprocess.Popen(
            [sys.executable, "-c", SERVE],
            cwd=tmp_path,
            env=environment(**values),
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        with urllib.request.urlopen(f"{url}/ready", timeout=PATIENCE_S) as answer:
            assert answer.status == 200
        while "/ready" not in told.read_text():  # the access log
            time.sleep(0.01)
        process.send_signal(number)
        said, _ = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0
    assert said == "set()\n"
    assert "Traceback" not in told.read_text()
    assert TOKEN not in told.read_text()
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"{url}/ready", timeout=PATIENCE_S)


def test_an_sqlite_with_a_known_fault_is_told() -> None:
    assert "3.51.2 is older than 3.51.3" in told_of_old_sqlite((3, 51, 2))
    assert not told_of_old_sqlite((3, 51, 3))
