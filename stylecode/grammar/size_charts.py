"""The brands' size charts, as `size_charts.csv` has them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from stylecode.errors import GrammarError
from stylecode.grammar.brands import grammar

CHARTS = Path(__file__).with_name("size_charts.csv")

SizeNumber = tuple[float, str]
"""A size, and the letter of children's sizes, if it has one."""

SizeRow = Mapping[str, SizeNumber]
"""One shoe's size in each system that the chart has."""

_KEYS = ("brand", "wearer")
_SIZE_TEXT = re.compile(
    r"(?P<whole>\d+(?:\.\d+)?)(?: (?P<above>\d)/(?P<below>[1-9]))?(?P<letter>[CYK]?)", re.ASCII
)


def size_number(value: str) -> SizeNumber:
    """A size as it is printed: "9.5", "42 2/3", "10C"; raises ValueError where it is none."""
    size = _SIZE_TEXT.fullmatch(value)
    if size is None:
        raise ValueError(f"no size: {value!r}")
    part = int(size["above"]) / int(size["below"]) if size["above"] else 0.0
    return round(float(size["whole"]) + part, 2), size["letter"]


def has_chart(brand: str | None) -> bool:
    """Whether it is known how a brand sizes its shoes."""
    return brand in _charts()


@cache
def size_rows(brand: str | None) -> tuple[SizeRow, ...]:
    """The shoes of a brand; of all brands where it has no chart, or is not known."""
    charts = _charts()
    own = charts.get(brand or "")
    return own or tuple(row for rows in charts.values() for row in rows)


@cache
def _charts() -> Mapping[str, tuple[SizeRow, ...]]:
    return charts_of(CHARTS.read_text("utf-8").splitlines())


def charts_of(lines: Iterable[str]) -> Mapping[str, tuple[SizeRow, ...]]:
    """The shoes by brand; raises GrammarError where a brand is not known or a row is empty."""
    charts: dict[str, list[SizeRow]] = {}
    known = {brand.name for brand in grammar().brands}
    for line in csv.DictReader(line for line in lines if not line.startswith("#")):
        row = {
            system: size_number(size)
            for system, size in line.items()
            if size and system not in _KEYS
        }
        if line["brand"] not in known or len(row) < 2:
            raise GrammarError(f"{CHARTS.name}: no row of a brand's chart: {line}")
        charts.setdefault(line["brand"], []).append(row)
    return {brand: tuple(rows) for brand, rows in charts.items()}
