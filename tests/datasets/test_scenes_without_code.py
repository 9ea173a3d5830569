"""Drawn photos without a code: every kind is drawn, and none shows a whole code."""

from __future__ import annotations

import random

import numpy as np
import pytest

from datasets.fonts.fonts import FontPool
from datasets.scenes import DrawnScene, draw_scene
from datasets.scenes.around.hidden import without_code
from datasets.scenes.around.things import thing
from datasets.scenes.labels import negatives
from datasets.scenes.labels.layout import Block, Faces, Style, TextMark
from datasets.scenes.labels.maker import Maker
from stylecode import key

SIZE = (800, 600)


def texts(box: Block) -> list[str]:
    return [mark.text for _, _, mark in box.flat() if isinstance(mark, TextMark)]


def maker(pool: FontPool, seed: int) -> Maker:
    face = Faces(pool.train[0], pool.korean_side("train")[0])
    return Maker(random.Random(seed), Style(face, face), None, seed % 2 == 0)


@pytest.mark.parametrize("kind", negatives.__all__)
def test_every_kind_is_drawn_without_a_code(pool: FontPool, kind: str) -> None:
    for seed in range(12):
        box = getattr(negatives, kind)(maker(pool, seed))
        assert box.w > 0 and box.h > 0 and texts(box)
        assert all(getattr(mark, "code", None) is None for _, _, mark in box.flat())


def test_a_receipt_has_what_tills_print(pool: FontPool) -> None:
    lines = [text for seed in range(40) for text in texts(negatives.receipt(maker(pool, seed)))]
    for word in ("사업자", "POS", "승인번호", "카드번호", "APPROVAL", "****", "TOTAL", "TEL"):
        assert any(word in line for line in lines), word


@pytest.fixture(scope="module")
def coded(pool: FontPool) -> list[DrawnScene]:
    return [draw_scene(s, pool, 0.3, with_code=True, size=SIZE) for s in range(8)]


def test_a_hidden_code_cannot_be_read(coded: list[DrawnScene]) -> None:
    changed = 0
    for seed, scene in enumerate(coded):
        hidden = without_code(random.Random(seed), scene)
        if hidden is None:
            continue
        changed += 1
        assert (hidden.code, hidden.brand, hidden.printed) == (None, "", "")
        assert hidden.code_quad is None
        assert hidden.image.shape == scene.image.shape
        assert not np.array_equal(hidden.image, scene.image)
        whole = [key(word.text) for word in hidden.words if word.inside]
        assert key(scene.printed) not in whole
        assert all(word.text and len(word.text) == len(word.char_quads) for word in hidden.words)
    assert changed > 4


def test_things_are_drawn_over_the_picture() -> None:
    plain = np.full((300, 400, 3), 128, np.uint8)
    for seed in range(6):
        drawn = thing(random.Random(seed), plain.copy())
        assert drawn.shape == plain.shape and drawn.dtype == np.uint8
        assert (drawn != 128).mean() > 0.05
        assert np.array_equal(drawn, thing(random.Random(seed), plain.copy()))


def test_photos_without_a_code_are_of_many_kinds(pool: FontPool) -> None:
    kinds = {draw_scene(s, pool, 0.2, with_code=False, size=(480, 360)).kind for s in range(60)}
    assert len(kinds) > 8
    assert {"hidden code", "thing"} <= kinds
