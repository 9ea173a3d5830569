"""Small folders of labelled photographs, drawn by the project itself."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np

from benchmarks.pictures.scenes import drawn_photos
from datasets.fonts.fonts import FontPool

SAMPLE = Path(__file__).parents[2] / "bot" / "channels" / "web" / "static" / "sample-tag.jpg"
PHOTO_COLUMNS = ("file", "kind", "brand", "code", "accept", "readable", "rotation", "note")
OTHER, CHOOSING = "DD1391-100", "CW2288-111"
"""Codes of either half."""


def labelled(folder: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> Path:
    """The folder, with a list of such rows; what a row does not name is empty."""
    folder.mkdir(exist_ok=True)
    with (folder / "labels.tsv").open("w", encoding="utf-8", newline="") as file:
        list_ = csv.DictWriter(file, columns, restval="", delimiter="\t")
        list_.writeheader()
        list_.writerows(rows)
    return folder


def photo(file: str, kind: str, code: str = "", **others: str) -> dict[str, str]:
    """A row of a list of photos."""
    readable = "clear" if code else ""
    return {"file": file, "kind": kind, "code": code, "readable": readable, **others}


def photo_folder(folder: Path, pool: FontPool) -> Path:
    """Two tags, a box, a garment and two photos without a code; one doubtful garment, too.

    The sample and a drawn tag are what they are said to be, the box and the garments show another
    code than their list says.
    """
    folder.mkdir()
    drawn = drawn_photos(pool, 3, 11, 24.0, folder)
    for name in ("001.jpg", "003.jpg", "004.jpg", "005.jpg"):
        shutil.copy(SAMPLE, folder / name)
    bare = drawn[3].path.name
    (folder / bare).rename(folder / "010.jpg")
    shutil.copy(folder / "010.jpg", folder / "011.jpg")
    rows = [
        photo("001.jpg", "tag", OTHER, accept="DD1391 100;DD1391100"),
        photo(drawn[0].path.name, "tag", drawn[0].truths[0], accept=drawn[0].truths[1]),
        photo("003.jpg", "box", CHOOSING),
        photo("004.jpg", "garment", CHOOSING),
        {**photo("005.jpg", "garment", CHOOSING), "readable": "doubtful"},
        photo("010.jpg", "negative"),
        photo("011.jpg", "negative"),
    ]
    return labelled(folder, PHOTO_COLUMNS, rows)


def crop_folder(folder: Path, codes: Sequence[str] = (OTHER, CHOOSING)) -> Path:
    """A picture of each code, in plain letters."""
    rows = [
        {"file": f"{at}.png", "printed": code.replace("-", " "), "code": code}
        for at, code in enumerate(codes)
    ]
    labelled(folder, ("file", "printed", "code", "note"), rows)
    for row in rows:
        picture = np.full((48, 26 * len(row["code"]), 3), 245, np.uint8)
        face, black = cv2.FONT_HERSHEY_SIMPLEX, (20, 20, 20)
        cv2.putText(picture, row["printed"], (12, 36), face, 1.1, black, 3, cv2.LINE_AA)
        cv2.imwrite(str(folder / row["file"]), picture)
    return folder
