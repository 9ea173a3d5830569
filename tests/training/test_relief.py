"""Relief over a patch: seeded, of bounded strength, and never so strong that print is lost."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from training.finder.relief import with_relief

SIDE = 384


def patch(tone: int = 128) -> np.ndarray:
    return np.full((SIDE, SIDE, 3), tone, np.uint8)


@pytest.mark.parametrize("seed", range(20))
def test_a_patch_gets_a_relief_of_its_seed(seed: int) -> None:
    one = with_relief(patch(), np.random.default_rng(seed))
    again = with_relief(patch(), np.random.default_rng(seed))
    assert one.shape == (SIDE, SIDE, 3)
    assert one.dtype == np.uint8
    assert np.array_equal(one, again)
    assert abs(float(one.mean()) - 128) < 12
    assert 2 < float(one.std()) < 30


def test_reliefs_differ_and_some_cover_a_part_only() -> None:
    rng = np.random.default_rng(3)
    drawn = [with_relief(patch(), rng) for _ in range(40)]
    assert len({image.tobytes() for image in drawn}) == 40
    flat = [float((image == 128).all(axis=2).mean()) for image in drawn]
    assert any(share > 0.3 for share in flat)
    assert any(share < 0.1 for share in flat)


@pytest.mark.parametrize("seed", range(12))
def test_dark_print_stays_darker_than_its_ground(seed: int) -> None:
    image = patch(200)
    cv2.putText(image, "DD1391-100", (30, 200), cv2.FONT_HERSHEY_SIMPLEX, 1.6, (20, 20, 20), 4)
    ink = image[..., 0] < 60
    shaded = with_relief(image, np.random.default_rng(seed))
    assert float(shaded[ink].mean()) < float(shaded[~ink].mean()) - 120
