"""Whole photos for measuring: fonts held out from training, and seeds of their own."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from datasets.codes.first import known_then
from datasets.fonts.fonts import FontPool
from datasets.scenes.compose import LETTERS_PX, draw_scene
from datasets.scenes.types import DrawnScene

# Training counts its seeds from zero up; these begin where it never gets.
FIRST_SEED = 2**63
HARDEST = 0.6
TAG_LETTERS_PX = 12  # height of the smallest letters where something is fitted
BARE_SHARE = 3  # one photo without a code on so many with one


def held_out_scenes(  # noqa: PLR0913 (what an evaluation may ask for)
    pool: FontPool,
    count: int,
    seed: int = 0,
    min_letter_px: float = 16.0,
    *,
    difficulty: float | None = None,
    with_code: bool | None = True,
) -> Iterator[DrawnScene]:
    """`count` scenes in held-out fonts whose code's letters are at least `min_letter_px` high.

    `difficulty` None spreads evenly over 0.0 to 0.6: as hard as photos of tags on which a good
    general reader (RapidOCR) finds the code among its lines in about 86 %. Harder ones, which
    training goes on to, a person often cannot read either. The letters' height is spread
    log-uniformly up to 80 px, as far as the label fits the photo. `with_code` None mixes in
    photos without a code, False draws only such. Codes of a form that no known brand printed
    when these were first drawn are left out.
    """
    drawn = 0
    for index in itertools.count():
        if drawn == count:
            return
        hard = HARDEST * ((index * 7) % 10) / 9 if difficulty is None else difficulty
        scene = draw_scene(
            FIRST_SEED + seed * 1_000_003 + index,
            pool,
            hard,
            "held_out",
            letters_px=(min_letter_px, max(LETTERS_PX[1], 1.5 * min_letter_px)),
            with_code=with_code,
            evenly=1.0,
        )
        if scene.code is None or known_then(scene.brand, scene.code):
            drawn += 1
            yield scene


def coded_and_bare(
    pool: FontPool, count: int, seed: int, letters_px: float
) -> Iterator[DrawnScene]:
    """`count` photos with a code, and a third as many without one."""
    yield from held_out_scenes(pool, count, seed, letters_px)
    yield from held_out_scenes(pool, count // BARE_SHARE, seed + 1, letters_px, with_code=False)
