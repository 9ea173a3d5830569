"""Read lines in a fixed order, side by side as rows, whatever order they came in."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from stylecode.normalise import fold, key
from stylecode.types import ReadLine

WIDE = "\t"
"""Between lines of one row that stand too far apart to be one text."""

_CHAR_WIDTH = 0.6  # of the line height, for guessing how long a line is
_MOST = 1e6  # pixels; no photo is larger
_FRACTIONS = {"½": " 1/2", "⅓": " 1/3", "⅔": " 2/3"}
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """A line, folded to capitals; `x` and `y` are its middle, all zero where it has no place."""

    y: float
    x: float
    height: float
    text: str
    confidence: float

    @property
    def half(self) -> float:
        """Half its width in pixels, guessed."""
        return len(self.text) * self.height * _CHAR_WIDTH / 2


@dataclass(frozen=True, slots=True)
class Row:
    """Lines side by side; `starts[i]` is where the i-th cell begins in `text`."""

    text: str
    cells: tuple[Cell, ...]
    starts: tuple[int, ...]

    @property
    def placed(self) -> bool:
        """Whether it is known where it stands on the photo."""
        return self.cells[0].height > 0

    @property
    def confidence(self) -> float:
        """That of its worst cell."""
        return min(cell.confidence for cell in self.cells)

    def x_at(self, place: float) -> float:
        """The pixel column of a place in `text`, guessed."""
        at = max(i for i, start in enumerate(self.starts) if start <= place or i == 0)
        cell = self.cells[at]
        share = (place - self.starts[at]) / max(1, len(cell.text))
        return cell.x - cell.half + 2 * cell.half * min(1.0, max(0.0, share))

    def without(self, spans: Sequence[tuple[int, int]]) -> Row:
        """The same row with these spans of its text struck out."""
        text = list(self.text)
        for start, end in spans:
            text[start:end] = "|" * (end - start)
        return replace(self, text="".join(text))


def rows_of(lines: Sequence[ReadLine]) -> tuple[Row, ...]:
    """The rows of a tag from top to bottom; lines without a place are rows of their own."""
    cells = sorted({cell for cell in map(_cell, lines) if cell.text})
    rows = [_row([cell]) for cell in cells if not cell.height]
    level: list[Cell] = []
    for cell in [cell for cell in cells if cell.height]:
        if level and not _level(level[0], cell):
            rows += _tracks(level)
            level = []
        level.append(cell)
    return tuple(rows + _tracks(level))


def code_spans(text: str, code: str | None) -> list[tuple[int, int]]:
    """Where the code stands in a row's text, however it is divided there."""
    letters = key(code or "")
    if not letters:
        return []
    found = re.finditer(r"[-./_: ]*".join(map(re.escape, letters)), text)
    return [match.span() for match in found]


def _cell(line: ReadLine) -> Cell:
    text = line.text
    for sign, written in _FRACTIONS.items():
        text = text.replace(sign, written)
    text = _SPACES.sub(" ", fold(text)).strip()
    confidence = _number(line.confidence)
    height = _number(line.height)
    if height <= 0:
        return Cell(0.0, 0.0, 0.0, text, confidence)
    return Cell(_number(line.y), _number(line.x), height, text, confidence)


def _number(value: float) -> float:
    return value if math.isfinite(value) and abs(value) < _MOST else 0.0


def _level(one: Cell, other: Cell) -> bool:
    return abs(one.y - other.y) < 0.5 * min(one.height, other.height)


def _tracks(level: Sequence[Cell]) -> list[Row]:
    """Rows of cells on one level. What lies over another (words read again) makes one more."""
    tracks: list[list[Cell]] = []
    for cell in sorted(level, key=lambda cell: (cell.x - cell.half, cell)):
        free = [track for track in tracks if not _over(track[-1], cell)]
        if free:
            free[0].append(cell)
        else:
            tracks.append([cell])
    return [_row(track) for track in tracks]


def _over(left: Cell, right: Cell) -> bool:
    shared = left.x + left.half - (right.x - right.half)
    return shared > 0.5 * 2 * min(left.half, right.half)


def _row(cells: Sequence[Cell]) -> Row:
    text, starts = "", list[int]()
    for at, cell in enumerate(cells):
        if at:
            text += " " if _near(cells[at - 1], cell) else WIDE
        starts.append(len(text))
        text += cell.text
    return Row(text, tuple(cells), tuple(starts))


def _near(left: Cell, right: Cell) -> bool:
    gap = (right.x - right.half) - (left.x + left.half)
    return gap < 1.5 * right.height
