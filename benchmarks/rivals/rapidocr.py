"""RapidOCR (PP-OCRv4 in onnx): its recognition alone, and with its detection."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.errors import NotInstalled
from benchmarks.rivals.types import Answer
from benchmarks.rivals.worker import Worker

PYTHON = Path(__file__).parents[2] / ".venv-rapidocr" / "bin" / "python"
_SCRIPT = Path(__file__).with_name("rapidocr_worker.py")


def start_rapidocr(python: Path = PYTHON, threads: int = 2) -> Worker:
    """Its worker, for `RapidAlone` and `RapidWhole`; raises NotInstalled, ReaderFailed."""
    if not python.exists():
        raise NotInstalled("not installed (make bench installs it into .venv-rapidocr)")
    # Isolated, or the modules beside the script would stand in for Python's own of their names.
    return Worker([str(python), "-I", str(_SCRIPT), str(threads)])


class RapidAlone:
    """Its recognition alone: the picture is one line."""

    name = "RapidOCR, recognition alone"

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

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

    name = "RapidOCR, detection + recognition"

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    def read_crop(self, path: Path) -> Answer:
        """Read a crop of one code."""
        return self._worker.ask("find", [path])[0][0]

    def batch_ms(self, paths: Sequence[Path]) -> float | None:
        """None: its detection takes one picture at a time."""

    def read_photo(self, path: Path) -> Answer | None:
        """Read a whole photo."""
        return self._worker.ask("photo", [path])[0][0]
