"""Processes of `python -m bot` over one database: started, killed, started again, measured."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import socket
import sys
import time
from asyncio.subprocess import Process
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import aiohttp

CHECKOUT = Path(__file__).parents[2]

LIMITLESS = {
    "PHOTOS_PER_MINUTE": "0",
    "PHOTOS_PER_DAY": "0",
    "PHOTOS_PER_MINUTE_BY_ADDRESS": "0",
    "TRUSTED_PROXIES": "127.0.0.1",
}
"""What one person may send is another test's matter; people come through a proxy."""

_WRONG_SETTING = 2
_TRY_AGAIN = 1  # how a start ends that found its database locked: who runs it starts it again
_READY_S = 120.0  # for a start on a busy machine
_GLANCE_S = 0.2  # between two looks at the memory of the processes
_LOOPBACK = "127.0.0.1"


class House:
    """`settings` are the environment of each process; they live in `folder`, and log there.

    `files` bounds the open files of each. `peak_mb` is the most memory that any of them ever held.
    """

    def __init__(
        self, folder: Path, settings: Mapping[str, str], processes: int = 1, files: int = 0
    ) -> None:
        self._folder = folder
        self._settings = settings
        self._files = files
        self._ports = [_free_port() for _ in range(processes)]
        self._running: dict[int, Process] = {}
        self._watching: asyncio.Task[None] | None = None
        self.kills = 0
        self.deaths: list[int] = []  # exit statuses of processes that ended by themselves
        self.peak_mb = 0.0
        self.stop_s = 0.0

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where each process listens, whether it runs just now or not."""
        return tuple(f"http://{_LOOPBACK}:{port}" for port in self._ports)

    @property
    def log_bytes(self) -> int:
        """What all processes have logged."""
        return sum(path.stat().st_size for path in self._folder.glob("bot-*.log"))

    @property
    def pids(self) -> tuple[int, ...]:
        """The processes that run."""
        return tuple(process.pid for process in self._running.values())

    async def start(self) -> None:
        """Start all; returns once each is ready. Raises TimeoutError."""
        for place in range(len(self._ports)):
            await self._start(place)
            await self._ready(place)  # one after the other: the first one migrates
        self._watching = asyncio.create_task(self._watch())

    async def stop(self) -> list[int]:
        """End all with SIGTERM; their exit statuses. How long the slowest took is `stop_s`."""
        if self._watching:
            self._watching.cancel()
        since = time.monotonic()
        running, self._running = self._running, {}
        for process in running.values():
            with suppress(ProcessLookupError):
                process.terminate()
        try:
            async with asyncio.timeout(_READY_S):
                return [await process.wait() for process in running.values()]
        finally:
            self.stop_s = time.monotonic() - since
            for process in running.values():
                with suppress(ProcessLookupError):
                    process.kill()

    async def kill(self, place: int) -> None:
        """SIGKILL one, and start another in its place; that one may not be ready yet."""
        process = self._running.pop(place)
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        self.kills += 1
        await self._start(place)

    async def ready(self) -> None:
        """Wait until all are."""
        for place in range(len(self._ports)):
            await self._ready(place)

    async def _start(self, place: int) -> None:
        own = {"WEB_HOST": _LOOPBACK, "WEB_PORT": str(self._ports[place])}
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        bounded = (lambda: _bound_files(self._files)) if self._files else None
        with (self._folder / f"bot-{place}.log").open("ab") as log:
            self._running[place] = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot"),
                cwd=self._folder,
                env={**kept, "PYTHONPATH": str(CHECKOUT), **self._settings, **own},
                stdout=log,
                stderr=log,
                preexec_fn=bounded,
            )

    async def _ready(self, place: int) -> None:
        async with asyncio.timeout(_READY_S), aiohttp.ClientSession() as session:
            while True:
                with suppress(aiohttp.ClientError, TimeoutError):
                    async with session.get(f"{self.addresses[place]}/ready") as got:
                        if got.status == 200:
                            return
                if self._running[place].returncode == _WRONG_SETTING:
                    raise ValueError((self._folder / f"bot-{place}.log").read_text()[-500:])
                await asyncio.sleep(_GLANCE_S)

    async def _watch(self) -> None:
        """Memory of all; and one that ended by itself is noted and started again."""
        while True:
            for place, process in list(self._running.items()):
                self.peak_mb = max(self.peak_mb, _most_held_mb(process.pid))
                status = process.returncode
                if status is not None and self._running.get(place) is process:
                    if status != _TRY_AGAIN:
                        self.deaths.append(status)
                    await self._start(place)
            await asyncio.sleep(_GLANCE_S)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind((_LOOPBACK, 0))
        return int(free.getsockname()[1])


def _bound_files(most: int) -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _most_held_mb(pid: int) -> float:
    """The most memory that the process has held, in megabytes; 0 where it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines()
    except OSError:
        return 0.0
    held = [line.split()[1] for line in lines if line.startswith("VmHWM:")]
    return int(held[0]) / 1024 if held else 0.0


def send(pid: int, number: signal.Signals) -> None:
    """Send a signal to a process that may be gone."""
    with suppress(ProcessLookupError):
        os.kill(pid, number)
