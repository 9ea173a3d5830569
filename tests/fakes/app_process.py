"""The whole application as a process with a fake reader, and how to start it.

`python -m tests.fakes.app_process [stuck | computing]` takes its settings as JSON on the standard
input and prints its address; with `stuck` no photo is ever read, with `computing` each keeps a
thread of a real reader busy for ever.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.app import serve
from bot.settings import Settings
from recognizer.local import LocalReader
from recognizer.types import Quad, ReadPhoto
from tests.fakes.serving import ServingReader
from tests.waiting import PATIENCE_S

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def application(
    settings: dict[str, object], *, stuck: bool = False, computing: bool = False
) -> AsyncIterator[tuple[str, Process]]:
    """A process that serves, and its address; in the end it is asked to stop, if it still runs."""
    pipe = asyncio.subprocess.PIPE
    options = ["stuck"] * stuck + ["computing"] * computing
    command = [sys.executable, "-m", "tests.fakes.app_process", *options]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdin=pipe, stdout=pipe)
    assert process.stdin and process.stdout
    try:
        process.stdin.write(json.dumps(settings).encode())
        process.stdin.close()
        async with asyncio.timeout(PATIENCE_S):
            url = (await process.stdout.readline()).decode().strip()
        yield url, process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE_S):
            await process.wait()


class ComputingReader(LocalReader):
    """Its models are warm, and no photo is easy."""

    async def warm(self) -> None:
        """Nothing."""


async def _computing() -> ComputingReader:
    return ComputingReader(_for_ever, workers=2)


def _for_ever(data: bytes, marked: Quad | None) -> ReadPhoto:
    while True:
        time.sleep(1)


def main() -> None:
    settings = Settings.model_validate(json.load(sys.stdin))
    reader = ServingReader()
    if "stuck" in sys.argv:
        reader.may_read.clear()
    opened = _computing if "computing" in sys.argv else reader.open
    asyncio.run(serve(settings, lambda url: print(url, flush=True), opened))


if __name__ == "__main__":
    main()
