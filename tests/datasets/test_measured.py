"""Folders of labelled photographs: what they hold, and which half each picture is of."""

from __future__ import annotations

from pathlib import Path

import pytest

from datasets.errors import RealDataError
from datasets.real.choosing import chosen_on, chosen_without_code
from datasets.real.measured import RealSets, labelled_photos
from tests.fakes.photographs import CHOOSING, OTHER, PHOTO_COLUMNS, crop_folder, labelled, photo


def folder_of(tmp_path: Path, *rows: dict[str, str]) -> Path:
    for row in rows:
        (tmp_path / row["file"]).write_bytes(b"a picture")
    return labelled(tmp_path, PHOTO_COLUMNS, rows)


def test_a_folder_of_photos_says_what_each_shows_and_which_half_it_is_of(tmp_path: Path) -> None:
    folder = folder_of(
        tmp_path,
        photo("001.jpg", "tag", OTHER, accept="DD1391 100;DD1391100"),
        photo("002.jpg", "box", CHOOSING, readable="hard"),
        photo("003.jpg", "garment", CHOOSING),
        photo("004.jpg", "garment", OTHER, readable="hard"),
        photo("005.jpg", "garment", "1234", readable="doubtful"),
        photo("006.jpg", "negative"),
        photo("007.jpg", "negative"),
    )
    tag, box, garment, hard, even, odd = labelled_photos(folder)
    assert tag.truths == (OTHER, "DD1391 100", "DD1391100")
    assert tag.path == folder / "001.jpg"
    assert [one.is_shoe for one in (tag, box, garment, even)] == [True, True, False, False]
    assert [one.is_clear_garment for one in (tag, garment, hard)] == [False, True, False]
    assert [one.is_bare for one in (tag, garment, even, odd)] == [False, False, True, True]
    assert [one.choosing for one in (tag, box, garment, hard)] == [False, True, True, False]
    assert [one.choosing for one in (even, odd)] == [True, False]


def test_photos_of_one_code_are_of_one_half_and_so_are_its_crops() -> None:
    assert chosen_on(CHOOSING)
    assert not chosen_on(OTHER)
    assert chosen_without_code("a/012.jpg")
    assert not chosen_without_code("shoe-7.jpg")
    unnumbered = [chosen_without_code(f"{'x' * at}.jpg") for at in range(1, 60)]
    assert 10 < sum(unnumbered) < 50


def test_several_folders_are_told_apart_by_their_columns(tmp_path: Path) -> None:
    photos = folder_of(tmp_path, photo("1.jpg", "tag", OTHER))
    first, second = crop_folder(tmp_path / "first"), crop_folder(tmp_path / "second", [CHOOSING])
    sets = RealSets.of([first, photos, second])
    assert [crop.truths[0] for crop in sets.crops] == [OTHER, CHOOSING, CHOOSING]
    assert [one.path.name for one in sets.photos] == ["1.jpg"]
    assert RealSets.of([]) == RealSets()


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (photo("1.jpg", "poster", OTHER), "of kind 'poster'"),
        (photo("1.jpg", "negative", OTHER), "of kind 'negative' with code"),
        (photo("1.jpg", "tag"), "of kind 'tag' with code ''"),
        (photo("1.jpg", "tag", OTHER, readable="well"), "readable is 'well'"),
    ],
)
def test_a_row_that_says_nothing_sound_is_named(
    tmp_path: Path, row: dict[str, str], told: str
) -> None:
    with pytest.raises(RealDataError, match=rf"1\.jpg: {told}"):
        labelled_photos(folder_of(tmp_path, row))


def test_a_missing_list_column_or_picture_is_told(tmp_path: Path) -> None:
    with pytest.raises(RealDataError, match="No such file"):
        RealSets.of([tmp_path])
    folder = labelled(tmp_path, PHOTO_COLUMNS, [photo("gone.jpg", "tag", OTHER)])
    with pytest.raises(RealDataError, match=r"gone\.jpg: no picture"):
        RealSets.of([folder])
    for columns in (("file", "kind", "code"), ("file", "text")):
        labelled(tmp_path, columns, [dict.fromkeys(columns, "a")])
        with pytest.raises(RealDataError, match="the first line has to name file and code, or"):
            RealSets.of([tmp_path])
    labelled(tmp_path, PHOTO_COLUMNS, [])
    with pytest.raises(RealDataError, match="the first line"):
        RealSets.of([tmp_path])
