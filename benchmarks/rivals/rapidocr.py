"""RapidOCR (PP-OCR in onnx), of this year and of two years ago, each in a process of its own."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.errors import NotInstalled
from benchmarks.rivals.types import Answer
from benchmarks.rivals.worker import Worker

PYTHON = Path(__file__).parents[2] / ".venv-rapidocr" / "bin" / "python"
_SCRIPT = Path(__file__).with_name("rapidocr_worker.py")


@dataclass(frozen=True, slots=True)
class RapidRelease:
    """One of its releases, the networks in it, and the interpreter that has it."""

    major: int
    networks: str
    python: Path

    @property
    def program(self) -> str:
        """What its version stands behind."""
        return f"RapidOCR ({self.networks})"

    @property
    def name(self) -> str:
        """What rows of its detection and recognition are called."""
        return f"RapidOCR {self.major} ({self.networks})"

    @property
    def alone(self) -> str:
        """What rows of its recognition alone are called."""
        return f"{self.name}, recognition alone"

    def start(self, threads: int = 2) -> Worker:
        """Its worker, for `RapidAlone` and `RapidWhole`; raises NotInstalled, ReaderFailed."""
        if not self.python.exists():
            raise NotInstalled("not installed (make bench installs it)")
        # Isolated, or the modules beside the script would stand in for Python's own of their names.
        return Worker([str(self.python), "-I", str(_SCRIPT), str(threads)])


# The witness's package, which is installed with us.
RAPID_3 = RapidRelease(3, "PP-OCRv6", Path(sys.executable))
RAPID_1 = RapidRelease(1, "PP-OCRv4", PYTHON)
FIND_NOTHING = (RAPID_3.alone, RAPID_1.alone)  # names of those that find no lines themselves


class RapidAlone:
    """Its recognition alone: the picture is one line."""

    def __init__(self, release: RapidRelease, worker: Worker) -> None:
        self.name, self._worker = release.alone, worker

    def read_crop(self, path: Path) -> Answer:
        """Read a crop of one code."""
        return self._worker.ask("read", [path])[0][0]

    def batch_ms(self, paths: Sequence[Path]) -> float | None:
        """Milliseconds for all crops in one go."""
        return self._worker.ask("batch", paths)[1]

    def read_photo(self, path: Path) -> Answer | None:
        """None: recognition alone finds no lines."""


class RapidWhole:
    """Detection and recognition; a crop gets a border of 40 pixels."""

    def __init__(self, release: RapidRelease, worker: Worker) -> None:
        self.name, self._worker = release.name, worker

    def read_crop(self, path: Path) -> Answer:
        """Read a crop of one code."""
        return self._worker.ask("find", [path])[0][0]

    def batch_ms(self, paths: Sequence[Path]) -> float | None:
        """None: its detection takes one picture at a time."""

    def read_photo(self, path: Path) -> Answer | None:
        """Read a whole photo, timed from its file."""
        return self._worker.ask("photo", [path])[0][0]
