"""Flat layout of a label: boxes of text, rules and bars, measured in units of the code's height.

A box knows its size and its marks; boxes stack into larger boxes. Nothing is drawn here, so a
layout can be measured first and then rendered at the size the photo needs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

_MEASURE_PX = 200


@dataclass(frozen=True, slots=True)
class Faces:
    """The face of a run of text, and the one that draws what is not ASCII (Hangul)."""

    latin: Path
    korean: Path

    def of(self, char: str) -> Path:
        """The face that draws `char`."""
        return self.latin if char.isascii() else self.korean


@dataclass(frozen=True, slots=True)
class TextMark:
    """A run of text: baseline start at (x, y), capitals `cap` high, code at `code` (start, end)."""

    x: float
    y: float
    text: str
    cap: float
    faces: Faces
    tracking: float
    role: str
    code: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class RectMark:
    """A filled (or, with `line` > 0, outlined) rectangle."""

    x: float
    y: float
    w: float
    h: float
    role: str
    line: float = 0.0
    radius: float = 0.0


Mark = TextMark | RectMark


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of the layout with its own marks and the boxes in it at (dx, dy)."""

    w: float
    h: float
    marks: tuple[Mark, ...] = ()
    inner: tuple[tuple[float, float, Block], ...] = ()

    def flat(self, x: float = 0.0, y: float = 0.0) -> Iterator[tuple[float, float, Mark]]:
        """All marks, outer ones first, each with the place of its box."""
        for mark in self.marks:
            yield x, y, mark
        for dx, dy, box in self.inner:
            yield from box.flat(x + dx, y + dy)


@lru_cache(maxsize=1024)
def _measuring(path: Path) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), _MEASURE_PX, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=1024)
def cap_height(path: Path) -> float:
    """The height of capitals, in em."""
    return max(0.2, -_measuring(path).getbbox("H", anchor="ls")[1] / _MEASURE_PX)


@lru_cache(maxsize=65536)
def advance(path: Path, char: str) -> float:
    """How far a character moves the pen, in em."""
    return _measuring(path).getlength(char) / _MEASURE_PX


@lru_cache(maxsize=65536)
def kerning(path: Path, first: str, second: str) -> float:
    """How much closer (below zero) two characters stand, in em."""
    pair = _measuring(path).getlength(first + second) / _MEASURE_PX
    return pair - advance(path, first) - advance(path, second)


@lru_cache(maxsize=65536)
def ink_box(path: Path, char: str) -> tuple[float, float, float, float]:
    """The ink of a character around its baseline start: left, top, right, bottom in em."""
    left, top, right, bottom = _measuring(path).getbbox(char, anchor="ls")
    return (left / _MEASURE_PX, top / _MEASURE_PX, right / _MEASURE_PX, bottom / _MEASURE_PX)


def em_size(faces: Faces, char: str, cap: float) -> float:
    """The em, so that capitals are `cap` high (Hangul stands a bit taller, as in print)."""
    if char.isascii():
        return cap / cap_height(faces.latin)
    return cap * 1.12 / 0.78


def pen_positions(text: str, cap: float, faces: Faces, tracking: float) -> list[float]:
    """Where the pen stands before each character, and at the end (one more than characters)."""
    pens = [0.0]
    before = ""
    for index, char in enumerate(text):
        face = faces.of(char)
        em = em_size(faces, char, cap)
        if before and faces.of(before) == face:
            pens[index] += kerning(face, before, char) * em
        pens.append(pens[index] + advance(face, char) * em + tracking * cap)
        before = char
    pens[-1] -= tracking * cap if text else 0.0
    return pens


@dataclass(frozen=True, slots=True)
class Style:
    """How a label sets its text: faces for plain and strong text, tracking in cap heights."""

    plain: Faces
    strong: Faces
    tracking: float = 0.0
    role: str = "ink"
    gap: float = field(default=0.6)

    def beside(self, other: Path) -> Style:
        """The style with `other` for what is not ASCII."""
        plain, strong = replace(self.plain, korean=other), replace(self.strong, korean=other)
        return replace(self, plain=plain, strong=strong)


