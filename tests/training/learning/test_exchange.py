"""Sets go out as Label Studio's tasks or as a folder, and come back as labels."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from storage.errors import LessonSetError
from storage.label_types import PhotoVerdict
from storage.lesson_sets import LessonSets
from storage.store import Store
from tests.training.learning.town import NOW, QUAD, Town
from training.learning.collect import collect
from training.learning.exchange import TASKS, export_set, import_labels


@pytest.fixture
async def numbers(store: Store, sets: LessonSets, town: Town) -> list[int]:
    rows = [
        await town.photo("1", "DD1391-100", said="DD1391-100"),
        await town.photo("2", "FU9006-001", said="FU9006-002"),
    ]
    await collect(store, sets, "one")
    return [row.id for row in rows]


async def test_label_studio_and_back(
    store: Store, sets: LessonSets, numbers: list[int], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert export_set(sets, "one", out, "label-studio") == 2
    tasks = json.loads((out / TASKS).read_text())
    assert all((out / task["data"]["photo"].partition("=")[2]).is_file() for task in tasks)
    assert all("predictions" in task for task in tasks)  # nobody's word but the chat's
    for task in tasks:  # somebody accepts them, and mends the second
        task["annotations"] = task.pop("predictions")
    for one in tasks[1]["annotations"][0]["result"]:
        if one["type"] == "textarea":
            one["value"]["text"] = ["FU9006-001"]
    (out / TASKS).write_text(json.dumps(tasks))
    found = await import_labels(store, out / TASKS, "kim", NOW)
    assert (found.kept, found.refused) == (2, ())
    labels = [(await store.labels.of(number))[0] for number in numbers]
    assert [(one.author, one.code, one.weak) for one in labels] == [
        ("kim", "DD1391-100", False), ("kim", "FU9006-001", False),
    ]  # fmt: skip
    quads = [[(round(x), round(y)) for x, y in one.quad or ()] for one in labels]
    assert quads == [[(round(x), round(y)) for x, y in QUAD]] * 2


async def test_a_folder_and_back(
    store: Store, sets: LessonSets, numbers: list[int], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    export_set(sets, "one", out, "folder")
    assert (await import_labels(store, out, "kim", NOW)).kept == 0  # all of it is weak
    table = out / "labels.tsv"
    lines = table.read_text().splitlines()
    lines[1] = lines[1].replace("\tweak", "\t")
    lines[2] = lines[2].replace("FU9006-002\t", "\t").replace("\tcode\t", "\tnone\t")
    table.write_text("\n".join(lines).replace("\tweak", "\t") + "\n")
    found = await import_labels(store, out, "kim", NOW)
    assert (found.kept, found.refused) == (2, ())
    assert (await store.labels.of(numbers[1]))[0].verdict is PhotoVerdict.NONE


async def test_what_cannot_be_used_is_told_line_by_line(
    store: Store, numbers: list[int], tmp_path: Path
) -> None:
    table = tmp_path / "labels.tsv"
    rows = [
        "file\tinteraction\tverdict\tcode\tquad",
        f"a.jpg\t{numbers[0]}\tcode\tDD1391-100\t",
        f"a.jpg\t{numbers[0]}\tcode\t\t",
        f"a.jpg\t{numbers[0]}\tnone\tDD1391-100\t",
        f"a.jpg\t{numbers[0]}\tmaybe\t\t",
        f"a.jpg\t{numbers[0]}\tcode\tDD1391-100\t[[1,2]]",
        "a.jpg\tx\tnone\t\t",
        "a.jpg\t999\tnone\t\t",
    ]
    table.write_text("\n".join(rows) + "\n")
    found = await import_labels(store, tmp_path, "kim", NOW)
    assert found.kept == 1
    assert [line.partition(":")[0] for line in found.refused] == ["2", "3", "4", "5", "6", "7"]
    assert "999 is not here any more" in found.refused[-1]


@pytest.mark.parametrize("content", ["{", "{}", None])
async def test_a_file_of_something_else_is_refused(
    store: Store, tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "x.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(LessonSetError):
        await import_labels(store, path, "kim", NOW)
