"""Labelled photographs to measure with: folders of crops, and folders of whole photos.

Both have `labels.tsv`, tab-separated, with a header; `docs/how-to/train.md` says what its columns
are. A list with a column `kind` is of whole photos. Each set is split into two halves by code: what
is chosen (rules, thresholds, checkpoints) is chosen on one, figures are those of the other.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from datasets.errors import RealDataError
from datasets.labelled import LabelledCrop, labelled_crops
from datasets.real.choosing import chosen_on, chosen_without_code

SHOE_KINDS, GARMENT_KIND, BARE_KIND = ("tag", "box"), "garment", "negative"
READABLE, DOUBTFUL = ("clear", "hard"), "doubtful"
PHOTO_COLUMNS = {"file", "kind", "code", "readable"}
SEVERAL = ";"  # between spellings that count as right, too


@dataclass(frozen=True, slots=True)
class LabelledPhoto:
    """A whole photo's file; any of `truths` is right, none where it shows no code.

    `choosing` says that it belongs to the half that things are chosen on.
    """

    path: Path
    kind: str
    truths: tuple[str, ...]
    readable: str
    choosing: bool

    @property
    def is_shoe(self) -> bool:
        """Whether it shows a shoe's tag or box with its code."""
        return self.kind in SHOE_KINDS

    @property
    def is_clear_garment(self) -> bool:
        """Whether it shows a garment's label whose code a person reads without doubt."""
        return self.kind == GARMENT_KIND and self.readable == READABLE[0]

    @property
    def is_bare(self) -> bool:
        """Whether it shows no code."""
        return not self.truths


@dataclass(frozen=True, slots=True)
class RealSets:
    """What several folders hold."""

    photos: tuple[LabelledPhoto, ...] = ()
    crops: tuple[LabelledCrop, ...] = ()

    @classmethod
    def of(cls, folders: Sequence[Path]) -> RealSets:
        """Each folder by its list's columns; raises RealDataError, FileNotFoundError."""
        photos, crops = list[LabelledPhoto](), list[LabelledCrop]()
        for folder in folders:
            if "kind" in _rows(folder)[0]:
                photos += labelled_photos(folder)
            else:
                crops += labelled_crops(folder)
        return cls(tuple(photos), tuple(crops))


def labelled_photos(folder: Path) -> list[LabelledPhoto]:
    """The photos named in `labels.tsv`, less those whose code is doubtful; raises RealDataError."""
    return [_photo(folder, row) for row in _rows(folder) if row["readable"] != DOUBTFUL]


def _rows(folder: Path) -> list[dict[str, str]]:
    labels = folder / "labels.tsv"
    try:
        with labels.open(encoding="utf-8", newline="") as rows:
            found = list(csv.DictReader(rows, delimiter="\t"))
    except OSError as error:
        raise RealDataError(f"{labels}: {error.strerror}") from error
    named = set(found[0]) if found else set[str]()
    enough = named >= PHOTO_COLUMNS if "kind" in named else {"code", "printed"} & named
    if not enough:
        columns = ", ".join(sorted(PHOTO_COLUMNS))
        raise RealDataError(f"{labels}: the first line has to name file and code, or {columns}")
    return found


def _photo(folder: Path, row: dict[str, str]) -> LabelledPhoto:
    path, kind, code = folder / row["file"], row["kind"], row["code"]
    if not path.is_file():
        raise RealDataError(f"{path}: no picture")
    if kind not in (*SHOE_KINDS, GARMENT_KIND, BARE_KIND) or (kind == BARE_KIND) == bool(code):
        raise RealDataError(f"{path}: of kind {kind!r} with code {code!r}")
    if code and row["readable"] not in READABLE:
        raise RealDataError(f"{path}: readable is {row['readable']!r}, not one of {READABLE}")
    accepted = (row.get("accept") or "").split(SEVERAL)
    truths = tuple(filter(None, (code, *accepted)))
    choosing = chosen_on(code) if code else chosen_without_code(row["file"])
    return LabelledPhoto(path, kind, truths, row["readable"], choosing)
