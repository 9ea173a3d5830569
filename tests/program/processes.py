"""Programs as an operator starts them: processes in a folder of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.waiting import PATIENCE_S

ROOT = Path(__file__).parents[2]
PUMBEON = "from bot.program.main import main; raise SystemExit(main())"
"""What the console script does."""


def environment(**values: str) -> dict[str, str]:
    """What a program needs to run, this checkout, and these settings, but no others."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **values}


def pumbeon(folder: Path, *words: str, **values: str) -> subprocess.CompletedProcess[str]:
    """`pumbeon` with these words and settings."""
    return _run(folder, ["-c", PUMBEON, *words], values)


def module(folder: Path, name: str, *words: str, **values: str) -> subprocess.CompletedProcess[str]:
    """`python -m NAME`."""
    return _run(folder, ["-m", name, *words], values)


# Commands one after the other, each in a fork: imports take longer than all else.
_MANY = """
import json, os, runpy, sys
from pathlib import Path
import bot.app, bot.program.main, bot.program.prices, lookup.status, recognizer.files
import storage.commands
for number, (words, values) in enumerate(json.load(sys.stdin)):
    child = os.fork()
    if not child:
        for stream, name in ((1, "out"), (2, "err")):
            file = os.open(Path(sys.argv[1], f"{number}.{name}"), os.O_WRONLY | os.O_CREAT)
            os.dup2(file, stream)
        os.environ.update(values)
        status = 0
        try:
            sys.argv = words
            if words[0] == "pumbeon":
                sys.exit(bot.program.main.main())
            runpy.run_module(words[0], run_name="__main__", alter_sys=True)
        except SystemExit as ended:
            status = ended.code or 0
        sys.stdout.flush(), sys.stderr.flush()
        os._exit(status)  # threads of libraries were not forked along, and cannot be ended
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


def many(
    folder: Path, told: Path, calls: Sequence[tuple[Sequence[str], Mapping[str, str]]]
) -> list[subprocess.CompletedProcess[str]]:
    """Several programs: `pumbeon` or a room's name and its words, with settings.

    What they say lies in `told` in the end; a program that raises ends with 1 and a traceback.
    """
    done = subprocess.run(
        [sys.executable, "-c", _MANY, str(told)],
        cwd=folder,
        env=environment(),
        input=json.dumps(calls),
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=True,
    )
    ended = [int(status) for status in done.stdout.split()]
    return [
        subprocess.CompletedProcess(
            words,
            status,
            (told / f"{number}.out").read_text("utf-8"),
            (told / f"{number}.err").read_text("utf-8"),
        )
        for number, ((words, _), status) in enumerate(zip(calls, ended, strict=True))
    ]


def _run(
    folder: Path, arguments: list[str], values: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment(**values),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE_S,
        check=False,
    )
