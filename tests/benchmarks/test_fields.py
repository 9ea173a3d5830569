"""What is shown of labelled tags, counted."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from benchmarks.fields.__main__ import main
from benchmarks.fields.figures import FieldFigures, figures, report
from benchmarks.fields.labels import (
    FIELDS,
    SIZE_FIELDS,
    UNREADABLE,
    LabelledTag,
    labelled_tags,
    photos_in,
)
from storage.shares import Share
from stylecode import PrintedDate, TagFields
from stylecode.fields import is_gtin
from stylecode.fields.origin import COUNTRY_CODES
from stylecode.grammar.size_charts import size_number


def tag(**fields: str) -> LabelledTag:
    said = {name: tuple(filter(None, fields.get(name, "").split("|"))) for name in FIELDS}
    return LabelledTag("", True, said)


def row(name: str, *read: tuple[LabelledTag, TagFields]) -> tuple[Share, Share]:
    found: dict[str, FieldFigures] = {one.field: one for one in figures(read)}
    return found[name].precision, found[name].recall


def test_the_labels_are_what_they_are_said_to_be() -> None:
    tags = labelled_tags().values()
    assert {one.choosing for one in tags} == {True, False}
    for one in tags:
        values = {name: set(said) - {UNREADABLE} for name, said in one.fields.items()}
        assert all(size_number(value)[0] > 0 for name in SIZE_FIELDS for value in values[name])
        assert values["made_in"] <= set(COUNTRY_CODES)
        assert all(map(is_gtin, values["barcode"]))


@pytest.mark.parametrize(
    ("name", "label", "shown", "precision", "recall"),
    [
        ("US", "9", TagFields(sizes=(("US", "9"),)), Share(1, 1), Share(1, 1)),
        ("US", "9", TagFields(sizes=(("US", "9.5"),)), Share(0, 1), Share(0, 1)),
        ("US", "9", TagFields(), Share(0, 0), Share(0, 1)),
        ("US", "", TagFields(sizes=(("US", "9"),)), Share(0, 1), Share(0, 0)),
        ("US", "9 1/2", TagFields(sizes=(("US", "9.5"),)), Share(1, 1), Share(1, 1)),
        ("US", "6.5Y", TagFields(sizes=(("US", "6.5"),)), Share(0, 1), Share(0, 1)),
        ("US", "8|9.5", TagFields(sizes=(("US", "9.5"),)), Share(1, 1), Share(1, 1)),
        ("US", "8|?", TagFields(sizes=(("US", "9.5"),)), Share(0, 0), Share(0, 0)),
        ("mm", "27.5", TagFields(sizes=(("KR", "275"),)), Share(1, 1), Share(1, 1)),
        ("colour", "WHITE/SAIL", TagFields(colour="WHITE-SAIL"), Share(1, 1), Share(1, 1)),
        (
            "barcode",
            "193654038465",
            TagFields(barcodes=("00193654038465",)),
            Share(1, 1),
            Share(1, 1),
        ),
        (
            "dates",
            "07/15/21 10/02/21",
            TagFields(dates=(PrintedDate("07/15/21 - 10/03/21"),)),
            Share(1, 2),
            Share(1, 2),
        ),
        ("price_won", "", TagFields(price_won=129_000), Share(0, 1), Share(0, 0)),
    ],
)
def test_one_field(
    name: str, label: str, shown: TagFields, precision: Share, recall: Share
) -> None:
    assert row(name, (tag(**{name: label}), shown)) == (precision, recall)


def test_sizes_are_counted_together() -> None:
    shown = TagFields("Nike", (("CM", "27"), ("US", "9")))
    read = (tag(brand="Nike", mm="27", US="8", UK="8"), shown)
    assert row("all sizes", read) == (Share(1, 2), Share(1, 3))
    assert row("all", read, read) == (Share(4, 6), Share(4, 8))
    assert "all sizes" in report(True, 1, figures([read]))


def test_photos_are_known_by_their_content(tmp_path: Path) -> None:
    (tmp_path / "within").mkdir()
    for name, content in (("within/a.jpg", b"one"), ("b.jpg", b"two")):
        (tmp_path / name).write_bytes(content)
    known = {sha256(b"one").hexdigest(): tag(US="9")}
    assert [path.name for path, _ in photos_in(tmp_path, known)] == ["a.jpg"]


def test_a_folder_without_labelled_photos(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.jpg").write_bytes(b"none of them")
    assert main(["--photos", str(tmp_path)]) == 1
    assert "labelled" in capsys.readouterr().err
