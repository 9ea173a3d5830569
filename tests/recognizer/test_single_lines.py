"""The finder close to one line: a poor quad becomes a good one, however large, small or turned."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from recognizer.finding.finder import Finder, OnnxMaps
from recognizer.looking.again.single_lines import SingleLines
from recognizer.models import ModelFiles
from recognizer.types import Photo, Pixels, Quad, TextRegion

CODE = "DU8096-002"


class Watched:
    """The shipped network, with the sizes of the pictures that it was shown."""

    version = "watched"

    def __init__(self) -> None:
        self._maps = OnnxMaps(ModelFiles(), threads=1)
        self.shown: list[tuple[int, ...]] = []

    def __call__(self, photo: Pixels) -> NDArray[np.float32]:
        self.shown.append(photo.shape)
        return self._maps(photo)


@pytest.fixture(scope="module")
def network() -> Watched:
    return Watched()


def printed(height: int, angle: float) -> tuple[Photo, NDArray[np.float64]]:
    """The code in letters of this height on a photo, turned by `angle` degrees, and its corners."""
    scale = height / 21.0
    thick = max(1, round(2.5 * scale))
    (width, _), _ = cv2.getTextSize(CODE, cv2.FONT_HERSHEY_SIMPLEX, scale, thick)
    side = 2 * width
    paper = np.full((side, side, 3), 215, np.uint8)
    left, base = (side - width) // 2, (side + height) // 2
    cv2.putText(
        paper, CODE, (left, base), cv2.FONT_HERSHEY_SIMPLEX, scale, (40, 40, 40), thick, cv2.LINE_AA
    )
    turn = cv2.getRotationMatrix2D((side / 2, side / 2), -angle, 1.0)
    photo = cv2.warpAffine(paper, turn, (side, side), borderValue=(215, 215, 215))
    box = [[left, base - height], [left + width, base - height], [left + width, base], [left, base]]
    corners = np.array(box) @ turn[:, :2].T + turn[:, 2]
    return Photo(photo.astype(np.uint8)), np.asarray(corners, np.float64)


def part(corners: NDArray[np.float64], start: float, end: float, taller: float) -> Quad:
    """From share `start` to share `end` of a quad, made `taller` by that many of its heights."""
    along, down = corners[1] - corners[0], corners[3] - corners[0]
    first, last = corners[0] + start * along, corners[0] + end * along
    over = taller * down
    a, b, c, d = (
        (float(x), float(y))
        for x, y in (first - over, last - over, last + down + over, first + down + over)
    )
    return a, b, c, d


def covered(corners: NDArray[np.float64], quad: Quad) -> tuple[float, float]:
    """The shares of the true quad and of the found one that both have."""
    true, found = corners.astype(np.float32), np.asarray(quad, np.float32)
    both, _ = cv2.intersectConvexConvex(true, found)
    return both / cv2.contourArea(true), both / cv2.contourArea(found)


@pytest.mark.parametrize("height", [16, 60, 240])
@pytest.mark.parametrize("angle", [0.0, 35.0, 90.0])
@pytest.mark.parametrize("poor", [(0.0, 0.6, 0.0), (0.3, 1.0, 0.1), (-0.1, 1.1, 0.6)])
def test_a_poor_quad_becomes_the_lines(
    network: Watched, height: int, angle: float, poor: tuple[float, float, float]
) -> None:
    photo, corners = printed(height, angle)
    region = TextRegion(part(corners, *poor), 0.9, code=0.9)
    found = list(SingleLines(Finder(network)).regions(photo, [region]))
    whole, own = max(covered(corners, one.quad) for one in found)
    assert whole > 0.93
    assert own > 0.5


def test_a_huge_line_is_looked_at_small(network: Watched) -> None:
    photo, corners = printed(240, 0.0)
    network.shown.clear()
    list(SingleLines(Finder(network)).regions(photo, [TextRegion(part(corners, 0, 1, 0), 0.9)]))
    ((high, wide, _),) = network.shown
    assert high * wide < 864 * 128


def test_unlikely_lines_are_left_alone(network: Watched) -> None:
    photo, corners = printed(40, 0.0)
    unlikely = TextRegion(part(corners, 0, 1, 0), 0.9, code=0.05)
    assert not list(SingleLines(Finder(network)).regions(photo, [unlikely]))


def test_a_quad_without_extent_breaks_nothing(network: Watched) -> None:
    photo, _ = printed(40, 0.0)
    point: Quad = ((50.0, 50.0),) * 4
    thin: Quad = ((-20.0, 5.0), (30.0, 5.0), (30.0, 5.2), (-20.0, 5.2))
    for quad in (point, thin):
        list(SingleLines(Finder(network)).regions(photo, [TextRegion(quad, 0.9)]))
