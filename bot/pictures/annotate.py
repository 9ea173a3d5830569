"""Draws the found region on the photo, to be clear on a phone's screen.

The surroundings are dimmed, the region outlined, and the code that was read is written beside it,
upright for the viewer, never over the print. Print that is small or turned on the phone is shown
once more below, straightened and magnified, to be compared with the code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from bot.pictures.close_up import sides, straightened
from bot.pictures.nameplate import Image, QuadPoints, beside, blank, plate
from storage.types import Quad

MAX_SIDE = 1280
"""Longest side of the picture sent, in pixels: what phones show, and quick to send."""

PHONE = (360, 480)
"""Width and height that a chat on a phone gives a picture, in its own pixels."""

# In pixels of the phone.
_CORE, _HALO = 2.6, 1.4  # the outline, and what sets it off on either side
_THIN_CORE, _THIN_HALO = 1.1, 0.9  # the same around other candidates
_PLATE_GAP = 5.0  # between the outline and what stands beside it
_SMALL_LINE = 28.0  # a line lower than this is shown once more

_DIM = 0.6
_GREEN, _WHITE, _BLACK = (60, 220, 40), (235, 235, 235), (0, 0, 0)  # BGR
_UPRIGHT = 0.94  # cosine of the turn up to which print needs no straightening
_MAX_STRIP = 0.25  # of the photo's height
_FAR = 1e5  # pixels; quads beyond are not drawn
_JPEG_OPTIONS = [cv2.IMWRITE_JPEG_QUALITY, 85]


@dataclass(frozen=True, slots=True)
class Mark:
    """A region in pixels of the photo, and the code to write beside it (maybe none)."""

    quad: Quad
    code: str = ""


def annotate(jpeg: bytes, mark: Mark | None, others: Sequence[Quad] = ()) -> bytes:
    """The photo with the mark drawn in, and thinner the other candidates' quads, as JPEG.

    Quads are in pixels of `jpeg`. CPU work of some 20 ms: call it off the event loop. Without a
    mark the photo is only made smaller. Raises ValueError when the bytes are no picture.
    """
    image = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR_BGR) if jpeg else None
    if image is None:
        raise ValueError("not a picture")
    photo = image.astype(np.uint8, copy=False)
    small, scale = _shrink(photo)
    if mark is None or not _drawable(corners := _corners(mark.quad)):
        return _encode(small)
    unit = max(small.shape[1] / PHONE[0], small.shape[0] / PHONE[1])
    rest = [quad * scale for quad in map(_corners, others) if _drawable(quad)]
    marked = _mark(small, corners * scale, rest, unit)
    marked = _named(marked, small, mark.code, corners * scale, rest, unit)
    strip = _close_up(photo, corners, scale / unit, small.shape)
    return _encode(marked if strip is None else np.vstack([marked, strip]))


def _corners(quad: Quad) -> QuadPoints:
    return np.clip(np.asarray(quad, np.float64), -2 * _FAR, 2 * _FAR).astype(np.float32)


def _drawable(corners: QuadPoints) -> bool:
    return bool(np.isfinite(corners).all() and (np.abs(corners) < _FAR).all())


def _shrink(image: Image) -> tuple[Image, float]:
    scale = MAX_SIDE / max(image.shape[:2])
    if scale >= 1:
        return image, 1.0
    size = (max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale)))
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False), scale


def _mark(image: Image, corners: QuadPoints, others: Sequence[QuadPoints], unit: float) -> Image:
    outline = _outline(corners, unit)
    inside = np.zeros(image.shape[:2], np.uint8)
    cv2.fillPoly(inside, [np.round(outline).astype(np.int32)], 255)
    dimmed = cv2.convertScaleAbs(image, alpha=_DIM)
    marked = np.where(inside[:, :, None] > 0, image, dimmed).astype(np.uint8, copy=False)
    for other in others:
        if not _same(other, corners):
            _draw(marked, _grown(other, unit), _WHITE, _THIN_CORE * unit, _THIN_HALO * unit)
    _draw(marked, outline, _GREEN, _CORE * unit, _HALO * unit)
    return marked


def _draw(
    image: Image, outline: QuadPoints, colour: tuple[int, int, int], core: float, halo: float
) -> None:
    points = [np.round(outline).astype(np.int32)]
    cv2.polylines(image, points, True, _BLACK, max(3, round(core + 2 * halo)), cv2.LINE_AA)
    cv2.polylines(image, points, True, colour, max(1, round(core)), cv2.LINE_AA)


def _outline(corners: QuadPoints, unit: float) -> QuadPoints:
    """The middle of the first candidate's outline: clear of the print."""
    return _grown(corners, (_CORE / 2 + _HALO + 0.5) * unit)


