"""A process that may open few files, and a stranger who opens all they can."""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

from tests.fakes.app_process import ROOT
from tests.strangers.processes import given
from tests.strangers.sockets import head
from tests.waiting import PATIENCE_S


async def test_three_hundred_idle_connections_hold_nobody_up(tmp_path: Path) -> None:
    """The whole application in a process that may open 256 files."""
    written = tmp_path / "log"
    command = ["bash", "-c", 'ulimit -n 256; exec "$0" "$@"', sys.executable, "-m"]
    with written.open("wb") as log:
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *command, "tests.fakes.app_process", cwd=ROOT, stdin=pipe, stdout=pipe, stderr=log
        )
    assert process.stdin and process.stdout
    process.stdin.write(json.dumps(given(tmp_path)).encode())
    process.stdin.close()
    async with asyncio.timeout(PATIENCE_S):
        url = (await process.stdout.readline()).decode().strip()
    slowest = await asyncio.to_thread(_besieged, url)
    process.terminate()
    async with asyncio.timeout(PATIENCE_S):
        assert await process.wait() == 0
    assert slowest < 1.0
    assert written.stat().st_size < 1_000_000
    assert "Traceback" not in written.read_text()


def _besieged(url: str) -> float:
    """Seconds of the slowest /health beside 300 connections that come again whenever they end."""
    at = urlsplit(url)
    place = (at.hostname or "", at.port or 0)
    idle: list[socket.socket] = []
    slowest = 0.0
    for number in range(600):
        idle.append(socket.create_connection(place, PATIENCE_S))
        if len(idle) > 300:
            idle.pop(0).close()
        if number % 20 == 19:
            since = monotonic()
            with socket.create_connection(place, PATIENCE_S) as asking:
                asking.sendall(head("/health", Connection="close").encode())
                assert asking.recv(64).startswith(b"HTTP/1.1 200")
            slowest = max(slowest, monotonic() - since)
    for each in idle:
        each.close()
    return slowest
