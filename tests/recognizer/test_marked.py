"""A part that a person marked: cut out, read, and told in the whole photo's pixels."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from recognizer.errors import MarkTooSmall
from recognizer.photo.marked import MARGIN, marked_part
from recognizer.pipeline import Pipeline
from recognizer.types import Photo, Quad
from stylecode import key

SAMPLE = Path(__file__).parents[2] / "bot" / "channels" / "web" / "static" / "sample-tag.jpg"
CODE = "DD1391100"


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline.load()


def sample(turns: int) -> Photo:
    with Image.open(SAMPLE) as image:
        pixels = np.asarray(image.convert("RGB"), np.uint8)
    return Photo(np.ascontiguousarray(np.rot90(pixels, turns)))


def shares(photo: Photo, quad: Quad, larger: float) -> Quad:
    """The quad as shares of the photo, made larger around its middle."""
    points = np.asarray(quad)
    points = points.mean(axis=0) + larger * (points - points.mean(axis=0))
    a, b, c, d = (points / (photo.width, photo.height)).tolist()
    return tuple(a), tuple(b), tuple(c), tuple(d)


@pytest.mark.parametrize("turns", [0, 1, 3])
@pytest.mark.parametrize("larger", [1.0, 1.6])
def test_a_marked_code_is_read_and_found_again_on_the_photo(
    pipeline: Pipeline, turns: int, larger: float
) -> None:
    photo = sample(turns)
    quad = pipeline.read(photo).candidates[0].region.quad
    reading = pipeline.read_marked(photo, shares(photo, quad, larger))
    first = reading.candidates[0]
    assert key(first.code) == CODE
    height = np.linalg.norm(np.subtract(quad[3], quad[0]))
    middle = np.subtract(np.mean(first.region.quad, axis=0), np.mean(quad, axis=0))
    assert np.linalg.norm(middle) < height


@given(st.lists(st.floats(0.05, 0.3), min_size=8, max_size=8))
def test_points_of_the_part_come_back_to_where_they_were(moves: list[float]) -> None:
    photo = Photo(np.zeros((480, 640, 3), np.uint8))
    left, top, right, top2, right2, low, left2, low2 = moves
    corners: Quad = ((left, top), (1 - right, top2), (1 - right2, 1 - low), (left2, 1 - low2))
    part = marked_part(photo, corners)
    quad = np.asarray(corners) * (640, 480)
    down = min(np.linalg.norm(quad[3] - quad[0]), np.linalg.norm(quad[2] - quad[1]))
    air = MARGIN * float(down)
    right_end, bottom = part.photo.width - air, part.photo.height - air
    back = part.on_photo(((air, air), (right_end, air), (right_end, bottom), (air, bottom)))
    assert np.allclose(back, quad, atol=4.0)  # whole pixels of the part may be that far apart


@pytest.mark.parametrize("corner", [(0.5, 0.5), (math.nan, 0.1), (math.inf, 0.0)])
def test_a_tap_or_nonsense_is_refused(corner: tuple[float, float]) -> None:
    photo = Photo(np.zeros((480, 640, 3), np.uint8))
    with pytest.raises(MarkTooSmall):
        marked_part(photo, ((0.5, 0.5), corner, corner, (0.5, 0.5)))
