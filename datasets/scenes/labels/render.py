"""A layout as pixels: the flat label with the quad of every character that it prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from datasets.fonts.fonts import FontPool
from datasets.scenes.labels.layout import (
    Block,
    RectMark,
    TextMark,
    em_size,
    ink_box,
    pen_positions,
)
from datasets.scenes.types import Pixels, Points

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class FlatWord:
    """A word on the flat label; `code[i]` says whether character i belongs to the code."""

    text: str
    quads: Points
    code: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class FlatLabel:
    """The flat label: RGB, alpha, the same RGB without print (for worn ink), and its words."""

    rgb: Pixels
    alpha: Pixels
    blank: Pixels
    words: tuple[FlatWord, ...]


Shape = Callable[[ImageDraw.ImageDraw, int, int], None]
Span = tuple[float, float, float, float]
Fill = Colour | int


def render(
    box: Block, scale: float, colours: Mapping[str, Colour], pool: FontPool, shape: Shape | None
) -> FlatLabel:
    """Draw `box` at `scale` pixels per unit; `shape` draws the alpha (None: only ink is there)."""
    size = (max(8, round(box.w * scale)), max(8, round(box.h * scale)))
    blank = Image.new("RGB", size, colours["paper"])
    marks = list(box.flat())
    pen = ImageDraw.Draw(blank)
    for x, y, mark in marks:
        if isinstance(mark, RectMark) and not mark.line:
            _rect(pen, (x, y), mark, scale, colours[mark.role])
    printed = blank.copy()
    pen = ImageDraw.Draw(printed)
    alpha = Image.new("L", size, 0)
    alpha_pen = ImageDraw.Draw(alpha)
    if shape is not None:
        shape(alpha_pen, *size)
    words: list[FlatWord] = []
    for x, y, mark in marks:
        if isinstance(mark, RectMark):
            if mark.line:
                _rect(pen, (x, y), mark, scale, colours[mark.role])
            if shape is None:
                _rect(alpha_pen, (x, y), mark, scale, 255)
            continue
        pens = [pen, alpha_pen] if shape is None else [pen]
        fills: list[Fill] = [colours[mark.role], 255]
        words += _draw_run(mark, (x, y), scale, pool, list(zip(pens, fills, strict=False)))
    return FlatLabel(np.asarray(printed), np.asarray(alpha), np.asarray(blank), tuple(words))


def _rect(
    pen: ImageDraw.ImageDraw, at: tuple[float, float], mark: RectMark, scale: float, fill: Fill
) -> None:
    left, top = (at[0] + mark.x) * scale, (at[1] + mark.y) * scale
    right, bottom = left + mark.w * scale - 1, top + mark.h * scale - 1
    corners = (
        round(left),
        round(top),
        max(round(left), round(right)),
        max(round(top), round(bottom)),
    )
    if mark.line:
        width, radius = max(1, round(mark.line * scale)), mark.radius * scale
        shortest = min(corners[2] - corners[0], corners[3] - corners[1])
        if shortest < 2 * (radius + width):  # Pillow cannot round what has no straight side
            radius = 0
        pen.rounded_rectangle(corners, radius, outline=fill, width=width)
    else:
        pen.rectangle(corners, fill=fill)


def _draw_run(
    mark: TextMark,
    place: tuple[float, float],
    scale: float,
    pool: FontPool,
    pens: list[tuple[ImageDraw.ImageDraw, Fill]],
) -> list[FlatWord]:
    """Draw a run character by character, so that each quad is exact; returns its words."""
    cap = mark.cap * scale
    starts = pen_positions(mark.text, cap, mark.faces, mark.tracking)
    x0, y0 = (place[0] + mark.x) * scale, (place[1] + mark.y) * scale
    spans: list[Span] = []
    for char, start in zip(mark.text, starts, strict=False):
        face, em = mark.faces.of(char), em_size(mark.faces, char, cap)
        left, top, right, bottom = (value * em for value in ink_box(face, char))
        spans.append((x0 + start + left, y0 + top, x0 + start + right, y0 + bottom))
        if char != " ":
            font = pool.font(face, max(4, round(em)))
            for pen, fill in pens:
                pen.text((x0 + start, y0), char, font=font, fill=fill, anchor="ls")
    return list(_words(mark, spans, y0, cap))


def _words(mark: TextMark, spans: list[Span], baseline: float, cap: float) -> list[FlatWord]:
    """The run's words, split at spaces."""
    words: list[FlatWord] = []
    start = 0
    first, last = mark.code or (0, 0)
    for end in range(len(mark.text) + 1):
        if end < len(mark.text) and mark.text[end] != " ":
            continue
        if end > start:
            text, part = mark.text[start:end], spans[start:end]
            code = tuple(first <= index < last for index in range(start, end))
            words.append(FlatWord(text, _quads(text, part, baseline, cap), code))
        start = end + 1
    return words


def _quads(text: str, spans: list[Span], baseline: float, cap: float) -> Points:
    """One quad per character, as high as the ink of the word's letters of that script."""
    line = (baseline - cap, baseline)
    edges = {own: _edges(text, spans, line, own) for own in {char.isascii() for char in text}}
    quads = [_char_quad(s, *edges[c.isascii()], cap) for c, s in zip(text, spans, strict=True)]
    return np.asarray(quads, np.float32)


def _edges(
    text: str, spans: list[Span], line: tuple[float, float], own: bool
) -> tuple[float, float]:
    """Top and bottom of the ASCII or the other letters' ink (Hangul stands higher than Latin)."""
    held = [(c, s) for c, s in zip(text, spans, strict=True) if c.isascii() == own]
    top, bottom = min(s[1] for _, s in held), max(s[3] for _, s in held)
    if not any(char.isalnum() for char, _ in held):  # a lone dash still stands in a line of text
        top, bottom = min(top, line[0]), max(bottom, line[1])
    return top, bottom


def _char_quad(span: Span, top: float, bottom: float, cap: float) -> list[tuple[float, float]]:
    left, _, right, _ = span
    thin = max(0.0, 0.22 * cap - (right - left)) / 2  # an 1 or a dot still needs some width
    left, right = left - thin, right + thin
    return [(left, top), (right, top), (right, bottom), (left, bottom)]
