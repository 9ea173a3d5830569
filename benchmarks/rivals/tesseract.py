"""Tesseract, as its program; times hold its start, which every call of the program pays.

It runs on one thread: on single lines more only wait for each other (on two busy cores a crop takes
0.1 s with one thread and 3 s with two).
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from benchmarks.errors import NotInstalled, ReaderFailed
from benchmarks.rivals.types import Answer, TextLine

_TIMEOUT_S = 120
_WORD_LEVEL = "5"  # the level of a row that is a word
_ONE_LINE, _SPARSE = "7", "11"  # page segmentation modes


class Tesseract:
    """`tesseract --psm 7` for crops, `--psm 11` (sparse text) for photos."""

    name = "Tesseract (1 thread)"

    def __init__(self, program: str = "tesseract") -> None:
        """Raises NotInstalled."""
        found = shutil.which(program)
        if found is None:
            raise NotInstalled("not installed (make bench, or apt-get install tesseract-ocr)")
        self._program = found
        self._environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}

    @property
    def version(self) -> str:
        """Such as 5.3.0; raises ReaderFailed."""
        return self._run(["--version"])[0].split("\n", 1)[0].removeprefix("tesseract").strip()

    def read_crop(self, path: Path) -> Answer:
        """Read a crop of one code."""
        return self._read(path, _ONE_LINE)

    def batch_ms(self, paths: Sequence[Path]) -> float | None:
        """Milliseconds for all crops, named in a list for one start of the program."""
        with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as names:
            names.write("\n".join(str(path) for path in paths))
            names.flush()
            return self._run([names.name, "stdout", "--psm", _ONE_LINE, "tsv"])[1]

    def read_photo(self, path: Path) -> Answer | None:
        """Read a whole photo."""
        return self._read(path, _SPARSE)

    def _read(self, path: Path, mode: str) -> Answer:
        printed, ms = self._run([str(path), "stdout", "--psm", mode, "tsv"])
        return Answer(lines_of(printed), ms)

    def _run(self, arguments: Sequence[str]) -> tuple[str, float]:
        started = time.perf_counter()
        try:
            done = subprocess.run(
                [self._program, *arguments],
                capture_output=True,
                check=True,
                env=self._environment,
                timeout=_TIMEOUT_S,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise ReaderFailed(str(error)) from error
        ms = (time.perf_counter() - started) * 1000
        return done.stdout.decode("utf-8", "replace"), ms


def lines_of(printed: str) -> tuple[TextLine, ...]:
    """The lines in a table of words as `tesseract ... tsv` prints it."""
    rows = csv.DictReader(io.StringIO(printed), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = [row for row in rows if row["level"] == _WORD_LEVEL and row["text"].strip()]
    same_line = groupby(words, lambda row: (row["block_num"], row["par_num"], row["line_num"]))
    return tuple(_line(list(row)) for _, row in same_line)


def _line(words: Sequence[dict[str, str]]) -> TextLine:
    lefts = [float(word["left"]) for word in words]
    rights = [float(word["left"]) + float(word["width"]) for word in words]
    tops = [float(word["top"]) for word in words]
    bottoms = [float(word["top"]) + float(word["height"]) for word in words]
    return TextLine(
        " ".join(word["text"] for word in words),
        min(float(word["conf"]) for word in words) / 100,
        (min(lefts) + max(rights)) / 2,
        (min(tops) + max(bottoms)) / 2,
        max(bottoms) - min(tops),
    )
