"""The finder's training targets: CRAFT's maps from character quads, the code's place, direction.

Source: Baek et al., "Character Region Awareness for Text Detection" (2019), section 3.2: an
isotropic Gaussian warped into each character's quad, and into the affinity box between two
neighbouring characters. Our quads are exact, so no weak supervision is needed. The two further
maps are filled characters: what they are a part of, and where their line reads to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Map = NDArray[np.float32]
Quads = NDArray[np.float32]

_SIZE = 48
_SPREAD = 1.35  # a quad's edge lies this far out on the Gaussian's square


def _gaussian() -> Map:
    axis = np.linspace(-2.5, 2.5, _SIZE, dtype=np.float32)
    return np.asarray(np.exp(-(axis[None] ** 2 + axis[:, None] ** 2) / 2), dtype=np.float32)


_BLOB = _gaussian()
_BLOB_CORNERS = np.array([[0, 0], [_SIZE, 0], [_SIZE, _SIZE], [0, _SIZE]], np.float32)


def score_maps(words: Iterable[Quads], height: int, width: int) -> tuple[Map, Map]:
    """Region and affinity map (height, width) in 0..1 for words of Nx4x2 quads in map pixels."""
    region = np.zeros((height, width), np.float32)
    affinity = np.zeros((height, width), np.float32)
    for quads in words:
        for quad in quads:
            _stamp(region, quad)
        for quad in affinity_quads(quads):
            _stamp(affinity, quad)
    return region, affinity


@dataclass(frozen=True, slots=True)
class Truth:
    """Words of a patch (Nx4x2 character quads each) and the code's quad (4x2), in map pixels."""

    words: tuple[Quads, ...]
    code: Quads | None


def truth_maps(truth: Truth, side: int) -> Map:
    """(side, side, 5): region, affinity, code (0 or 1), direction x and y of unit length.

    Code and direction are given on characters only; both directions are 0 elsewhere.
    """
    region, affinity = score_maps(truth.words, side, side)
    along = np.zeros((side, side, 2), np.float32)
    text = np.zeros((side, side), np.uint8)
    for quads in truth.words:
        reach = (quads[-1, 1] + quads[-1, 2] - quads[0, 0] - quads[0, 3]) / 2
        x, y = (float(part) for part in reach / max(1e-6, float(np.hypot(*reach))))
        shapes = list(np.round(quads).astype(np.int32))
        cv2.fillPoly(along, shapes, (x, y))
        cv2.fillPoly(text, shapes, (1,))
    code = np.zeros((side, side), np.uint8)
    if truth.code is not None:
        cv2.fillPoly(code, [np.round(truth.code).astype(np.int32)], (1,))
    marked = (code & text).astype(np.float32)
    return np.dstack([region, affinity, marked, along]).astype(np.float32)


def affinity_quads(quads: Quads) -> Sequence[Quads]:
    """Boxes between neighbours; corners are the centres of a letter's upper and lower triangle."""
    centres = quads.mean(axis=1)
    upper = (quads[:, 0] + quads[:, 1] + centres) / 3
    lower = (quads[:, 2] + quads[:, 3] + centres) / 3
    return [
        np.stack([upper[i], upper[i + 1], lower[i + 1], lower[i]]) for i in range(len(quads) - 1)
    ]


def _stamp(canvas: Map, quad: Quads) -> None:
    height, width = canvas.shape
    spread = (quad - quad.mean(axis=0)) * _SPREAD + quad.mean(axis=0)
    low = np.maximum(np.floor(spread.min(axis=0)).astype(int) - 1, 0)
    high = np.minimum(np.ceil(spread.max(axis=0)).astype(int) + 2, (width, height))
    if (high <= low).any():
        return
    target = (spread - low).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(_BLOB_CORNERS, target)
    size = (int(high[0] - low[0]), int(high[1] - low[1]))
    blob = cv2.warpPerspective(_BLOB, matrix, size)
    part = canvas[low[1] : high[1], low[0] : high[0]]
    np.maximum(part, blob, out=part)
