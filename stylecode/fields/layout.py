"""Read lines side by side as rows, whatever order they came in."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from stylecode.fields.agreement import Evidence
from stylecode.grammar.normalise import fold, key
from stylecode.tag.labels import skeleton
from stylecode.tag.places import LinePlace, in_rows, place_of
from stylecode.types import ReadLine

WIDE_GAP = "\t"
"""Between lines of one row that stand too far apart to be one text."""

Point = tuple[float, float]

_FRACTIONS = {"½": " 1/2", "⅓": " 1/3", "⅔": " 2/3"}
_MOST_CHARS = 120  # characters of a line that are looked at
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Cell:
    """A line, folded to capitals, and where it stands, if that is known.

    `said` is what each reader made of it (skeletons), where several were asked.
    """

    text: str
    confidence: float
    place: LinePlace | None
    said: tuple[str, ...] = ()

    def evidence(self, part: str) -> Evidence:
        """For a part of its text: the line's, and whether the readers have it alike."""
        if len(self.said) < 2:
            return Evidence(self.confidence)
        bones = skeleton(key(part))
        return Evidence(self.confidence, 1 if all(bones in text for text in self.said) else -1)


@dataclass(frozen=True, slots=True)
class FieldRow:
    """Lines side by side; `starts[i]` is where the i-th cell begins in `text`."""

    text: str
    cells: tuple[Cell, ...]
    starts: tuple[int, ...]

    @property
    def place(self) -> LinePlace | None:
        """Where the row begins."""
        return self.cells[0].place

    def evidence(self, start: int, end: int) -> Evidence:
        """For a span of `text`: that of the worst of its cells, each for its part."""
        found = [
            cell.evidence(self.text[max(start, begin) : min(end, begin + len(cell.text))])
            for begin, cell in zip(self.starts, self.cells, strict=True)
            if begin < end and start < begin + len(cell.text)
        ]
        return min(found, key=lambda one: one.odds, default=Evidence(0.0))

    def evidence_of(self, part: str) -> Evidence:
        """The same for letters and digits that stand there one after the other, else for all."""
        signs = [at for at, char in enumerate(self.text) if key(char)]
        wanted = skeleton(key(part))
        start = skeleton("".join(self.text[at] for at in signs)).find(wanted)
        if start < 0 or not wanted:
            return self.evidence(0, len(self.text))
        return self.evidence(signs[start], signs[start + len(wanted) - 1] + 1)

    def cell_at(self, column: float) -> int:
        """The number of the cell in which a column of `text` stands."""
        return max(at for at, start in enumerate(self.starts) if start <= column or at == 0)

    def point(self, column: float) -> Point:
        """The pixel of the photo where a column of `text` stands, guessed."""
        at = self.cell_at(column)
        cell = self.cells[at]
        if cell.place is None:
            return 0.0, 0.0
        share = min(1.0, max(0.0, (column - self.starts[at]) / max(1, len(cell.text))))
        along = share * cell.place.length
        return cell.place.x + along * cell.place.cos, cell.place.y + along * cell.place.sin

    def below(self, other: FieldRow, reach: float) -> bool:
        """Whether this row is under the other one, at most `reach` line heights off.

        Where neither has a place, every row may be.
        """
        if self.place is None or other.place is None:
            return self.place is other.place
        down = other.place.to(self.place)[1]
        high = max(self.place.height, other.place.height)
        return other.place.same_way(self.place) and 0 < down < reach * high

    def without(self, spans: Sequence[tuple[int, int]]) -> FieldRow:
        """The same row with these spans of its text struck out."""
        text = list(self.text)
        for start, end in spans:
            text[start:end] = "|" * (end - start)
        return replace(self, text="".join(text))


def rows_of(lines: Sequence[ReadLine]) -> list[FieldRow]:
    """The rows of a tag from top to bottom; lines without a place are rows of their own.

    A row that was read twice (a line, and its words once more) comes twice.
    """
    kept = sorted((line for line in lines if line.text.strip()), key=_order)
    cells = [_cell(line) for line in kept]
    return [_row([cells[at] for at in text]) for texts in in_rows(kept) for text in texts if text]


def code_spans(text: str, code: str | None) -> list[tuple[int, int]]:
    """Where the code stands in a row's text, however it is divided there."""
    letters = key(code or "")
    if not letters:
        return []
    found = re.finditer(r"[-./_: ]*".join(map(re.escape, letters)), text)
    return [match.span() for match in found]


def _order(line: ReadLine) -> tuple[float | str, ...]:
    """The same order for the same lines, however they were handed in."""
    numbers = (line.y, line.x, line.height, line.width, line.angle, line.confidence)
    known = (number if math.isfinite(number) else 0.0 for number in numbers)
    return (*known, line.text, *line.said)


def _cell(line: ReadLine) -> Cell:
    text = line.text[:_MOST_CHARS]
    for sign, written in _FRACTIONS.items():
        text = text.replace(sign, written)
    confidence = line.confidence if math.isfinite(line.confidence) else 0.0
    said = tuple(skeleton(key(heard)) for heard in line.said)
    return Cell(_SPACES.sub(" ", fold(text)).strip(), confidence, place_of(line), said)


def _row(cells: Sequence[Cell]) -> FieldRow:
    text, starts = "", list[int]()
    for at, cell in enumerate(cells):
        if at:
            text += " " if _goes_on(cells[at - 1], cell) else WIDE_GAP
        starts.append(len(text))
        text += cell.text
    return FieldRow(text, tuple(cells), tuple(starts))


def _goes_on(left: Cell, right: Cell) -> bool:
    return left.place is not None and right.place is not None and left.place.near(right.place)
