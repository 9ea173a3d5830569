"""A finished crop made poorer at the size the network sees: what small, far and hasty photos do.

The generator's own steps work on letters of 9 to 44 pixels and in the order of a camera. Real
crops that readers fail on are worse: enlarged from few pixels, sharpened with a halo, compressed
twice, lit from one side.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.reading.input import CROP_HEIGHT, CROP_WIDTH

Grey = NDArray[np.uint8]
Rng = np.random.Generator

# Shares of crops, and how far each step goes; all of a crop's own difficulty.
SHRUNK, SMALLEST = 0.6, 0.25  # of the network's height and width that is left
BLURRED, SOFTEST = 0.5, 1.8  # pixels of the network's input, standard deviation
HALOED, HALO = 0.3, (0.5, 2.5)  # of what a blur takes away, given back
SQUASHED, QUALITY = 0.4, (12, 60)  # of JPEG
UNEVEN, FALL = 0.5, 0.6  # of the light that is left at a line's dark end, at least 1 - FALL
GRAIN = 10.0  # grey levels, at most


def poorer(picture: Grey, rng: Rng, hard: float) -> Grey:
    """An HxW grey crop at the network's size, `hard` in 0..1 the worst that may come."""
    out = _resized(picture, CROP_WIDTH, CROP_HEIGHT)
    if rng.random() < SHRUNK:
        left = 1 - float(rng.uniform(0.3, 1 - SMALLEST)) * hard
        small = _resized(out, round(CROP_WIDTH * left), max(8, round(CROP_HEIGHT * left)))
        out = _resized(small, CROP_WIDTH, CROP_HEIGHT)
    if rng.random() < BLURRED:
        soft = 0.4 + (SOFTEST - 0.4) * float(rng.random()) * hard
        out = np.asarray(cv2.GaussianBlur(out, (0, 0), soft), np.uint8)
    values = out.astype(np.float64)
    if rng.random() < HALOED:
        blurred = cv2.GaussianBlur(values, (0, 0), float(rng.uniform(0.8, 2.0)))
        values = values + (values - blurred) * float(rng.uniform(*HALO))
    if rng.random() < UNEVEN:
        values = values * _falling(rng, hard)
    values = values + rng.normal(0, GRAIN * hard * rng.random(), values.shape)
    found = np.clip(values, 0, 255).astype(np.uint8)
    if rng.random() < SQUASHED:
        quality = int(rng.integers(*QUALITY))
        _, data = cv2.imencode(".jpg", found, [cv2.IMWRITE_JPEG_QUALITY, quality])
        found = np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)
    return found


def _resized(picture: Grey, width: int, height: int) -> Grey:
    shrinking = picture.shape[0] > height and picture.shape[1] > width
    method = cv2.INTER_AREA if shrinking else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(picture, (width, height), interpolation=method), np.uint8)


def _falling(rng: Rng, hard: float) -> NDArray[np.float32]:
    """(1, width) light from 1 down to what is left at one end."""
    light = np.linspace(1, 1 - FALL * hard * rng.random(), CROP_WIDTH, dtype=np.float32)
    return np.asarray(light[None] if rng.random() < 0.5 else light[None, ::-1])