def text(  # noqa: PLR0913 (a run of text has this many properties)
    style: Style,
    content: str,
    cap: float = 0.7,
    *,
    strong: bool = False,
    role: str | None = None,
    code: tuple[int, int] | None = None,
) -> Block:
    """A box around one line of text; its bottom is the baseline."""
    faces = style.strong if strong else style.plain
    width = pen_positions(content, cap, faces, style.tracking)[-1]
    mark = TextMark(0, cap, content, cap, faces, style.tracking, role or style.role, code)
    return Block(width, cap, (mark,))


def space(w: float = 0.0, h: float = 0.0) -> Block:
    """An empty box."""
    return Block(w, h)


def rule(w: float, thick: float = 0.06, role: str = "ink") -> Block:
    """A horizontal rule."""
    return Block(w, thick, (RectMark(0, 0, w, thick, role),))


def vstack(boxes: Sequence[Block], gap: float = 0.5, align: float = 0.0) -> Block:
    """Boxes below each other; `align` 0 is left, 0.5 centred, 1 right."""
    width = max((box.w for box in boxes), default=0.0)
    y, placed = 0.0, []
    for box in boxes:
        placed.append(((width - box.w) * align, y, box))
        y += box.h + gap
    return Block(width, max(0.0, y - gap), (), tuple(placed))


def hstack(boxes: Sequence[Block], gap: float = 0.6, align: float = 1.0) -> Block:
    """Boxes beside each other; `align` 0 is by the top, 1 by the bottom (the baseline)."""
    height = max((box.h for box in boxes), default=0.0)
    x, placed = 0.0, []
    for box in boxes:
        placed.append((x, (height - box.h) * align, box))
        x += box.w + gap
    return Block(max(0.0, x - gap), height, (), tuple(placed))


def padded(box: Block, x: float, y: float, marks: tuple[Mark, ...] = ()) -> Block:
    """The box with empty space around it, and marks behind it."""
    return Block(box.w + 2 * x, box.h + 2 * y, marks, ((x, y, box),))


def framed(box: Block, pad: float = 0.3, line: float = 0.06, role: str = "ink") -> Block:
    """The box inside a drawn frame."""
    w, h = box.w + 2 * pad, box.h + 2 * pad
    return padded(box, pad, pad, (RectMark(0, 0, w, h, role, line),))


def filled(box: Block, pad: float = 0.3, role: str = "ink") -> Block:
    """The box on a filled ground (give its text the role `paper`)."""
    w, h = box.w + 2 * pad, box.h + 2 * pad
    return padded(box, pad, pad, (RectMark(0, 0, w, h, role),))


def table(rows: Sequence[Sequence[Block]], pad: float = 0.3, line: float = 0.05) -> Block:
    """Cells in columns with rules between them (no rules where `line` is 0)."""
    columns = max(len(row) for row in rows)
    widths = [max(r[i].w if i < len(r) else 0.0 for r in rows) + 2 * pad for i in range(columns)]
    heights = [max(cell.h for cell in row) + 2 * pad for row in rows]
    placed: list[tuple[float, float, Block]] = []
    marks: list[Mark] = []
    total_w, total_h = sum(widths), sum(heights)
    y = 0.0
    for row, height in zip(rows, heights, strict=True):
        x = 0.0
        for cell, width in zip(row, widths, strict=False):
            placed.append((x + (width - cell.w) / 2, y + (height - cell.h) / 2, cell))
            x += width
        y += height
        if line:
            marks.append(RectMark(0, y - line / 2, total_w, line, "ink"))
    if line:
        marks.append(RectMark(0, -line / 2, total_w, line, "ink"))
        x = 0.0
        for width in [0.0, *widths]:
            x += width
            marks.append(RectMark(x - line / 2, 0, line, total_h, "ink"))
    return Block(total_w, total_h, tuple(marks), tuple(placed))
