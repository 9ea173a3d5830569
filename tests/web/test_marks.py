"""Corners that a page may send, and those that no frame has."""

from __future__ import annotations

import math

import pytest

from bot.guarding.marks import BadMark, corners_of, interaction_of

UPRIGHT = [[0.2, 0.3], [0.8, 0.3], [0.8, 0.5], [0.2, 0.5]]


@pytest.mark.parametrize("start", range(4))
def test_the_order_of_the_corners_is_the_turn(start: int) -> None:
    turned = UPRIGHT[start:] + UPRIGHT[:start]
    assert corners_of(turned) == tuple(map(tuple, turned))


def test_a_tilted_frame_may_reach_a_little_over_the_edge() -> None:
    assert corners_of([[-0.1, 0.1], [0.9, -0.2], [1.2, 0.3], [0.1, 0.6]])


@pytest.mark.parametrize(
    "corners",
    [
        None,
        "corners",
        {},
        [],
        UPRIGHT[:3],
        [*UPRIGHT, [0.1, 0.1]],
        [[0.2], *UPRIGHT[1:]],
        [[0.2, 0.3, 0.4], *UPRIGHT[1:]],
        [["0.2", "0.3"], *UPRIGHT[1:]],
        [[True, False], *UPRIGHT[1:]],
        [[None, 0.3], *UPRIGHT[1:]],
        [[math.nan, 0.3], *UPRIGHT[1:]],
        [[math.inf, 0.3], *UPRIGHT[1:]],
        [[10**400, 0.3], *UPRIGHT[1:]],
        [[-0.21, 0.3], *UPRIGHT[1:]],
        [[0.2, 0.3], [1.21, 0.3], *UPRIGHT[2:]],
        UPRIGHT[::-1],  # mirrored
        [UPRIGHT[0], UPRIGHT[2], UPRIGHT[1], UPRIGHT[3]],  # crosses itself
        [[0.2, 0.3], [0.8, 0.3], [0.3, 0.35], [0.2, 0.5]],  # bent inwards
        [[0.5, 0.5]] * 4,
        [[0.2, 0.3], [0.8, 0.3], [0.8, 0.3], [0.2, 0.3]],  # flat
    ],
)
def test_what_is_no_frame_is_refused(corners: object) -> None:
    with pytest.raises(BadMark):
        corners_of(corners)


@pytest.mark.parametrize("value", [0, -1, 2**63, 1.0, "1", True, None])
def test_what_is_no_row_is_refused(value: object) -> None:
    with pytest.raises(BadMark):
        interaction_of(value)
