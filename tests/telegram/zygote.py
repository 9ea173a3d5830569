"""The process that bots to be killed are forked from."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path

from tests.telegram.bench import Bench

_ROOT = Path(__file__).parents[2]


class Zygote:
    """`tests.telegram.bot_process`, running."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.telegram.bot_process"],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    async def start(self, bench: Bench, lease_s: float = 0.3) -> int:
        """Start a bot over this bench's server and database; gives its process id."""
        urls = bench.server.api_url, bench.server.file_url, bench.url
        line = json.dumps([*urls, str(bench.photos), lease_s])
        return await asyncio.to_thread(self._forked, line)

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()

    def _forked(self, line: str) -> int:
        assert self._process.stdin and self._process.stdout
        print(line, file=self._process.stdin, flush=True)
        return int(self._process.stdout.readline())
