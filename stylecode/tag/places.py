"""Where lines lie to each other, each seen in the direction in which it is read.

A tag may lie on the photo at any angle, and two tags at two: "left of" and "above" are meant as on
the tag, never as on the photo.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from stylecode.types import ReadLine

_CHAR_WIDTH = 0.62  # of the line height, for guessing where a line ends
_SAME_WAY = math.cos(math.radians(25))  # lines of one tag differ by less, also seen askew
_ACROSS = math.cos(math.radians(60))
_LEVEL = 0.5  # of the lower line's height: how far two lines of a row may be apart across
_NEAR_PARTS = 2.0  # of the right line's height: the widest gap within a code
_FARTHEST = 1e7  # pixels; what lies farther is nowhere


@dataclass(frozen=True, slots=True)
class LinePlace:
    """A line as seen along its own direction, in pixels.

    (`x`, `y`) is where it begins, `length` how long it is (`known` false: guessed from its text),
    (`cos`, `sin`) its direction.
    """

    x: float
    y: float
    length: float
    height: float
    cos: float
    sin: float
    known: bool

    def to(self, other: LinePlace) -> tuple[float, float]:
        """Where another line begins: pixels along and across (below is positive) from here.

        Measured in the direction between the two lines' own: perspective turns each a little.
        """
        cos, sin = self.cos + other.cos, self.sin + other.sin
        norm = math.hypot(cos, sin) or 1.0
        dx, dy = other.x - self.x, other.y - self.y
        return (dx * cos + dy * sin) / norm, (dy * cos - dx * sin) / norm

    def same_way(self, other: LinePlace) -> bool:
        """Whether both are read in about the same direction."""
        return self.cos * other.cos + self.sin * other.sin > _SAME_WAY

    def across(self, other: LinePlace) -> bool:
        """Whether one is read across the other, as no two lines of a tag are."""
        return abs(self.cos * other.cos + self.sin * other.sin) < _ACROSS

    def level(self, other: LinePlace) -> bool:
        """Whether both stand in one row."""
        across = abs(self.to(other)[1])
        return self.same_way(other) and across < _LEVEL * min(self.height, other.height)

    def before(self, right: LinePlace) -> float:
        """The gap between this line's end and the beginning of one to its right."""
        return self.to(right)[0] - self.length

    def near(self, right: LinePlace) -> bool:
        """Whether a code may go on from this line to one to its right."""
        return self.before(right) < _NEAR_PARTS * right.height

    def overlaps(self, right: LinePlace) -> bool:
        """Whether both are readings of the same print, at least in part."""
        both = self.known and right.known
        return both and -self.before(right) > 0.4 * min(self.length, right.length)

    def over(self, other: LinePlace, reach: float) -> bool:
        """Whether this line is above the other in its column, at most `reach` heights off."""
        along, down = self.to(other)
        if not self.same_way(other) or not 0 < down < reach * other.height:
            return False
        aligned = abs(along) < 5 * other.height
        spans = self.known and other.known and -other.length < along < self.length
        return aligned or spans

    def distance(self, other: LinePlace) -> float:
        """Pixels between the middles of both."""
        (ax, ay), (bx, by) = self.middle, other.middle
        return math.hypot(ax - bx, ay - by)

    @property
    def middle(self) -> tuple[float, float]:
        """The point in the middle of the line."""
        half = self.length / 2
        return self.x + half * self.cos, self.y + half * self.sin


def place_of(line: ReadLine) -> LinePlace | None:
    """The line's place; None where it is not known."""
    if not 0 < line.height < _FARTHEST or not (abs(line.x) < _FARTHEST and abs(line.y) < _FARTHEST):
        return None
    known = 0 < line.width < _FARTHEST
    length = line.width if known else len(line.text) * line.height * _CHAR_WIDTH
    angle = line.angle if math.isfinite(line.angle) else 0.0
    return LinePlace(line.x, line.y, length, line.height, math.cos(angle), math.sin(angle), known)


def in_rows(lines: Sequence[ReadLine]) -> list[list[list[int]]]:
    """Indices of lines: rows from top to bottom, in each the texts that may be read in it.

    A row has several texts where lines overlap (a line and its words read once more); each goes
    from left to right. Lines without a place stay alone, in order, in front.
    """
    places = [place_of(line) for line in lines]
    found = [[[at]] for at, place in enumerate(places) if place is None]
    placed = {at: place for at, place in enumerate(places) if place is not None}
    return found + [_texts(row, placed) for row in _rows(placed)]


def _rows(placed: dict[int, LinePlace]) -> list[list[int]]:
    rows: list[list[int]] = []
    for at in sorted(placed, key=lambda at: (_down(placed[at]), at)):
        row = next((row for row in reversed(rows) if placed[row[0]].level(placed[at])), None)
        if row is None:
            rows.append([at])
        else:
            row.append(at)
    return rows


def _down(place: LinePlace) -> float:
    """How far down the photo, as this line sees it."""
    return place.y * place.cos - place.x * place.sin


def _texts(row: list[int], placed: dict[int, LinePlace]) -> list[list[int]]:
    lead = placed[row[0]]
    texts: list[list[int]] = []
    for at in sorted(row, key=lambda at: (lead.to(placed[at])[0], -placed[at].length, at)):
        free = (text for text in texts if not placed[text[-1]].overlaps(placed[at]))
        text = next(free, None)
        if text is None:
            texts.append([at])
        else:
            text.append(at)
    return texts
