"""CRAFT's training targets: region and affinity maps from character quads.

Source: Baek et al., "Character Region Awareness for Text Detection" (2019), section 3.2: an
isotropic Gaussian warped into each character's quad, and into the affinity box between two
neighbouring characters. Our quads are exact, so no weak supervision is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
