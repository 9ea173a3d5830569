"""Draws a tag of a brand with the place of the style code marked: for photos that showed none.

Shapes and Latin letters only; the font is the one that Pillow brings along. Nothing of a brand's
own design is copied, only where on its labels the code stands.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from random import Random
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from bot.pictures.brands import CodePlace

WIDTH: Final = 640
"""Pixels; the height is what the rows need."""

LAYOUTS: Final[dict[str, tuple[str, ...]]] = {
    "where-anywhere": ("sizes", "code", "fill", "bars"),
    "where-under-sizes": ("brand", "sizes", "code", "fill", "bars"),
    "where-above-barcode": ("brand", "fill", "sizes", "code", "bars"),
    "where-art": ("brand", "sizes", "code:ART", "fill", "bars"),
    "where-style": ("brand", "code:STYLE", "sizes", "fill", "bars"),
    "where-size-label": ("brand", "sizes", "code", "fill", "fill"),
    "where-box": ("brand", "code", "fill", "sizes", "bars"),
}
"""For each sentence that says where: the rows of the label, from above."""

_HEIGHTS: Final = {"brand": 62, "sizes": 88, "code": 86, "fill": 52, "bars": 104}
_SKETCH_SIZES: Final = (("US", "9"), ("UK", "8"), ("EUR", "42.5"), ("CM", "27"))
_MARGIN, _PAD, _ZOOM = 34, 30, 2  # drawn twice as large, so that edges come out smooth
_DESK, _PAPER, _INK, _PALE = (236, 230, 218), (255, 255, 255), (38, 34, 30), (205, 198, 187)
_RED, _PINK = (205, 52, 24), (255, 234, 228)
_QUALITY = 85


@lru_cache(maxsize=64)
def sketch(place: CodePlace, brand: str) -> bytes:
    """The label as a JPEG; CPU work of some 20 ms, once for each brand."""
    rows = LAYOUTS[place.sentence]
    heights = [_HEIGHTS[row.partition(":")[0]] for row in rows if brand or row != "brand"]
    height = sum(heights) + 2 * (_MARGIN + _PAD)
    picture = Image.new("RGB", (WIDTH * _ZOOM, height * _ZOOM), _DESK)
    pen = _Pen(ImageDraw.Draw(picture), Random(place.example))
    pen.box((_MARGIN, _MARGIN, WIDTH - _MARGIN, height - _MARGIN), 18, _PAPER, _PALE, 2)
    y = _MARGIN + _PAD
    for row in rows:
        kind, _, word = row.partition(":")
        if kind == "brand" and not brand:
            continue
        pen.row(kind, y, {"brand": brand, "code": place.example}.get(kind, ""), word)
        y += _HEIGHTS[kind]
    small = picture.resize((WIDTH, height), Image.Resampling.LANCZOS)
    kept = BytesIO()
    small.save(kept, "JPEG", quality=_QUALITY)
    return kept.getvalue()


class _Pen:
    """Draws rows; all places are in pixels of the finished picture."""

    def __init__(self, draw: ImageDraw.ImageDraw, chance: Random) -> None:
        self._draw = draw
        self._chance = chance

    def row(self, kind: str, y: int, text: str, word: str) -> None:
        """One row that begins at `y`."""
        left, right = _MARGIN + _PAD, WIDTH - _MARGIN - _PAD
        match kind:
            case "brand":
                self._text((left, y), text, 34, _INK)
            case "sizes":
                self._sizes(left, right, y)
            case "code":
                self._code(left, right, y, text, word)
            case "fill":
                self._lines(left, right, y)
            case "bars":
                self._bars(left, y)

    def box(
        self,
        corners: tuple[float, float, float, float],
        radius: int,
        fill: tuple[int, int, int] | None = None,
        edge: tuple[int, int, int] | None = None,
        width: int = 0,
    ) -> None:
        """A box with round corners."""
        large = [side * _ZOOM for side in corners]
        self._draw.rounded_rectangle(large, radius * _ZOOM, fill, edge, width * _ZOOM)

    def _text(self, place: tuple[float, float], text: str, size: int, ink: tuple[int, ...]) -> None:
        x, y = place
        self._draw.text((x * _ZOOM, y * _ZOOM), text, ink, ImageFont.load_default(size * _ZOOM))

    def _code(self, left: int, right: int, y: int, code: str, word: str) -> None:
        """The code in a red frame, behind its word where the brand prints one."""
        size = 40
        before = _width(word, 28) + 28 if word else 0
        while before + _width(code, size) > right - left - 20:
            size -= 2
        start = left + before
        if word:
            self._text((left, y + 24), word, 28, _INK)
        long = _width(code, size)
        self.box((start - 14, y + 6, start + long + 14, y + 72), 14, _PINK, _RED, 5)
        self._text((start, y + 39 - size * 0.62), code, size, _INK)

    def _sizes(self, left: int, right: int, y: int) -> None:
        each = (right - left) / len(_SKETCH_SIZES)
        for number, (system, size) in enumerate(_SKETCH_SIZES):
            x = left + number * each
            self.box((x, y, x + each + 2, y + 70), 0, None, _PALE, 2)
            self._text((x + 12, y + 6), system, 19, (140, 132, 121))
            self._text((x + 12, y + 29), size, 28, _INK)

    def _lines(self, left: int, right: int, y: int) -> None:
        """Small print that nobody needs to read."""
        for number in range(2):
            long = (right - left) * self._chance.uniform(0.45, 0.9)
            self.box((left, y + 6 + 19 * number, left + long, y + 16 + 19 * number), 5, _PALE)

    def _bars(self, left: int, y: int) -> None:
        x: float = left
        while x < left + 300:
            wide = self._chance.choice((2, 2, 3, 4, 6))
            self.box((x, y + 4, x + wide - 1, y + 84), 0, _INK)
            x += wide + self._chance.choice((2, 3, 3, 5))


def _width(text: str, size: int) -> float:
    """Pixels of the finished picture."""
    return ImageFont.load_default(size * _ZOOM).getlength(text) / _ZOOM
