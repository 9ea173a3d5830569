"""Draws the found region on the photo, to be clear on a phone's screen.

The surroundings are dimmed, the region outlined, and a straightened close-up of it is put
under the photo, so that print of any size and direction can be compared with the code.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from storage.types import Quad

MAX_SIDE = 1280
"""Longest side of the picture sent, in pixels: what phones show, and quick to send."""

_DIM = 0.55
_GREEN = (60, 220, 40)  # BGR
_BLACK = (0, 0, 0)
_MAX_STRIP = 0.35  # of the photo's height
_QUALITY = [cv2.IMWRITE_JPEG_QUALITY, 85]

_Image = NDArray[np.uint8]
_Points = NDArray[np.float32]


def annotate(jpeg: bytes, quad: Quad | None) -> bytes:
    """The photo with the region marked, as JPEG; `quad` is in pixels of `jpeg`.

    CPU work of some 10 ms: call it off the event loop. Without a quad the photo is only made
    smaller. Raises ValueError when the bytes are no picture.
    """
    image = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR_BGR) if jpeg else None
    if image is None:
        raise ValueError("not a picture")
    photo = image.astype(np.uint8, copy=False)
    if quad is None:
        return _encode(_shrink(photo)[0])
    corners = np.asarray(quad, np.float32)
    small, scale = _shrink(photo)
    marked = _mark(small, corners * scale)
    strip = _close_up(photo, corners, small.shape[1], int(small.shape[0] * _MAX_STRIP))
    return _encode(marked if strip is None else np.vstack([marked, strip]))


def _shrink(image: _Image) -> tuple[_Image, float]:
    scale = MAX_SIDE / max(image.shape[:2])
    if scale >= 1:
        return image, 1.0
    size = (max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale)))
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False), scale


def _mark(image: _Image, corners: _Points) -> _Image:
    grown = _grown(corners)
    outline = [np.round(grown).astype(np.int32)]
    inside = np.zeros(image.shape[:2], np.uint8)
    cv2.fillPoly(inside, outline, 255)
    dimmed = cv2.convertScaleAbs(image, alpha=_DIM)
    marked = np.where(inside[:, :, None] > 0, image, dimmed)
    width = max(3, max(image.shape[:2]) // 200)
    cv2.polylines(marked, outline, True, _BLACK, width * 2, cv2.LINE_AA)
    cv2.polylines(marked, outline, True, _GREEN, width, cv2.LINE_AA)
    return marked


def _grown(corners: _Points) -> _Points:
    """The quad with a margin, so that the outline does not lie on the print."""
    centre = corners.mean(axis=0)
    away = corners - centre
    length = np.maximum(np.linalg.norm(away, axis=1, keepdims=True), 1e-3)
    margin = 0.35 * min(_side(corners, 0, 1), _side(corners, 1, 2)) + 2
    grown: _Points = (centre + away * (1 + margin / length)).astype(np.float32)
    return grown


def _side(corners: _Points, start: int, end: int) -> float:
    return float(np.linalg.norm(corners[start] - corners[end]))


def _close_up(photo: _Image, corners: _Points, width: int, max_height: int) -> _Image | None:
    """The region straightened and magnified into a band `width` wide; None if degenerate."""
    along = _side(corners, 0, 1) + _side(corners, 2, 3)
    across = _side(corners, 1, 2) + _side(corners, 3, 0)
    if min(along, across) < 8 or max_height < 16 or not np.isfinite(corners).all():
        return None
    scale = min(width * 0.9 / along, max_height * 0.7 / across)
    band_width, band_height = along * scale, across * scale
    height = round(band_height / 0.7)
    left, top = (width - band_width) / 2, (height - band_height) / 2
    right, bottom = left + band_width, top + band_height
    target = np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target)
    band = cv2.warpPerspective(
        photo, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    ).astype(np.uint8, copy=False)
    cv2.line(band, (0, 0), (width, 0), _GREEN, max(3, height // 40))
    return band


def _encode(image: _Image) -> bytes:
    done, data = cv2.imencode(".jpg", image, _QUALITY)
    if not done:
        raise ValueError("the picture cannot be encoded")
    return data.tobytes()
