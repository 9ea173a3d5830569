from __future__ import annotations

import csv
from pathlib import Path

import cv2
import numpy as np
import pytest

from datasets.crops.mixing import MixedCrops, RepeatedCrops
from datasets.crops.poorer import poorer
from datasets.crops.settings import V3
from datasets.errors import RealDataError
from datasets.real.choosing import choosing_crops, chosen_on
from datasets.real.learned import COLUMNS, RealCrops, real_lines, sources_of

TEXTS = ("DD1391-100", "STYLE NO.", "상품번호", "ONE THAT IS FAR TOO LONG FOR IT", "B75806")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five crops of as many things, two of which cannot be learned from."""
    with (tmp_path / "labels.tsv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, (*COLUMNS, "note"), delimiter="\t")
        rows.writeheader()
        for at, text in enumerate(TEXTS):
            picture = np.full((40, 200), 255 - 10 * at, np.uint8)
            cv2.putText(picture, "X", (20, 30), cv2.FONT_HERSHEY_SIMPLEX, 1, 0)
            cv2.imwrite(str(tmp_path / f"{at}.png"), picture)
            values = (f"{at}.png", text, "shop/labels", "MIT", f"thing-{at}")
            rows.writerow({**dict(zip(COLUMNS, values, strict=True)), "note": "left alone"})
    return tmp_path


def test_a_folder_gives_the_lines_that_the_reader_has_characters_for(folder: Path) -> None:
    lines = real_lines(folder)
    assert [line.text for line in lines] == ["DD1391-100", "STYLE NO.", "B75806"]
    assert lines[0].pixels.shape == (40, 200)
    assert sources_of(lines) == (("shop/labels", "MIT", 3),)


def test_each_time_a_line_is_treated_otherwise_and_keeps_its_text(folder: Path) -> None:
    source = RealCrops(tuple(real_lines(folder)), V3)
    crops = list(source.draw(np.random.default_rng(1), 40))
    assert {crop.text for crop in crops} == {"DD1391-100", "STYLE NO.", "B75806"}
    assert len({crop.pixels.tobytes() for crop in crops}) == 40
    again = list(source.draw(np.random.default_rng(1), 40))
    assert all(np.array_equal(a.pixels, b.pixels) for a, b in zip(crops, again, strict=True))


def test_a_missing_list_column_or_picture_is_named(folder: Path) -> None:
    (folder / "0.png").unlink()
    with pytest.raises(RealDataError, match=r"0\.png: no picture"):
        real_lines(folder)
    (folder / "labels.tsv").write_text("file\ttext\n0.png\tA\n")
    with pytest.raises(RealDataError, match="has to name file, text, source, licence, group"):
        real_lines(folder)
    with pytest.raises(RealDataError, match="No such file"):
        real_lines(folder / "elsewhere")


def test_what_is_chosen_on_is_never_learned_from(folder: Path) -> None:
    lines = [line for line in real_lines(folder) for _ in range(3)]
    for group in range(60):
        lines.append(type(lines[0])(lines[0].pixels, "A1", "s", "MIT", f"g{group}"))
    aside = {line.group for line in lines if line.for_choosing}
    assert 0 < len(aside) < 30
    assert len(choosing_crops(lines)) == sum(line.group in aside for line in lines)


def test_half_of_a_measured_set_is_chosen_on_by_code(folder: Path) -> None:
    codes = [f"AB{number:04d}" for number in range(200)]
    assert 70 < sum(map(chosen_on, codes)) < 130
    assert chosen_on("DD1391-100") == chosen_on("dd1391 100")
    (folder / "labels.tsv").write_text(
        "file\tcode\n" + "".join(f"{n}.png\t{t}\n" for n, t in enumerate(TEXTS))
    )
    chosen = choosing_crops([], folder)
    assert [crop.text for crop in chosen] == [text for text in TEXTS if chosen_on(text)]


def test_poorer_crops_have_the_networks_size_and_something_left_to_read() -> None:
    picture = np.full((60, 300), 230, np.uint8)
    cv2.putText(picture, "DD1391", (20, 48), cv2.FONT_HERSHEY_SIMPLEX, 1.8, 20, 4)
    rng = np.random.default_rng(3)
    made = [poorer(picture, rng, 1.0) for _ in range(60)]
    assert {crop.shape for crop in made} == {(32, 192)}
    assert min(float(crop.std()) for crop in made) > 5


def test_repeated_crops_are_drawn_seldom_and_never_the_same(folder: Path) -> None:
    drawn = list[str]()

    class Counted:
        def draw(self, rng: np.random.Generator, count: int, difficulty: float = 1.0):  # type: ignore[no-untyped-def]
            for crop in RealCrops(tuple(real_lines(folder)), V3).draw(rng, count, difficulty):
                drawn.append(crop.text)
                yield crop

    crops = list(RepeatedCrops(Counted(), 4).draw(np.random.default_rng(2), 200))
    assert 25 < len(drawn) < 80
    assert len({crop.pixels.tobytes() for crop in crops}) == 200


def test_a_share_of_mixed_crops_is_of_the_second_source(folder: Path) -> None:
    lines = real_lines(folder)
    first, second = (RealCrops((line,), V3) for line in lines[:2])
    texts = [
        crop.text for crop in MixedCrops(first, second, 0.3).draw(np.random.default_rng(1), 400)
    ]
    assert 80 < texts.count(lines[1].text) < 160
