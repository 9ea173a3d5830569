"""All versions of the reader that were ever measured, rejected ones included, in one JSON file.

Only `python -m training measure` writes it: it appends an entry, and where that one is shipped,
marks the versions shipped before as replaced.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from recognizer.errors import RecordError
from recognizer.records.files import write_whole

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
class LedgerScore:
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
    drawn: LedgerScore
    real: LedgerScore | None
    date: str
    machine: str
    note: str

    @classmethod
    def parse(cls, found: Mapping[str, Any]) -> Entry:
        """The contrary of `dataclasses.asdict`; raises RecordError."""
        try:
            recipe = dict(found["recipe"])
            entry = cls(
                **{
                    **found,
                    "recipe": Recipe(**{**recipe, "blocks": tuple(recipe["blocks"])}),
                    "data": Data(**found["data"]),
                    "drawn": LedgerScore(**found["drawn"]),
                    "real": LedgerScore(**found["real"]) if found["real"] else None,
                }
            )
        except (KeyError, TypeError, ValueError) as error:
            raise RecordError(
                f"an entry of the list of versions has another layout: {error}"
            ) from error
        if entry.status not in get_args(Status):
            raise RecordError(f"{entry.version}: unknown status {entry.status!r}")
        return entry


def load(path: Path) -> list[Entry]:
    """All entries, oldest first; none where there is no file yet. Raises RecordError."""
    if not path.exists():
        return []
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RecordError(f"{path}: {error}") from error
    if not isinstance(found, list):
        raise RecordError(f"{path}: not a list of versions")
    return [Entry.parse(one) for one in found]


def record(path: Path, entry: Entry) -> list[Entry]:
    """Append an entry, write the file whole, and return all entries. Raises RecordError."""
    before = load(path)
    if entry.status == "shipped":
        before = [replace(e, status="replaced") if _gives_way(e, entry) else e for e in before]
    entries = [*before, entry]
    text = json.dumps([asdict(one) for one in entries], indent=2, ensure_ascii=False)
    write_whole(path, f"{text}\n")
    return entries


def _gives_way(old: Entry, new: Entry) -> bool:
    return old.status == "shipped" and old.version != new.version
