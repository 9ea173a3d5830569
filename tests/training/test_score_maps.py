from __future__ import annotations

import numpy as np

from training.finder.score_maps import affinity_quads, score_maps


def square(x: float, y: float, size: float = 20) -> np.ndarray:
    return np.array([[x, y], [x + size, y], [x + size, y + size], [x, y + size]], np.float32)


def test_region_peaks_in_each_letter_and_affinity_between_them() -> None:
    word = np.stack([square(20, 30), square(44, 30)])
    region, affinity = score_maps([word], 80, 100)
    assert region[40, 30] > 0.95
    assert region[40, 54] > 0.95
    assert affinity[40, 42] > 0.9
    assert affinity[40, 20] < 0.1
    assert region[10, 10] == affinity[10, 10] == 0


def test_a_single_letter_has_no_affinity() -> None:
    _, affinity = score_maps([square(20, 30)[None]], 80, 100)
    assert affinity.max() == 0


def test_words_do_not_touch_each_other() -> None:
    words = [np.stack([square(5, 5), square(26, 5)]), np.stack([square(70, 5)])]
    _, affinity = score_maps(words, 40, 100)
    assert affinity[15, 60] == 0


def test_letters_off_the_map_are_left_out() -> None:
    region, affinity = score_maps([np.stack([square(-500, 5), square(-470, 5)])], 40, 100)
    assert region.max() == affinity.max() == 0


def test_affinity_boxes_lie_between_the_centres() -> None:
    (box,) = affinity_quads(np.stack([square(0, 0), square(30, 0)]))
    assert box[:, 0].min() == 10
    assert box[:, 0].max() == 40
