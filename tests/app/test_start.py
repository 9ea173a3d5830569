"""`python -m bot` as an operator meets it: a process of its own."""

from __future__ import annotations

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
        timeout=60,
        check=False,
    )


def test_a_wrong_setting_stops_the_start_with_one_line(tmp_path: Path) -> None:
    done = start(tmp_path, TELEGRAM_BOT_TOKEN="hush-hush-hush")
    assert done.returncode == 2
    assert done.stderr.startswith("TELEGRAM_BOT_TOKEN: must look like")
    assert len(done.stderr.splitlines()) == 1
    assert "hush" not in done.stderr


def test_a_port_in_use_stops_the_start_with_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = start(tmp_path, WEB_PORT=port, LOG_LEVEL="ERROR")
    assert done.returncode == 2
    assert re.fullmatch(rf"WEB_HOST, WEB_PORT: .*:{port} .*in use.*\n", done.stderr)


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"PHOTO_DIR": "file/photos"}, "PHOTO_DIR: file/photos cannot be written to"),
        ({"DATABASE_URL": "sqlite+aiosqlite:///file/pumbeon.db"}, "DATABASE_URL: "),
    ],
)
def test_a_place_that_cannot_be_written_to_is_named(
    tmp_path: Path, values: dict[str, str], named: str
) -> None:
    (tmp_path / "file").touch()  # a file where a folder is needed stops root, too
    done = start(tmp_path, LOG_LEVEL="ERROR", **values)
    assert done.returncode == 2
    assert done.stderr.startswith(named)
    assert len(done.stderr.splitlines()) == 1


def test_published_weights_that_cannot_be_had_stop_the_start_with_one_line(tmp_path: Path) -> None:
    nobody = "http://127.0.0.1:1"  # no machine's network is asked
    done = start(
        tmp_path,
        RECOGNIZER_DETECTOR="easyocr",
        EASYOCR_MODULE_PATH=str(tmp_path / "models"),
        LOG_LEVEL="ERROR",
        **dict.fromkeys(("http_proxy", "https_proxy", "HTTPS_PROXY"), nobody),
    )
    assert done.returncode == 2
    assert re.fullmatch(r"RECOGNIZER_DETECTOR: .*(downloaded|not installed).*\n", done.stderr)
    assert re.search("unpack it|pip install", done.stderr)


def test_the_serving_process_needs_neither_torch_nor_easyocr() -> None:
    heavy = "{'torch', 'easyocr', 'torchvision'}"
    check = f"import sys, bot.app, bot.__main__; print({heavy} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"


SERVE = """
import asyncio, sys
from pathlib import Path
import bot.app, bot.logs
from bot.settings import load
from tests.fakes.serving import ServingReader

async def main():
    settings = load()
    bot.logs.start(settings.log_level, settings.secrets())
    announce = lambda url: print(url, flush=True)
    await bot.app.serve(settings, announce, ServingReader().open)

asyncio.run(main())
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_gracefully(tmp_path: Path, number: signal.Signals) -> None:
    values = {"TELEGRAM_BOT_TOKEN": TOKEN, "LOG_LEVEL": "DEBUG"}
    values |= {"TELEGRAM_API_URL": "http://127.0.0.1:9/bot"}
    with subprocess.Popen(
        [sys.executable, "-c", SERVE],
        cwd=tmp_path,
        env=environment(**values),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        with urllib.request.urlopen(f"{url}/ready", timeout=10) as answer:
            assert answer.status == 200
        time.sleep(0.3)
        process.send_signal(number)
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in errors
    assert "/ready" in errors  # the access log
    assert TOKEN not in errors
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"{url}/ready", timeout=5)
