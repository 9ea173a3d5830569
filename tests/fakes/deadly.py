"""The whole application as a process that dies of one photo, and how to keep it going.

`python -m tests.fakes.deadly` takes its settings as JSON on the standard input. A photo with
`DEADLY` in its bytes ends the process at once, while it is read; any takes `READING_S`.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from bot.app import serve
from bot.settings import Settings
from recognizer.types import Quad, ReadPhoto
from tests.fakes.serving import ServingReader
from tests.waiting import PATIENCE_S

DEADLY = b"deadly"
READING_S = 0.3  # all that came meanwhile is in hand, too, when one of them kills
_ROOT = Path(__file__).parents[2]


class DeadlyReader(ServingReader):
    async def read(self, data: bytes, marked: Quad | None = None) -> ReadPhoto:
        await asyncio.sleep(READING_S)
        if DEADLY in data:
            os._exit(9)
        return await super().read(data, marked)


@asynccontextmanager
async def undying(settings: dict[str, object]) -> AsyncIterator[list[int]]:
    """Such a process, started again whenever it dies; gives the exit statuses until now."""
    deaths: list[int] = []

    async def keep() -> None:
        pipe = asyncio.subprocess.PIPE
        while True:
            command = [sys.executable, "-m", "tests.fakes.deadly"]
            process = await asyncio.create_subprocess_exec(*command, cwd=_ROOT, stdin=pipe)
            assert process.stdin
            process.stdin.write(json.dumps(settings).encode())
            process.stdin.close()
            try:
                deaths.append(await process.wait())
            except asyncio.CancelledError:
                with suppress(ProcessLookupError):
                    process.kill()
                async with asyncio.timeout(PATIENCE_S):
                    await process.wait()
                raise

    keeping = asyncio.create_task(keep())
    try:
        yield deaths
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)


def main() -> None:
    settings = Settings.model_validate(json.load(sys.stdin))
    asyncio.run(serve(settings, lambda _: None, DeadlyReader().open))


if __name__ == "__main__":
    main()
