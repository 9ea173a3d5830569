"""One chart as matplotlib draws it. Imported with the first chart only.

Days without an answer stay empty: points more than `GAP` apart are not joined, single days are
dots.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

from matplotlib import font_manager, get_data_path
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.ticker import FuncFormatter, MaxNLocator

from bot.pictures.price_lines import (
    CHART_HEIGHT,
    CHART_WIDTH,
    LATIN,
    MOST_CHART_LINES,
    AxisTexts,
    Chart,
    PriceLine,
    lowest_of,
    segments,
)

_DPI = 72  # a point is a pixel, then
_LETTERS_PX = 38  # digits of 28 pixels: 10 on a telephone, whose chat is a third as wide
_TITLE_PX = 42
_EDGE_IN = 0.3  # inches left empty at the picture's edges
_MOST_DOTS = 60
_TEXT = "가나다품번최저가원만일월년"
_LATIN_FONT = "DejaVu Sans"
_FAMILIES = ("Noto Sans CJK KR", "Noto Sans KR", "NanumGothic", "Nanum Gothic", "Baekmuk Gulim")


@dataclass(frozen=True, slots=True)
class _Theme:
    back: str
    ink: str
    pale: str
    strong: str
    lines: tuple[str, ...]


_LIGHT_THEME = _Theme(
    "#ffffff",
    "#2b2724",
    "#d9d4cc",
    "#c2410c",
    ("#2563eb", "#15803d", "#9333ea", "#0e7490", "#a16207", "#be185d"),
)
_DARK_THEME = _Theme(
    "#1b1917",
    "#ece7df",
    "#49443e",
    "#fb923c",
    ("#7dabff", "#6fd08c", "#c99bf7", "#5ccbe0", "#e2b94b", "#f28cb8"),
)


def png(chart: Chart, *, dark: bool) -> bytes:
    """The chart as PNG, `CHART_WIDTH` by `CHART_HEIGHT` pixels."""
    out = BytesIO()
    figure(chart, dark=dark).savefig(out, format="png", dpi=_DPI)
    return out.getvalue()


def figure(chart: Chart, *, dark: bool) -> Figure:
    """The chart, every text in a font that has its letters."""
    theme = _DARK_THEME if dark else _LIGHT_THEME
    size = (CHART_WIDTH / _DPI, CHART_HEIGHT / _DPI)
    made = Figure(figsize=size, dpi=_DPI, facecolor=theme.back)
    made.set_layout_engine("constrained", w_pad=_EDGE_IN, h_pad=_EDGE_IN)
    FigureCanvasAgg(made)
    axes = made.add_subplot()
    axes.set_facecolor(theme.back)
    title = _spelt(chart.title, chart.latin)
    font = FontProperties(family=families(), size=_TITLE_PX)
    axes.set_title(title, color=theme.ink, loc="left", pad=16, fontproperties=font)
    _draw_lines(axes, chart, theme)
    _scale(axes, chart, theme)
    return made


def _draw_lines(axes: Axes, chart: Chart, theme: _Theme) -> None:
    lines = [line for line in chart.lines if line.points]
    lines.sort(key=lambda line: -len(line.points))
    for line, colour in zip(lines[:MOST_CHART_LINES], theme.lines, strict=False):
        _draw(axes, line, colour, width=3)
    if chart.lowest and len(lines) > 1:
        _draw(axes, lowest_of(lines, chart.lowest, "min"), theme.strong, width=5.4, dots=False)
    legend = axes.legend(
        loc="upper left",
        bbox_to_anchor=(0, -0.12),
        ncols=2,
        frameon=False,
        prop=FontProperties(family=families(), size=_LETTERS_PX),
        handlelength=1.4,
        labelcolor=theme.ink,
    )
    legend.set_in_layout(True)


def _draw(axes: Axes, line: PriceLine, colour: str, *, width: float, dots: bool = True) -> None:
    name: str | None = _spelt(line.name, line.latin)
    for part in segments(line.points):
        marker = "o" if len(part) == 1 or (dots and len(line.points) <= _MOST_DOTS) else ""
        days = [date2num(day) for day, _ in part]
        prices = [won for _, won in part]
        axes.plot(
            days, prices, color=colour, linewidth=width, marker=marker, markersize=8, label=name
        )
        name = None  # once in the legend


def _scale(axes: Axes, chart: Chart, theme: _Theme) -> None:
    days = [day for line in chart.lines for day, _ in line.points]
    prices = [won for line in chart.lines for _, won in line.points]
    _room(axes, min(days), max(days), min(prices), max(prices))
    axes.grid(axis="y", color=theme.pale, linewidth=1.5)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(theme.pale)
    axes.tick_params(colors=theme.ink, labelsize=_LETTERS_PX, length=0)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_tick_params(labelfontfamily=families())
    texts = chart.axes if korean_font() is not None else LATIN
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda won, _: texts.written(won)))
    locator = AutoDateLocator(minticks=2, maxticks=5, interval_multiples=False)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(_dates(locator, texts))


def _room(axes: Axes, first: date, last: date, low: int, high: int) -> None:
    """Some space around what is shown; a single day, or price, stands in the middle."""
    beside = max(timedelta(days=1), (last - first) * 0.04)
    axes.set_xlim(date2num(first - beside), date2num(last + beside))
    apart = max(high - low, high * 0.04, 1)
    axes.set_ylim(max(0, low - apart * 0.18), high + apart * 0.18)


def _dates(locator: AutoDateLocator, texts: AxisTexts) -> ConciseDateFormatter:
    return ConciseDateFormatter(
        locator,
        formats=[texts.year, texts.month, texts.day, "%H:%M", "%H:%M", "%S"],
        zero_formats=["", texts.year, texts.day, texts.day, "%H:%M", "%H:%M"],
        show_offset=False,
    )


def _spelt(text: str, latin: str) -> str:
    """The text where the fonts have all of its letters, else `latin` as far as they have it."""
    if not _lacking(text):
        return text
    latin = latin or text
    kept = "".join(char for char in latin if char not in _lacking(latin))
    return " ".join(kept.split())


def _lacking(text: str) -> set[str]:
    fonts = [font for font in (korean_font(), _latin()) if font is not None]
    known = frozenset[int]().union(*(letters(font) for font in fonts))
    return {char for char in text if ord(char) not in known and not char.isspace()}


@cache
def letters(font: Path) -> frozenset[int]:
    """The code points that a font draws."""
    return frozenset(FT2Font(str(font)).get_charmap())


@cache
def families() -> list[str]:
    """Names of fonts, each for the letters that those before it lack."""
    korean = korean_font()
    if korean is None:
        return [_LATIN_FONT]
    known = {Path(entry.fname): entry.name for entry in font_manager.fontManager.ttflist}
    if korean not in known:
        font_manager.fontManager.addfont(str(korean))
    return [FontProperties(fname=str(korean)).get_name(), _LATIN_FONT]


@cache
def korean_font() -> Path | None:
    """A font with Korean letters: the package's, else the system's; None where there is none."""
    return next((font for font in _candidates() if _is_korean(font)), None)


def _candidates() -> Iterable[Path]:
    # Found, not imported: importing it changes matplotlib's settings for the whole process.
    package = importlib.util.find_spec("koreanize_matplotlib")
    if package is not None and package.origin:
        yield Path(package.origin).parent / "fonts" / "NanumGothic.ttf"
    known = font_manager.fontManager.ttflist
    for family in _FAMILIES:
        yield from (Path(entry.fname) for entry in known if entry.name == family)
    yield from (Path(entry.fname) for entry in known)


def _is_korean(font: Path) -> bool:
    try:
        return {ord(char) for char in _TEXT} <= letters(font)
    except (OSError, RuntimeError):  # no font, or one that cannot be read
        return False


def _latin() -> Path:
    """DejaVu Sans, which comes with matplotlib."""
    return Path(get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
