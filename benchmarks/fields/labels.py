"""What stands on photographs of real tags, read by people: `labels.tsv`.

A row a photo, known by the SHA-256 of its file, with the code that decides which half it is of
(`datasets.real.choosing`). A field is empty where the tag does not print it; "|" stands between
several that count (another language, another tag on the same photo), "?" is among them where
something is printed that could not be read with certainty: what is shown there is not counted.
Dates stand one after the other. `mm` is the length of the foot, as CM or JP print it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from datasets.real.choosing import chosen_on

LABELS_FILE = Path(__file__).with_name("labels.tsv")
LENGTH = "mm"
SIZE_FIELDS = (LENGTH, "US", "UK", "EUR", "FR", "CHN", "BR")
FIELDS = ("brand", *SIZE_FIELDS, "made_in", "colour", "dates", "barcode", "price_won")
UNREADABLE = "?"


@dataclass(frozen=True, slots=True)
class LabelledTag:
    """One photo's fields by name; `choosing` says of which half it is."""

    sha256: str
    choosing: bool
    fields: dict[str, tuple[str, ...]]


@cache
def labelled_tags() -> dict[str, LabelledTag]:
    """All labelled photos by their files' SHA-256."""
    with LABELS_FILE.open(encoding="utf-8", newline="") as rows:
        found = [_tag(row) for row in csv.DictReader(rows, delimiter="\t")]
    return {tag.sha256: tag for tag in found}


def photos_in(folder: Path, tags: Mapping[str, LabelledTag]) -> Iterator[tuple[Path, LabelledTag]]:
    """The labelled photos among a folder's files, also in folders within."""
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        tag = tags.get(sha256(path.read_bytes()).hexdigest())
        if tag:
            yield path, tag


def _tag(row: dict[str, str]) -> LabelledTag:
    columns = {name.upper(): value for name, value in row.items()}
    columns[LENGTH.upper()] = row["cm"] or row["jp"]
    fields = {name: tuple(filter(None, columns[name.upper()].split("|"))) for name in FIELDS}
    return LabelledTag(row["sha256"], chosen_on(row["code"]), fields)
