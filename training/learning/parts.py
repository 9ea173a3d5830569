"""Which codes are learned from, which choose a checkpoint, and which judge a version.

By a hash of the code, so that a code is on one side in every set that ever holds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from datasets.fonts.faces import share_of
from storage.lesson_sets import LessonRow
from stylecode import key as code_key
from training.learning.clean import is_believed

JUDGING = 0.2
"""Of the codes. Fewer, and a brand with a hundred crops would be judged on less than twenty."""


def judges(row: LessonRow) -> bool:
    """Whether nothing is learned from a row, so that versions can be judged on it."""
    return share_of(f"judging {code_key(row.code)}") < JUDGING


def lined(rows: Iterable[LessonRow]) -> list[LessonRow]:
    """The rows whose line is known and believed."""
    return [row for row in rows if row.crop and is_believed(row)]


def lay_out(
    rows: Iterable[LessonRow], read: Callable[[str], bytes], folder: Path, source: str
) -> int:
    """Crops to learn from as `datasets.real.learned` takes them; how many.

    `source` is what the model card names them by.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["file\ttext\tsource\tlicence\tgroup"]
    for row in rows:
        name = row.crop.rpartition("/")[2]
        (folder / name).write_bytes(read(row.crop))
        group = code_key(row.code)
        lines.append(f"{name}\t{row.text}\t{source}\tconsent of who took it\t{group}")
    (folder / "labels.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines) - 1
