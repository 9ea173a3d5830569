"""What a phone camera and a worn label do to a clean grey crop. All sizes in pixels.

Every function takes a uint8 grey picture and a generator and returns a new one; `hard` in 0..1
says how far it may go.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from training.crops.settings import CropSettings

Grey = NDArray[np.uint8]
Rng = np.random.Generator


def _clip(picture: NDArray[np.float32]) -> Grey:
    return np.clip(picture, 0, 255).astype(np.uint8)


def blur(picture: Grey, rng: Rng, hard: float, glyph: float, reach: float = 0.1) -> Grey:
    """Defocus, motion or lens softness, up to `reach` of the letters' height `glyph`."""
    kind = rng.random()
    strength = float(rng.random() ** 1.5) * hard * glyph * reach
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


def light(picture: Grey, rng: Rng, hard: float) -> Grey:
    """A gradient of light, a shadow's edge, a patch of glare."""
    height, width = picture.shape
    out = picture.astype(np.float32)
    if rng.random() < 0.5:
        ramp = np.linspace(-1, 1, width, dtype=np.float32)[None] * rng.uniform(-0.4, 0.4)
        ramp = ramp + np.linspace(-1, 1, height, dtype=np.float32)[:, None] * rng.uniform(-0.3, 0.3)
        out *= 1 + ramp * hard
    if rng.random() < 0.2 * hard:
        edge = rng.uniform(0, width) + np.arange(height)[:, None] * rng.uniform(-2, 2)
        soft = rng.uniform(1, width / 8)
        dark = 1 / (1 + np.exp(np.clip(-(np.arange(width)[None] - edge) / soft, -30, 30)))
        out *= 1 - dark.astype(np.float32) * rng.uniform(0.1, 0.6)
    if rng.random() < 0.25 * hard:
        cx, cy = rng.uniform(0, width), rng.uniform(0, height)
        rx, ry = rng.uniform(0.05, 0.35) * width, rng.uniform(0.3, 1.2) * height
        ys, xs = np.mgrid[0:height, 0:width]
        spot = np.exp(-(((xs - cx) / rx) ** 2 + ((ys - cy) / ry) ** 2)).astype(np.float32)
        out += (255 - out) * spot * rng.uniform(0.2, 0.85)
    return _clip(out)


def tone(picture: Grey, rng: Rng, hard: float, settings: CropSettings) -> Grey:
    """Gamma and overall brightness."""
    gamma = float(np.exp(rng.normal(0, 0.35 * hard)))
    out = (255 * (picture.astype(np.float32) / 255) ** gamma).astype(np.float32)
    if rng.random() < 0.3:
        out *= rng.uniform(1 - settings.darkening * hard, 1)
        out += rng.uniform(0, 40) * hard
    return _clip(out)


def noise(picture: Grey, rng: Rng, hard: float, settings: CropSettings) -> Grey:
    """Sensor noise, sometimes smeared as phones' denoising leaves it.

    Its strength follows the crop's own contrast: more would leave a label that nobody can read.
    """
    low, high = np.percentile(picture, (3, 97))
    sigma = float(rng.random() ** 2) * settings.noise * hard * float(high - low)
    if sigma < 0.7:
        return picture
    grain = rng.standard_normal(picture.shape, dtype=np.float32) * sigma
    if rng.random() < 0.5:
        grain = cv2.GaussianBlur(grain, (0, 0), float(rng.uniform(0.4, 1.2))).astype(np.float32) * 2
    return _clip(picture + grain)


def sharpen(picture: Grey, rng: Rng, hard: float, _: CropSettings) -> Grey:
    """The halo of a phone's own sharpening."""
    if rng.random() > 0.35:
        return picture
    soft = cv2.GaussianBlur(picture, (0, 0), float(rng.uniform(0.8, 2.5))).astype(np.float32)
    return _clip(picture + (picture - soft) * rng.uniform(0.3, 1.8) * hard)


def jpeg(picture: Grey, rng: Rng, hard: float, _: CropSettings) -> Grey:
    """Compressed once, as a messenger does."""
    if rng.random() > 0.6:
        return picture
    quality = int(rng.uniform(95 - 70 * hard, 96))
    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)


def shrink(picture: Grey, rng: Rng, hard: float, glyph: float) -> Grey:
    """Fewer pixels: letters of 9 to 40 pixels' height."""
    smallest = 26 - 17 * hard
    target = float(rng.uniform(smallest, 44))
    scale = target / max(glyph, 1)
    if scale >= 1:
        return picture
    size = (max(8, round(picture.shape[1] * scale)), max(6, round(picture.shape[0] * scale)))
    method = cv2.INTER_AREA if rng.random() < 0.7 else cv2.INTER_LINEAR
    return cv2.resize(picture, size, interpolation=method).astype(np.uint8)
