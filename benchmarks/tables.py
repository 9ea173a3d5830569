"""Plain tables in Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import shorten

_REASON = 100  # characters of why a row has no figures


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table with aligned columns."""
    widths = [max(len(row[i]) for row in [header, *rows]) for i in range(len(header))]
    lines = [header, ["-" * width for width in widths], *rows]
    return "\n".join(
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in lines
    )


def missing_rows(missing: Mapping[str, str], columns: int) -> list[list[str]]:
    """A row for each name that has no figures, with the reason in its second cell."""
    return [
        [name, shorten(why, _REASON, placeholder="..."), *["-"] * (columns - 2)]
        for name, why in missing.items()
    ]


def percent(share: float) -> str:
    """0.4567 as 45.7 %."""
    return f"{share * 100:.1f} %"


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of the values lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
