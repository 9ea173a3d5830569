"""A reader in a process of its own, spoken to in lines of JSON over its stdin and stdout.

Some readers need libraries that cannot be installed beside ours. Such a reader gets a virtual
environment and a small script; this is our end of the conversation:

    worker  {"ready": "its version"}
    we      {"mode": "read", "pictures": ["/tmp/a.png"]}
    worker  {"ms": 7.1, "lines": [[{"text": "DD1391-100", "confidence": 0.97,
                                    "x": 67.0, "y": 18.0, "height": 30.0}]]}
         or {"error": "what went wrong"}

`lines` has one list for each picture; x, y and height are in pixels and may be left out. `ms` is
measured by the worker around the reading alone, without decoding the picture. The worker ends
when its stdin does.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from benchmarks.errors import ReaderFailed
from benchmarks.memory import peak_mb
from benchmarks.rivals.types import Answer, TextLine

PATIENCE_S = 120.0  # loading models on a busy machine takes its time
_TOLD = 300  # characters of the worker's last words


class Worker:
    """A running worker; `version` is what it said when it was ready."""

    def __init__(self, command: Sequence[str], patience_s: float = PATIENCE_S) -> None:
        """Start it and wait until it is ready; raises ReaderFailed."""
        self._patience_s = patience_s
        self._stderr = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._stderr,
                text=True,
                encoding="utf-8",
            )
        except OSError as error:
            self._stderr.close()
            raise ReaderFailed(f"{command[0]} could not be started: {error}") from error
        try:
            self.version = str(self._listen().get("ready", ""))
        except ReaderFailed:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process; safe to call twice."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):  # it died with a question unread
                    pipe.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._stderr.close()

    def ask(self, mode: str, paths: Sequence[Path]) -> tuple[list[Answer], float]:
        """An answer for each picture and the milliseconds for all; raises ReaderFailed."""
        question = {"mode": mode, "pictures": [str(path) for path in paths]}
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(question) + "\n")
            self._process.stdin.flush()
        except (OSError, ValueError) as error:
            raise ReaderFailed(f"the worker has ended{self._last_words()}") from error
        return _answers(self._listen(), len(paths))

    @property
    def peak_mb(self) -> float:
        """The greatest resident size of its process so far, in megabytes."""
        return peak_mb(self._process.pid)

    def _listen(self) -> dict[str, Any]:
        """The worker's next line; a worker that stays silent too long is killed."""
        assert self._process.stdout is not None
        watchdog = threading.Timer(self._patience_s, self._process.kill)
        watchdog.start()
        try:
            line = self._process.stdout.readline()
        except UnicodeDecodeError as error:
            raise ReaderFailed(f"the worker's answer is no text: {error}") from error
        finally:
            watchdog.cancel()
        if not line:
            raise ReaderFailed(f"the worker ended without an answer{self._last_words()}")
        try:
            answer = json.loads(line)
        except ValueError as error:
            raise ReaderFailed(f"the worker's answer is no JSON: {line[:_TOLD]!r}") from error
        if not isinstance(answer, dict):
            raise ReaderFailed(f"the worker's answer is no object: {line[:_TOLD]!r}")
        if "error" in answer:
            raise ReaderFailed(str(answer["error"])[:_TOLD])
        return answer

    def _last_words(self) -> str:
        if self._stderr.closed:
            return ""
        self._stderr.seek(0)
        told = self._stderr.read().strip()
        return f": {told.splitlines()[-1][:_TOLD]}" if told else ""


def _answers(answer: dict[str, Any], count: int) -> tuple[list[Answer], float]:
    try:
        ms = float(answer["ms"])
        answers = [
            Answer(tuple(TextLine(**line) for line in lines), ms / max(count, 1))
            for lines in answer["lines"]
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise ReaderFailed(f"the worker's answer lacks something: {error!r}") from error
    if len(answers) != count:
        raise ReaderFailed(f"asked about {count} pictures, told of {len(answers)}")
    return answers, ms
