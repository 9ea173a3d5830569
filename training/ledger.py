"""All versions of the reader that were ever measured, rejected ones included, in one JSON file.

Only `python -m training measure` writes it: it appends an entry, and where that one is shipped,
marks the versions shipped before as replaced.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from benchmarks.tables import percent, table
from training.errors import LedgerError
from training.files import write_whole

LEDGER = "versions.json"  # beside the weights

Status = Literal["shipped", "replaced", "rejected"]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a version came about: `settings` is the digest of the generator's, `blocks` are the
    residual blocks of the four stages, `after` the version it started from."""

    generator: str
    settings: str
    seed: int
    blocks: tuple[int, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class Data:
    """`hash` is over the first `crops` that the recipe's seed draws with this many `fonts`."""

    hash: str
    crops: int
    fonts: int


@dataclass(frozen=True, slots=True)
class Score:
    """`exact` is the share (0..1) of `count` crops read without a fault.

    Of drawn crops it says which `generator` drew them, how `hard` (0..1) and from how many held-out
    `fonts`; `hash` is over all of them.
    """

    count: int
    exact: float
    hash: str
    generator: str = ""
    hard: float | None = None
    fonts: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One measured version; `crops` and `minutes` of training are None where nobody kept them."""

    version: str
    status: Status
    recipe: Recipe
    data: Data
    crops: int | None
    minutes: float | None
    drawn: Score
    real: Score | None
    date: str
    machine: str
    note: str

    @classmethod
    def parse(cls, found: Mapping[str, Any]) -> Entry:
        """The contrary of `dataclasses.asdict`; raises LedgerError."""
        try:
            recipe = dict(found["recipe"])
            entry = cls(
                **{
                    **found,
                    "recipe": Recipe(**{**recipe, "blocks": tuple(recipe["blocks"])}),
                    "data": Data(**found["data"]),
                    "drawn": Score(**found["drawn"]),
                    "real": Score(**found["real"]) if found["real"] else None,
                }
            )
        except (KeyError, TypeError, ValueError) as error:
            raise LedgerError(
                f"an entry of the list of versions has another layout: {error}"
            ) from error
        if entry.status not in get_args(Status):
            raise LedgerError(f"{entry.version}: unknown status {entry.status!r}")
        return entry


def load(path: Path) -> list[Entry]:
    """All entries, oldest first; none where there is no file yet. Raises LedgerError."""
    if not path.exists():
        return []
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise LedgerError(f"{path}: {error}") from error
    if not isinstance(found, list):
        raise LedgerError(f"{path}: not a list of versions")
    return [Entry.parse(one) for one in found]


def record(path: Path, entry: Entry) -> list[Entry]:
    """Append an entry, write the file whole, and return all entries. Raises LedgerError."""
    before = load(path)
    if entry.status == "shipped":
        before = [replace(e, status="replaced") if _gives_way(e, entry) else e for e in before]
    entries = [*before, entry]
    text = json.dumps([asdict(one) for one in entries], indent=2, ensure_ascii=False)
    write_whole(path, f"{text}\n")
    return entries


def _gives_way(old: Entry, new: Entry) -> bool:
    return old.status == "shipped" and old.version != new.version


def versions_table(entries: Sequence[Entry]) -> str:
    """A Markdown table; of a version that was measured again, the last figures."""
    latest = {entry.version: entry for entry in entries}
    header = ["version", "status", "generator", "seed", "data", "crops", "minutes"]
    header += ["drawn", "real", "date", "note"]
    return table(header, [_row(entry) for entry in latest.values()])


def _row(entry: Entry) -> list[str]:
    recipe = entry.recipe
    return [
        entry.version,
        entry.status,
        f"{recipe.generator} `{recipe.settings}`",
        str(recipe.seed) + (f", after {recipe.after}" if recipe.after else ""),
        f"`{entry.data.hash}`",
        "–" if entry.crops is None else f"{entry.crops:,}",
        "–" if entry.minutes is None else f"{entry.minutes:.0f}",
        _shown(entry.drawn),
        _shown(entry.real),
        entry.date,
        entry.note,
    ]


def _shown(score: Score | None) -> str:
    if score is None:
        return "–"
    drawn_by = f" by {score.generator}" if score.generator else ""
    return f"{percent(score.exact)} of {score.count}{drawn_by}"
