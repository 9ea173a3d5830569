"""What a rival is: pictures by path in, lines of text out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line as a rival read it.

    `confidence` is the rival's own, in 0..1; `x`, `y` is the line's middle and `height` its height
    in the picture's pixels (zero where the rival does not say).
    """

    text: str
    confidence: float
    x: float = 0.0
    y: float = 0.0
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What was read on one picture, in reading order, and how many milliseconds that took."""

    lines: tuple[TextLine, ...]
    ms: float


class Rival(Protocol):
    """A reader of others. Every method raises ReaderFailed."""

    @property
    def name(self) -> str:
        """What its rows are called."""
        ...

    def read_crop(self, path: Path) -> Answer:
        """Read a crop of one code."""
        ...

    def batch_ms(self, paths: Sequence[Path]) -> float | None:
        """Milliseconds for all crops in one go; None where the rival cannot."""
        ...

    def read_photo(self, path: Path) -> Answer | None:
        """Read a whole photo; None where the rival does not find lines itself."""
        ...
