"""Data sets for other tools, and labels from them: Label Studio's JSON, and a plain folder.

Label Studio: one task for each photo, the code's quad as a polygon in hundredths of the photo's
sides with the code as its transcription (labelstud.io/guide/task_format). The plain folder has
`labels.tsv` with the columns of `datasets.labelled`, and the photos beside it. Both name the
interaction, by which labels find their way back.
"""

from __future__ import annotations

import asyncio
import csv
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from storage.errors import LessonSetError
from storage.label_types import PhotoLabel, PhotoVerdict
from storage.lesson_sets import LessonRow, LessonSets
from storage.store import Store
from storage.types import Quad

LIST_COLUMNS = ("file", "kind", "code", "interaction", "verdict", "quad", "weak")
TASKS = "tasks.json"
_LIST = "labels.tsv"
# What our three controls are called in Label Studio's interface.
_POLYGON, _TRANSCRIBED, _CHOSEN = "quad", "code", "verdict"


@dataclass(frozen=True, slots=True)
class Imported:
    """How many labels were kept, and what of the rest could not be used."""

    kept: int
    refused: tuple[str, ...]


def export_set(sets: LessonSets, name: str, folder: Path, form: str) -> int:
    """Write a set as `form`, "label-studio" or "folder"; how many photos."""
    rows, read = sets.rows(name), sets.files_of(name)
    photos = folder / "photos"
    photos.mkdir(parents=True, exist_ok=True)
    for row in rows:
        (folder / row.photo).write_bytes(read(row.photo))
    if form == "label-studio":
        tasks = [_task(row, _size(read(row.photo))) for row in rows]
        text = json.dumps(tasks, ensure_ascii=False, indent=1)
        (folder / TASKS).write_text(text, encoding="utf-8")
    else:
        _write_list(folder / _LIST, rows)
    return len(rows)


async def import_labels(store: Store, path: Path, author: str, now: datetime) -> Imported:
    """Labels of a file of Label Studio or of a plain folder; the author's word is an operator's.

    Raises `LessonSetError` where the file as a whole is none of these.
    """
    found = await asyncio.to_thread(_lines_of, path)
    kept, refused = 0, []
    for at, line in enumerate(found, 1):
        try:
            number, label = line(author, now)
        except (KeyError, ValueError, TypeError, IndexError) as error:
            refused.append(f"{at}: {type(error).__name__} {error}")
            continue
        if await store.labels.add(number, label):
            kept += 1
        else:
            refused.append(f"{at}: interaction {number} is not here any more")
    return Imported(kept, tuple(refused))


Line = Callable[[str, datetime], tuple[int, PhotoLabel]]


def _task(row: LessonRow, size: tuple[int, int]) -> dict[str, Any]:
    width, height = size
    result: list[dict[str, Any]] = [
        {"from_name": _CHOSEN, "to_name": "photo", "type": "choices",
         "value": {"choices": [row.verdict]}}
    ]  # fmt: skip
    if row.code:
        result.append(
            {"from_name": _TRANSCRIBED, "to_name": "photo", "type": "textarea",
             "value": {"text": [row.code]}}
        )  # fmt: skip
    if row.quad:
        points = [[100 * x / width, 100 * y / height] for x, y in row.quad]
        result.append(
            {"from_name": _POLYGON, "to_name": "photo", "type": "polygonlabels",
             "original_width": width, "original_height": height,
             "value": {"points": points, "polygonlabels": ["code"]}}
        )  # fmt: skip
    return {
        "data": {"photo": f"/data/local-files/?d={row.photo}", "interaction": row.interaction},
        "predictions" if row.weak else "annotations": [{"result": result}],
    }


def _size(jpeg: bytes) -> tuple[int, int]:
    pixels = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
    if pixels is None:
        raise LessonSetError("a photo is no picture")
    return int(pixels.shape[1]), int(pixels.shape[0])


def _write_list(path: Path, rows: Sequence[LessonRow]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, delimiter="\t", lineterminator="\n")
        lines.writerow(LIST_COLUMNS)
        for row in rows:
            kind = "tag" if row.verdict == PhotoVerdict.CODE else "negative"
            quad = json.dumps(row.quad) if row.quad else ""
            weak = "weak" if row.weak else ""
            lines.writerow((row.photo, kind, row.code, row.interaction, row.verdict, quad, weak))


def _from_tasks(path: Path) -> list[Line]:
    try:
        tasks = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise LessonSetError(f"{path}: {error}") from None
    if not isinstance(tasks, list):
        raise LessonSetError(f"{path}: no list of tasks as Label Studio writes it")
    return [_of_task(task) for task in tasks]


def _lines_of(path: Path) -> list[Line]:
    return _from_tasks(path) if path.is_file() else _from_list(path / _LIST)


def _of_task(task: Any) -> Line:
    def line(author: str, now: datetime) -> tuple[int, PhotoLabel]:
        results = task["annotations"][-1]["result"]
        by_name = {one["from_name"]: one for one in results}
        code = quad = None
        if _TRANSCRIBED in by_name:
            code = str(by_name[_TRANSCRIBED]["value"]["text"][0]).strip() or None
        if _POLYGON in by_name:
            shape = by_name[_POLYGON]
            size = shape["original_width"] / 100, shape["original_height"] / 100
            quad = _quad([[x * size[0], y * size[1]] for x, y in shape["value"]["points"]])
        told = by_name[_CHOSEN]["value"]["choices"][0] if _CHOSEN in by_name else "code"
        return int(task["data"]["interaction"]), _label(author, now, told, code, quad)

    return line


def _from_list(path: Path) -> list[Line]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
    except (OSError, UnicodeDecodeError) as error:
        raise LessonSetError(f"{path}: {error}") from None
    if rows and not {"interaction", "verdict", "code"} <= set(rows[0]):
        raise LessonSetError(f"{path}: the first line has to name {', '.join(LIST_COLUMNS)}")
    return [_of_row(row) for row in rows if not row.get("weak")]


def _of_row(row: dict[str, str]) -> Line:
    def line(author: str, now: datetime) -> tuple[int, PhotoLabel]:
        quad = _quad(json.loads(row["quad"])) if row.get("quad") else None
        label = _label(author, now, row["verdict"], row["code"].strip() or None, quad)
        return int(row["interaction"]), label

    return line


def _label(
    author: str, now: datetime, told: str, code: str | None, quad: Quad | None
) -> PhotoLabel:
    verdict = PhotoVerdict(told)
    if (verdict is PhotoVerdict.CODE) != (code is not None):
        raise ValueError("a code belongs to the verdict code, and to no other")
    return PhotoLabel(author, verdict, now, code, quad, evidence="imported")


def _quad(points: Iterable[Iterable[float]]) -> Quad:
    corners = [(float(x), float(y)) for x, y in points]
    if len(corners) != 4:
        raise ValueError(f"a quad has four corners, not {len(corners)}")
    return corners[0], corners[1], corners[2], corners[3]
