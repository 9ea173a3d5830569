"""Parts of a photo, turned and enlarged: what is found there lies where it is on the photo."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer.finding.finder import Finder
from recognizer.looking.again.enlarged import SmallPrint
from recognizer.looking.again.turned_part import TurnedPart
from recognizer.photo.part import Rectangle
from recognizer.types import Photo, Quad, TextRegion
from tests.recognizer.test_plan import tag
from tests.recognizer.test_single_lines import Watched, covered, part, printed


@pytest.fixture(scope="module")
def network() -> Watched:
    return Watched()


def region(quad: Quad) -> TextRegion:
    return TextRegion(quad, 0.9, code=0.9)


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
@pytest.mark.parametrize("height", [18, 50, 200])
@pytest.mark.parametrize("angle", [0.0, 90.0, 200.0])
def test_a_line_is_found_whichever_way_the_photo_is_turned(
    network: Watched, quarters: int, height: int, angle: float
) -> None:
    photo, corners = printed(height, angle)
    first = region(part(corners, 0, 0.6, 0.3))  # as poor as a first look may be
    found = TurnedPart(Finder(network), quarters).regions(photo, [first])
    seen = [covered(corners, one.quad) for one in found]
    assert sum(true for true, own in seen if own > 0.55) > 0.85  # maybe in pieces, but there
    if quarters != 2:  # by half, serving never turns it
        true, own = max(seen, key=min)
        assert true > 0.9
        assert own > 0.55  # with the air that readers want


@pytest.mark.parametrize("quarters", [0, 2])
def test_directed_lines_keep_where_they_begin(network: Watched, quarters: int) -> None:
    photo = tag(32).photo
    finder = Finder(network)
    first = finder.find(photo)
    found = [one for one in TurnedPart(finder, quarters).regions(photo, first) if one.directed]
    assert found
    assert all(one.quad[1][0] > one.quad[0][0] for one in found)


@pytest.mark.parametrize("size", [(1, 1), (4000, 3000), (3000, 60), (40, 3000)])
def test_the_network_sees_no_more_than_it_may(network: Watched, size: tuple[int, int]) -> None:
    width, height = size
    photo = Photo(np.full((height, width, 3), 200, np.uint8))
    whole = region(((0.0, 0.0), (float(width), 0.0), (width, 9.0), (0.0, 9.0)))
    finder = Finder(network)
    network.shown.clear()
    for look in (TurnedPart(finder, 1), TurnedPart(finder, 2), SmallPrint(finder)):
        look.regions(photo, [whole])
    assert all(rows * columns <= 0.95 * finder.side**2 for rows, columns, _ in network.shown)


def test_without_a_likely_line_nothing_is_looked_at(network: Watched) -> None:
    photo, corners = printed(40, 0.0)
    unlikely = TextRegion(part(corners, 0, 1, 0), 0.9, code=0.01)
    network.shown.clear()
    assert TurnedPart(Finder(network), 2).regions(photo, [unlikely]) == []
    assert TurnedPart(Finder(network), 2).regions(photo, []) == []
    assert SmallPrint(Finder(network)).regions(photo, [unlikely]) == []
    assert not network.shown


def test_only_small_print_is_enlarged(network: Watched) -> None:
    finder = Finder(network)
    large, corners = printed(60, 0.0)
    assert SmallPrint(finder).regions(large, [region(part(corners, 0, 1, 0))]) == []
    small, corners = printed(14, 0.0)
    roomy = np.full((1500, 2000, 3), 215, np.uint8)
    roomy[: small.height, : small.width] = small.pixels
    found = SmallPrint(finder).regions(Photo(roomy), [region(part(corners, 0, 1, 0))])
    assert max(covered(corners, one.quad)[0] for one in found) > 0.9


class Dot:
    """Maps with one word in the middle of the brightest pixels of a dark picture."""

    version = "dot"

    def __call__(self, photo: np.ndarray) -> np.ndarray:
        """See `MapsNetwork`."""
        seen = photo.mean(axis=2)
        maps = np.zeros((seen.shape[0] // 2, seen.shape[1] // 2, 2), np.float32)
        small = cv2.resize(seen, (maps.shape[1], maps.shape[0]), interpolation=cv2.INTER_AREA)
        maps[..., 0] = small > small.mean() + (small.max() - small.mean()) / 2
        return maps


@given(
    st.integers(0, 3),
    st.tuples(st.integers(40, 300), st.integers(40, 200)),
    st.tuples(st.integers(0, 80), st.integers(0, 60)),
    st.sampled_from([0.5, 1.0, 2.0]),
)
def test_places_come_back_from_every_turn(
    quarters: int, at: tuple[int, int], corner: tuple[int, int], scale: float
) -> None:
    (x, y), (left, top) = at, corner
    pixels = np.zeros((300, 400, 3), np.uint8)
    x, y = max(x, left + 30), max(y, top + 20)
    cv2.rectangle(pixels, (x - 20, y - 8), (x + 20, y + 8), (255, 255, 255), -1)
    part = Rectangle(left, top, 400, 300).of(Photo(pixels), quarters)
    found = [part.region(one) for one in Finder(Dot()).find(part.photo, scale)]
    assert len(found) == 1
    middle = np.mean(found[0].quad, axis=0)
    assert np.abs(middle - (x, y)).max() < 3 / scale + 1
