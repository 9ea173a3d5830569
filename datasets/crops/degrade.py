"""What a phone camera and a worn label do to a clean grey crop. All sizes in pixels.

Every function takes a uint8 grey picture and how it is treated, and returns a new one.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.crops.treatment import Rng, Treatment

Grey = NDArray[np.uint8]
Field = NDArray[np.float32]


def _clip(picture: NDArray[np.float32]) -> Grey:
    return np.clip(picture, 0, 255).astype(np.uint8)


def blur(picture: Grey, how: Treatment, glyph: float) -> Grey:
    """Defocus, motion or lens softness, for letters of height `glyph`."""
    rng = how.rng
    kind = rng.random()
    strength = float(rng.random() ** 1.5) * how.hard * glyph * how.settings.blur
    if strength < 0.25:
        return picture
    if kind < 0.55:
        return cv2.GaussianBlur(picture, (0, 0), strength).astype(np.uint8)
    if kind < 0.8:
        return _filter(picture, _disk(strength * 1.6))
    return _filter(picture, _motion(strength * 3.2, float(rng.uniform(0, np.pi))))


def _filter(picture: Grey, kernel: NDArray[np.float32]) -> Grey:
    return cv2.filter2D(picture, -1, kernel, borderType=cv2.BORDER_REPLICATE).astype(np.uint8)


def _disk(radius: float) -> NDArray[np.float32]:
    reach = max(1, int(np.ceil(radius)))
    ys, xs = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    kernel = np.clip(radius + 0.5 - np.hypot(xs, ys), 0, 1).astype(np.float32)
    return np.asarray(kernel / kernel.sum(), dtype=np.float32)


def _motion(length: float, angle: float) -> NDArray[np.float32]:
    reach = max(1, int(np.ceil(length / 2)))
    size = 2 * reach + 1
    kernel = np.zeros((size, size), np.float32)
    dx, dy = np.cos(angle) * length / 2, np.sin(angle) * length / 2
    start = (round((reach - dx) * 16), round((reach - dy) * 16))
    end = (round((reach + dx) * 16), round((reach + dy) * 16))
    cv2.line(kernel, start, end, 1.0, 1, cv2.LINE_AA, 4)
    return np.asarray(kernel / max(float(kernel.sum()), 1e-6), dtype=np.float32)


def light(picture: Grey, how: Treatment) -> Grey:
    """A gradient of light, a shadow's edge, a patch of glare."""
    out = picture.astype(np.float32)
    if how.rng.random() < 0.5:
        out *= 1 + _gradient(picture.shape, how.rng) * how.hard
    if how.chance(0.2):
        out *= 1 - _shadow(picture.shape, how.rng)
    if how.chance(0.25):
        # Factor by factor: any other order rounds to other pixels than a version's first ones.
        out += (255 - out) * _spot(picture.shape, how.rng) * how.rng.uniform(0.2, 0.85)
    if how.settings.half_glare and how.chance(how.settings.half_glare):
        out += (255 - out) * _half(picture.shape, how.rng) * how.rng.uniform(0.4, 0.9)
    return _clip(out)


def _half(shape: tuple[int, ...], rng: Rng) -> Field:
    """0..1: one side of a soft edge that may lean, as a lamp's reflection covers a line's half."""
    height, width = shape
    edge = rng.uniform(0.2, 0.8) * width + np.arange(height)[:, None] * rng.uniform(-1, 1)
    soft = rng.uniform(1, max(2.0, width / 5))
    side = 1 if rng.random() < 0.5 else -1
    lit = 1 / (1 + np.exp(np.clip(side * (np.arange(width)[None] - edge) / soft, -30, 30)))
    return np.asarray(lit.astype(np.float32))


def _gradient(shape: tuple[int, ...], rng: Rng) -> Field:
    height, width = shape
    across = np.linspace(-1, 1, width, dtype=np.float32)[None] * rng.uniform(-0.4, 0.4)
    down = np.linspace(-1, 1, height, dtype=np.float32)[:, None] * rng.uniform(-0.3, 0.3)
    return np.asarray(across + down)


