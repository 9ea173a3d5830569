"""A contact sheet of drawn scenes with their quads, to look at."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from datasets.scenes.types import DrawnScene, Pixels

_CELL = 480


def overlaid(scene: DrawnScene) -> Pixels:
    """The photo with word quads (blue), characters (green) and the code (red) drawn in."""
    image = scene.image.copy()
    for word in scene.words:
        for quad in word.char_quads:
            _outline(image, quad, (60, 200, 90), 1)
        _outline(image, word.quad, (70, 110, 255) if word.inside else (160, 160, 160), 1)
    if scene.code_quad is not None:
        _outline(image, scene.code_quad, (255, 40, 40), 3)
        label = f"{scene.code} {scene.min_letter_px:.0f}px"
        cv2.putText(image, label, (12, 34), cv2.FONT_HERSHEY_SIMPLEX, 1.1, (255, 40, 40), 3)
    return image


def _outline(
    image: Pixels,
    quad: np.ndarray[tuple[int, ...], np.dtype[np.float32]],
    colour: tuple[int, int, int],
    thick: int,
) -> None:
    cv2.polylines(image, [np.round(quad).astype(np.int32)], True, colour, thick, cv2.LINE_AA)


def contact_sheet(scenes: Sequence[DrawnScene], columns: int = 4, quads: bool = True) -> Pixels:
    """All scenes in a grid, `columns` wide, each scaled into the same square cell."""
    rows = -(-len(scenes) // columns)
    sheet = np.full((rows * _CELL, columns * _CELL, 3), 24, np.uint8)
    for index, scene in enumerate(scenes):
        image = overlaid(scene) if quads else scene.image
        scale = (_CELL - 6) / max(image.shape[:2])
        small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        top, left = index // columns * _CELL, index % columns * _CELL
        sheet[top : top + small.shape[0], left : left + small.shape[1]] = small
    return sheet