def _grown(corners: QuadPoints, least: float) -> QuadPoints:
    """The quad with a margin on all sides, so that the outline does not lie on the print."""
    along = _direction(corners[1] - corners[0] + corners[2] - corners[3], (1.0, 0.0))
    across = _direction(corners[3] - corners[0] + corners[2] - corners[1], (-along[1], along[0]))
    margin = max(least, 0.2 * min(_side(corners, 0, 1), _side(corners, 1, 2)))
    signs = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], np.float32)
    grown = corners + margin * (signs[:, :1] * along + signs[:, 1:] * across)
    return grown.astype(np.float32)


def _direction(vector: NDArray[np.float32], otherwise: tuple[float, float]) -> QuadPoints:
    length = float(np.linalg.norm(vector))
    return vector / length if length > 1e-3 else np.array(otherwise, np.float32)


def _side(corners: QuadPoints, start: int, end: int) -> float:
    return float(np.linalg.norm(corners[start] - corners[end]))


def _same(one: QuadPoints, other: QuadPoints) -> bool:
    """Whether two candidates were read in the same place."""
    reach = 0.5 * min(_side(other, 0, 1), _side(other, 1, 2))
    return float(np.linalg.norm(one.mean(axis=0) - other.mean(axis=0))) < max(2.0, reach)


def _named(  # noqa: PLR0913, PLR0917
    image: Image,
    photo: Image,
    code: str,
    corners: QuadPoints,
    others: Sequence[QuadPoints],
    unit: float,
) -> Image:
    """The picture with the code's plate beside the region, or below where no place is free.

    `photo` is the picture before anything was drawn into it.
    """
    name = plate(code, unit, image.shape[1])
    if name is None:
        return image
    outline = _grown(_outline(corners, unit), (_CORE / 2 + _HALO) * unit)
    place = beside(outline, others, name, photo, round(_PLATE_GAP * unit))
    if place is None:
        gap = round(_PLATE_GAP * unit)
        image = np.vstack([image, blank(image.shape[1], name.shape[0] + 2 * gap)])
        place = ((image.shape[1] - name.shape[1]) // 2, image.shape[0] - name.shape[0] - gap)
    left, top = place
    image[top : top + name.shape[0], left : left + name.shape[1]] = name
    return image


def _close_up(
    photo: Image, corners: QuadPoints, shown: float, size: tuple[int, ...]
) -> Image | None:
    """The region straightened and magnified into a band as wide as the picture of this `size`.

    None where the print is clear as it stands (`shown` is phone pixels per pixel of `photo`), or
    the quad is degenerate.
    """
    along, across = sides(corners)
    width, max_height = size[1], int(size[0] * _MAX_STRIP)
    if min(along, across) < 4 or max_height < 16:
        return None
    upright = float(corners[1, 0] - corners[0, 0] + corners[2, 0] - corners[3, 0]) / (2 * along)
    if across * shown >= _SMALL_LINE and upright >= _UPRIGHT:
        return None
    scale = min(width * 0.9 / along, max_height * 0.7 / across)
    height = round(across * scale / 0.7)
    band = straightened(photo, corners, scale, (width, height))
    cv2.line(band, (0, 0), (width, 0), _GREEN, max(3, height // 40))
    return band


def _encode(image: Image) -> bytes:
    done, data = cv2.imencode(".jpg", image, _JPEG_OPTIONS)
    if not done:
        raise ValueError("the picture cannot be encoded")
    return data.tobytes()