def _shadow(shape: tuple[int, ...], rng: Rng) -> Field:
    """Darkness in 0..0.6 on one side of a soft edge."""
    height, width = shape
    edge = rng.uniform(0, width) + np.arange(height)[:, None] * rng.uniform(-2, 2)
    soft = rng.uniform(1, max(1.0, width / 8))
    dark = 1 / (1 + np.exp(np.clip(-(np.arange(width)[None] - edge) / soft, -30, 30)))
    return np.asarray(dark.astype(np.float32) * rng.uniform(0.1, 0.6))


def _spot(shape: tuple[int, ...], rng: Rng) -> Field:
    """An oval spot, 1 in its middle."""
    height, width = shape
    cx, cy = rng.uniform(0, width), rng.uniform(0, height)
    rx, ry = rng.uniform(0.05, 0.35) * width, rng.uniform(0.3, 1.2) * height
    ys, xs = np.mgrid[0:height, 0:width]
    spot = np.exp(-(((xs - cx) / rx) ** 2 + ((ys - cy) / ry) ** 2))
    return np.asarray(spot.astype(np.float32))


def tone(picture: Grey, how: Treatment) -> Grey:
    """Gamma and overall brightness."""
    rng, hard = how.rng, how.hard
    gamma = float(np.exp(rng.normal(0, 0.35 * hard)))
    out = (255 * (picture.astype(np.float32) / 255) ** gamma).astype(np.float32)
    if rng.random() < 0.3:
        out *= rng.uniform(1 - how.settings.darkening * hard, 1)
        out += rng.uniform(0, 40) * hard
    return _clip(out)


def noise(picture: Grey, how: Treatment) -> Grey:
    """Sensor noise, sometimes smeared as phones' denoising leaves it.

    Its strength follows the crop's own contrast: more would leave a label that nobody can read.
    """
    rng = how.rng
    low, high = np.percentile(picture, (3, 97))
    sigma = float(rng.random() ** 2) * how.settings.noise * how.hard * float(high - low)
    if sigma < 0.7:
        return picture
    grain = rng.standard_normal(picture.shape, dtype=np.float32) * sigma
    if rng.random() < 0.5:
        grain = cv2.GaussianBlur(grain, (0, 0), float(rng.uniform(0.4, 1.2))).astype(np.float32) * 2
    return _clip(picture + grain)


def sharpen(picture: Grey, how: Treatment) -> Grey:
    """The halo of a phone's own sharpening."""
    rng = how.rng
    if rng.random() > 0.35:
        return picture
    soft = cv2.GaussianBlur(picture, (0, 0), float(rng.uniform(0.8, 2.5))).astype(np.float32)
    return _clip(picture + (picture - soft) * rng.uniform(0.3, 1.8) * how.hard)


def jpeg(picture: Grey, how: Treatment) -> Grey:
    """Compressed once, as a messenger does."""
    rng = how.rng
    if rng.random() > 0.6:
        return picture
    quality = int(rng.uniform(95 - 70 * how.hard, 96))
    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)


def jagged(picture: Grey, how: Treatment) -> Grey:
    """Black and white only, in steps: a screen's or a cheap printer's letters, enlarged as is."""
    low, high = np.percentile(picture, (5, 95))
    level = float(low + (high - low) * how.rng.uniform(0.35, 0.65))
    steps = np.where(picture > level, high, low).astype(np.uint8)
    times = int(how.rng.integers(1, 4))
    size = (steps.shape[1] * times, steps.shape[0] * times)
    return np.asarray(cv2.resize(steps, size, interpolation=cv2.INTER_NEAREST), np.uint8)


def shrink(picture: Grey, how: Treatment, glyph: float) -> Grey:
    """Fewer pixels: letters of height `glyph` become 9 to 44 pixels high."""
    rng = how.rng
    smallest = 26 - 17 * how.hard
    target = float(rng.uniform(smallest, 44))
    scale = target / max(glyph, 1)
    if scale >= 1:
        return picture
    size = (max(8, round(picture.shape[1] * scale)), max(6, round(picture.shape[0] * scale)))
    method = cv2.INTER_AREA if rng.random() < 0.7 else cv2.INTER_LINEAR
    return cv2.resize(picture, size, interpolation=method).astype(np.uint8)
