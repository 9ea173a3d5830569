"""Crops that are cut from drawn scenes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from datasets.crops.draw import CropSource, DrawnCrop
from datasets.crops.mixing import MixedCrops
from datasets.crops.photographed import PhotographedCrops, scene_crops
from datasets.crops.texts import MAX_LENGTH
from datasets.fonts.fonts import FontPool
from datasets.scenes import draw_scene
from recognizer.models import ModelFiles
from recognizer.reading.recogniser import Recogniser
from recognizer.reading.tokenizer import CHARACTERS
from stylecode import key


@pytest.fixture(scope="module")
def few(few_fonts: Path) -> FontPool:
    return FontPool.load((few_fonts,))


def test_the_same_chances_give_the_same_crops(few: FontPool) -> None:
    first, again = (
        list(PhotographedCrops(few).draw(np.random.default_rng(4), 12)) for _ in range(2)
    )
    assert [crop.text for crop in first] == [crop.text for crop in again]
    assert all(np.array_equal(a.pixels, b.pixels) for a, b in zip(first, again, strict=True))
    for crop in first:
        assert 0 < len(crop.text) <= MAX_LENGTH
        assert set(crop.text) <= set(CHARACTERS)
        assert crop.pixels.dtype == np.uint8
        assert 1 <= crop.pixels.shape[0] <= 64


def test_the_text_is_what_stands_on_the_crop(few: FontPool) -> None:
    """The shipped recogniser reads the codes of easy scenes; a wrong quad would show here."""
    rng, recogniser = np.random.default_rng(2), Recogniser(ModelFiles(), threads=1)
    crops: list[DrawnCrop] = []
    for seed in range(40, 52):
        scene = draw_scene(seed, few, 0.0, letters_px=(24.0, 48.0), with_code=True)
        crops += [crop for crop in scene_crops(rng, scene) if crop.text == scene.printed][:2]
    assert len(crops) > 8
    read = recogniser.read([crop.pixels for crop in crops])
    right = [key(a.text) == key(b.text) for a, b in zip(read, crops, strict=True)]
    assert sum(right) / len(right) > 0.7


def test_two_sources_are_mixed(few: FontPool) -> None:
    class Same:
        def __init__(self, text: str) -> None:
            self.text = text

        def draw(
            self, rng: np.random.Generator, count: int, difficulty: float = 1.0
        ) -> list[DrawnCrop]:
            return [DrawnCrop(np.zeros((8, 8), np.uint8), self.text)] * count

    mixed = MixedCrops(Same("A"), Same("B"), 0.25)  # type: ignore[arg-type]
    texts = [crop.text for crop in mixed.draw(np.random.default_rng(0), 400)]
    assert 60 < texts.count("B") < 140
    assert texts[:100].count("B") > 5
    alone = MixedCrops(CropSource(few), Same("B"), 0.0)  # type: ignore[arg-type]
    assert len(list(alone.draw(np.random.default_rng(0), 3))) == 3
