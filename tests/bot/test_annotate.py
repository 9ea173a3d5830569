from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.annotate import MAX_SIDE, annotate
from storage.types import Quad
from tests.fakes.reader import QUAD, tag_jpeg

Image = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]


def opened(jpeg: bytes) -> Image:
    image = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert image is not None
    return image.astype(np.uint8)


def test_outside_is_dimmed_inside_is_not() -> None:
    image = opened(annotate(tag_jpeg(), QUAD))
    assert image[200, 20].mean() < 150
    assert image[65, 250].mean() > 200


def test_a_straightened_close_up_stands_below() -> None:
    photo = opened(tag_jpeg())
    upside_down = cv2.imencode(".jpg", cv2.rotate(photo, cv2.ROTATE_180))[1].tobytes()
    turned: Quad = tuple((319 - x, 239 - y) for x, y in QUAD)  # type: ignore[assignment]
    upright, flipped = annotate(tag_jpeg(), QUAD), annotate(upside_down, turned)
    strips = [opened(jpeg)[250:].astype(int) for jpeg in (upright, flipped)]
    assert strips[0].shape[0] > 40
    assert np.abs(strips[0] - strips[1]).mean() < 12


def test_a_large_photo_is_made_fit_for_a_phone() -> None:
    big = tag_jpeg(width=4000, height=3000)
    image = opened(annotate(big, QUAD))
    assert image.shape[1] == MAX_SIDE
    assert max(opened(annotate(big, None)).shape) == MAX_SIDE


def test_no_picture_is_an_error() -> None:
    for data in (b"", b"hello"):
        with pytest.raises(ValueError, match="picture"):
            annotate(data, QUAD)


coordinates = st.floats(-1e4, 1e4)
points = st.tuples(coordinates, coordinates)


@settings(max_examples=40, deadline=None)
@given(st.tuples(points, points, points, points))
def test_any_quad_can_be_drawn(quad: Quad) -> None:
    assert opened(annotate(tag_jpeg(), quad)).shape[1] == 320
