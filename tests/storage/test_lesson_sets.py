"""Data sets are written whole, read as they were written, and left by whom they must not hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from storage.errors import LessonSetError
from storage.lesson_sets import LessonRow, LessonSets

QUAD = ((1.0, 2.0), (30.0, 2.0), (30.0, 12.0), (1.0, 12.0))
ONE = LessonRow(1, "photos/aa.jpg", "code", "DD1391-100", "DD1391-100", "crops/1.png", QUAD)
TWO = LessonRow(2, "photos/aa.jpg", "code", "DD1391-100", doubts=("duplicate",))
THREE = LessonRow(3, "photos/bb.jpg", "none", weak=False)
LESSONS = [
    (ONE, {"photos/aa.jpg": b"photo a", "crops/1.png": b"crop"}),
    (TWO, {"photos/aa.jpg": b"photo a"}),
    (THREE, {"photos/bb.jpg": b"photo b"}),
]


@pytest.fixture
def sets(tmp_path: Path) -> LessonSets:
    return LessonSets(str(tmp_path / "sets"))


def made(sets: LessonSets, name: str = "week-1", at: str = "2026-12-01T00:00:00+00:00") -> None:
    sets.add(name, at, {"brand": ""}, LESSONS)


def test_a_set_is_read_as_it_was_written(sets: LessonSets) -> None:
    assert sets.names() == ()
    made(sets, "week-2", "2026-12-08T00:00:00+00:00")
    made(sets)
    assert sets.names() == ("week-1", "week-2")
    assert sets.rows("week-1") == (ONE, TWO, THREE)
    assert sets.files_of("week-1")("photos/bb.jpg") == b"photo b"
    found = sets.get("week-1")
    assert found.counts == {
        "rows": 3, "photos": 2, "crops": 1, "strong": 1, "codes": 1, "brands": 0,
    }  # fmt: skip
    assert found.hash == sets.get("week-2").hash
    assert sets.interactions() == {1, 2, 3}


def test_another_content_has_another_hash(sets: LessonSets) -> None:
    made(sets)
    row = replace(THREE, verdict="unreadable")
    sets.add("other", "", {}, [*LESSONS[:2], (row, LESSONS[2][1])])
    photo = {"photos/bb.jpg": b"photo c"}
    sets.add("third", "", {}, [*LESSONS[:2], (THREE, photo)])
    assert len({sets.get(name).hash for name in sets.names()}) == 3


@pytest.mark.parametrize("name", ["", "A", "../x", "a/b", "-a", "x" * 65])
def test_names_are_plain(sets: LessonSets, name: str) -> None:
    with pytest.raises(LessonSetError, match="no name"):
        made(sets, name)


def test_a_name_is_given_once(sets: LessonSets) -> None:
    made(sets)
    with pytest.raises(LessonSetError, match="week-1 already"):
        made(sets)


def test_a_set_that_was_cut_off_does_not_count(sets: LessonSets, tmp_path: Path) -> None:
    made(sets)
    (tmp_path / "sets/week-1/manifest.json").unlink()
    assert sets.names() == ()
    made(sets)
    assert sets.rows("week-1") == (ONE, TWO, THREE)


@pytest.mark.parametrize("file", ["manifest.json", "rows.jsonl", "photos/aa.jpg"])
@pytest.mark.parametrize("content", [b"{", b"[]", None])
def test_what_is_damaged_is_named(
    sets: LessonSets, tmp_path: Path, file: str, content: bytes | None
) -> None:
    made(sets)
    path = tmp_path / "sets/week-1" / file
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(LessonSetError, match=f"(?s)week-1.*{file}|week-1 is not there"):
        sets.get("week-1"), sets.rows("week-1"), sets.files_of("week-1")("photos/aa.jpg")


def test_who_may_not_stay_leaves_all_sets_with_their_files(
    sets: LessonSets, tmp_path: Path
) -> None:
    made(sets)
    made(sets, "week-2")
    before = sets.get("week-1").hash
    purged = sets.purge(frozenset({2, 3}))
    assert [(one.name, one.rows, one.files) for one in purged] == [
        ("week-1", 1, 1), ("week-2", 1, 1),
    ]  # fmt: skip
    assert sets.rows("week-1") == (TWO, THREE)
    assert not (tmp_path / "sets/week-1/crops/1.png").exists()
    assert sets.files_of("week-1")("photos/aa.jpg") == b"photo a"  # row two shows it, too
    assert (sets.get("week-1").removed, sets.get("week-1").counts["rows"]) == (1, 2)
    assert sets.get("week-1").hash != before
    assert sets.purge(frozenset({2, 3})) == ()
    sets.purge(frozenset())
    left = [path.name for path in (tmp_path / "sets").rglob("*") if path.is_file()]
    assert sorted(left) == ["manifest.json", "manifest.json", "rows.jsonl", "rows.jsonl"]


def test_a_purge_that_was_cut_off_is_finished_by_the_next(sets: LessonSets, tmp_path: Path) -> None:
    made(sets)
    (tmp_path / "sets/week-1/crops/1.png").unlink()
    (purged,) = sets.purge(frozenset({3}))
    assert purged.rows == 2
    assert sets.rows("week-1") == (THREE,)


def test_a_removed_set_is_gone(sets: LessonSets, tmp_path: Path) -> None:
    made(sets)
    sets.remove("week-1")
    assert sets.names() == ()
    assert not (tmp_path / "sets/week-1").exists()
