"""The icon of the installed web chat: a white tag on red, as in static/icon.svg."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

ICON_RED, ICON_WHITE = (226, 73, 45), (255, 255, 255)

_SHARPER = 4  # drawn so many times as large, then made smaller
_SIDE = 64.0  # of the drawing below, in its own units
_TAG = ((15, 15), (34, 15), (51, 32), (51, 33), (33, 51), (32, 51), (15, 34))
_HOLE = (20, 20, 28, 28)
_CORNER_ROUND = 16


@cache
def app_icon(side: int, *, whole: bool = False) -> bytes:
    """A square PNG of `side` pixels; `whole` fills it, for systems that cut a shape out of it."""
    large = side * _SHARPER
    unit = large / _SIDE
    shrink = 0.8 if whole else 1.0  # what is cut off must not reach the tag

    def place(value: float) -> float:
        return (_SIDE / 2 + (value - _SIDE / 2) * shrink) * unit

    picture = Image.new("RGBA", (large, large), (*ICON_RED, 255 if whole else 0))
    pen = ImageDraw.Draw(picture)
    if not whole:
        pen.rounded_rectangle((0, 0, large - 1, large - 1), _CORNER_ROUND * unit, ICON_RED)
    pen.polygon([(place(x), place(y)) for x, y in _TAG], ICON_WHITE)
    pen.ellipse([place(value) for value in _HOLE], ICON_RED)
    kept = BytesIO()
    picture.resize((side, side), Image.Resampling.LANCZOS).save(kept, "PNG", optimize=True)
    return kept.getvalue()
