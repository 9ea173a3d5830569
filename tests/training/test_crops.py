from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from recognizer.crops import recogniser_input
from recognizer.tokenizer import CHARACTERS, Tokenizer
from training.batches import draw_batch
from training.crops.draw import draw_crop
from training.crops.texts import MAX_LENGTH, line_text
from training.font_errors import NoFontsError
from training.fonts import FontPool

FONT_FOLDERS = (Path(".cache/fonts"), Path("/usr/share/fonts"))


@pytest.fixture(scope="module")
def pool() -> FontPool:
    try:
        return FontPool.load(FONT_FOLDERS)
    except NoFontsError as error:
        pytest.skip(f"no fonts to draw with: {error}")


def test_texts_fit_the_recogniser() -> None:
    rng = np.random.default_rng(0)
    texts = [line_text(rng) for _ in range(2000)]
    assert all(0 < len(text) <= MAX_LENGTH for text in texts)
    assert set("".join(texts)) <= set(CHARACTERS)
    assert len(set(texts)) > 1500


def test_the_same_seed_draws_the_same_crop(pool: FontPool) -> None:
    first, second = (draw_crop(np.random.default_rng(5), pool, 0.7) for _ in range(2))
    assert first.text == second.text
    assert np.array_equal(first.pixels, second.pixels)


@pytest.mark.parametrize("hard", [0.0, 0.5, 1.0])
def test_crops_hold_ink(pool: FontPool, hard: float) -> None:
    rng = np.random.default_rng(int(hard * 10))
    for _ in range(40):
        drawn = draw_crop(rng, pool, hard)
        assert drawn.pixels.dtype == np.uint8
        assert min(drawn.pixels.shape) >= 4
        assert int(drawn.pixels.max()) - int(drawn.pixels.min()) > 8


def test_easy_crops_are_as_wide_as_their_text(pool: FontPool) -> None:
    """Labels match pixels: the ink's columns grow with the number of characters."""
    rng = np.random.default_rng(3)
    ratios = []
    for _ in range(60):
        drawn = draw_crop(rng, pool, 0.0)
        grey = cv2.resize(
            drawn.pixels, None, fx=32 / drawn.pixels.shape[0], fy=32 / drawn.pixels.shape[0]
        )
        ratios.append(grey.shape[1] / 32 / len(drawn.text))
    assert 0.3 < float(np.median(ratios)) < 1.0


def test_batches_have_the_recognisers_shapes(pool: FontPool) -> None:
    tokenizer = Tokenizer()
    batch = draw_batch(np.random.default_rng(1), pool, tokenizer, size=6, difficulty=0.5)
    assert batch.crops.shape == (6, 1, 32, 192)
    assert batch.crops.abs().max() <= 1
    assert batch.targets.shape == (6, MAX_LENGTH + 1)
    assert batch.targets.max() < tokenizer.classes


def test_any_crop_becomes_an_input() -> None:
    for shape in ((1, 1), (1, 500), (300, 2), (32, 192)):
        assert recogniser_input(np.zeros(shape, np.uint8)).shape == (1, 32, 192)
