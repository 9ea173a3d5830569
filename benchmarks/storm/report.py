"""Rows with a verdict each, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.tables import table


@dataclass(frozen=True, slots=True)
class Row:
    """A figure, what it should be, and whether it is; `good` None: told only.

    `speed`: a busy machine alone may miss it.
    """

    what: str
    found: str
    wanted: str = ""
    good: bool | None = None
    speed: bool = False


def at_most(what: str, found: float, most: float, unit: str = "") -> Row:
    """A figure that has an upper bound."""
    told, wanted = f"{found:,.3g}{unit}", f"≤ {most:,.3g}{unit}"
    return Row(what, told, wanted, found <= most, speed=unit == " s")


def none_of(what: str, found: int) -> Row:
    """Something that must not happen at all."""
    return Row(what, f"{found:,}", "0", not found)


def shown(title: str, rows: Sequence[Row]) -> str:
    """The table of a part."""
    verdict = {True: "yes", False: "NO", None: ""}
    lines = [[row.what, row.found, row.wanted, verdict[row.good]] for row in rows]
    return f"### {title}\n\n" + table(["what", "found", "wanted", "met"], lines)


def met(rows: Sequence[Row]) -> bool:
    """Whether nothing is missed."""
    return all(row.good is not False for row in rows)
