"""Where a person says that the code stands: four corners, checked before use."""

from __future__ import annotations

from storage.types import Quad

LARGEST_ID = 2**63 - 1
_LEAST_OF_SIDE, _MOST_OF_SIDE = -0.2, 1.2  # a frame may reach a little over the photo's edge
_LEAST_TURN = 1e-6  # of the photo's area: twice the smallest triangle at a corner


class BadMark(ValueError):
    """These are not four corners of a frame."""


def corners_of(value: object) -> Quad:
    """Four corners as shares of the photo's width and height, clockwise.

    Raises `BadMark` for anything else: other than four, not finite, far outside the photo, crossing
    themselves, bent inwards, flat, or the wrong way round (which would mirror the text).
    """
    if not isinstance(value, list | tuple) or len(value) != 4:
        raise BadMark("not four corners")
    first, second, third, fourth = (_corner(corner) for corner in value)
    quad = (first, second, third, fourth)
    if any(_turn(quad, place) < _LEAST_TURN for place in range(4)):
        raise BadMark("no frame with four corners, clockwise")
    return quad


def on_the_photo(quad: Quad) -> Quad:
    """The same corners, none of them beyond the photo's edge."""
    first, second, third, fourth = ((min(1, max(0, x)), min(1, max(0, y))) for x, y in quad)
    return (first, second, third, fourth)


def interaction_of(value: object) -> int:
    """The id of a row. Raises `BadMark`."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= LARGEST_ID:
        raise BadMark("no interaction")
    return value


def _corner(value: object) -> tuple[float, float]:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise BadMark("a corner has two numbers")
    x, y = (_share(number) for number in value)
    return x, y


def _share(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadMark("not a number")
    if not _LEAST_OF_SIDE <= value <= _MOST_OF_SIDE:  # NaN is nowhere
        raise BadMark("outside the photo")
    return float(value)


def _turn(quad: Quad, place: int) -> float:
    """How far the outline turns right at this corner; four right turns make a frame.

    Four points on a path that crosses itself cannot all turn right.
    """
    before, here, after = quad[place - 1], quad[place], quad[(place + 1) % 4]
    along = (here[0] - before[0], here[1] - before[1])
    onward = (after[0] - here[0], after[1] - here[1])
    return along[0] * onward[1] - along[1] * onward[0]
