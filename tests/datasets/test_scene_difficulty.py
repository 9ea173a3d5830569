"""What difficulty means: clean usual print at 0, and every hard effect rising from there."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest

from datasets.fonts.fonts import FontPool
from datasets.scenes import draw_scene
from datasets.scenes.camera import optics
from datasets.scenes.evalset import HARDEST, held_out_scenes
from datasets.scenes.labels.layout import Block
from datasets.scenes.materials import ink, sheen
from datasets.scenes.materials.paper import Sheet, colours, finish, is_usual, make_style, paper
from datasets.scenes.strain import FULL, chance, grown

LEVELS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def share(holds: Callable[[random.Random], bool], count: int = 400) -> float:
    return sum(holds(random.Random(seed)) for seed in range(count)) / count


def test_chances_and_strengths_rise_from_none_to_all() -> None:
    chances = [chance(0.4, level) for level in LEVELS]
    assert chances[0] == 0 and chance(0.4, FULL) == chances[-1] == 0.4
    assert chances == sorted(chances) and chances[1] < 0.05
    assert grown(2.0, 6.0, 0.0) == 2.0 and grown(6.0, 2.0, 1.0) == 2.0


@pytest.mark.parametrize("split", ["train", "held_out"])
def test_faces_are_usual_where_it_is_easy(pool: FontPool, split: str) -> None:
    def usual_at(difficulty: float) -> float:
        def usual(rng: random.Random) -> bool:
            return is_usual(make_style(rng, pool, split, False, difficulty).plain.latin)

        return share(usual)

    assert usual_at(0.0) > 0.9
    if not all(is_usual(face) for face in pool.side(split)):
        assert usual_at(1.0) < usual_at(0.5) < usual_at(0.0)


def test_easy_ink_stands_out() -> None:
    def least_at(difficulty: float) -> float:
        drawn = [colours(random.Random(seed), difficulty) for seed in range(300)]
        return min(abs(sum(one["paper"]) - sum(one["ink"])) / 3 for one in drawn)

    assert least_at(0.0) > 95 > least_at(1.0)


def test_nothing_shines_and_nothing_is_out_of_focus_at_first() -> None:
    image = np.random.default_rng(0).integers(0, 255, (96, 128, 3), np.uint8)

    def soft(difficulty: float) -> float:
        middle = (64.0, 48.0)
        return share(
            lambda rng: optics.shallow(rng, image, 8.0, difficulty, middle) is not image, 60
        )

    def shiny(difficulty: float) -> float:
        return share(lambda rng: sheen.gloss(rng, 24, 32, difficulty) is not None)

    for effect in (soft, shiny):
        assert effect(0.0) == 0 < effect(0.9)


def test_print_is_plain_ink_at_first(pool: FontPool) -> None:
    style = make_style(random.Random(1), pool, "train", False, 0.0)
    assert style.tracking < 0.12
    box, grounds = Block(6.0, 3.0), (20.0, 240.0)

    def plain(rng: random.Random) -> bool:
        label = paper(rng, pool, Sheet(box), 30.0, rng.choice(grounds), difficulty=0.0)
        return ink.is_plain(label) and bool(label.alpha.any())

    assert share(plain, 60) == 1


def test_paper_shades_little_at_first(pool: FontPool) -> None:
    def swing(difficulty: float) -> float:
        swings = []
        for seed in range(40):
            rng = random.Random(seed)
            flat = paper(rng, pool, Sheet(Block(5.0, 3.0)), 24.0, 110.0, difficulty=0.0)
            shaded = finish(rng, flat, difficulty).rgb.astype(int)
            swings.append(np.abs(shaded - flat.rgb).mean())
        return float(np.mean(swings))

    assert 0 < swing(0.0) < 0.6 * swing(1.0)


def test_measuring_spreads_difficulty_and_letters(pool: FontPool) -> None:
    asked = [
        draw_scene(
            seed, pool, 0.1, "held_out", with_code=True, size=(960, 720), evenly=1.0
        ).min_letter_px
        for seed in range(24)
    ]
    assert min(asked) >= 12
    assert 2 <= sum(px < 20 for px in asked) <= 15
    assert sum(px > 30 for px in asked) >= 4
    first = next(held_out_scenes(pool, 1, 5, 12.0))
    again = draw_scene(first.seed, pool, 0.0, "held_out", with_code=True, evenly=1.0)
    assert HARDEST <= 0.6 and np.array_equal(first.image, again.image)
