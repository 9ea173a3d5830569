"""Pillow's many kinds of pixels to plain 8-bit RGB, in strips: large pictures stay bearable."""

from __future__ import annotations

import numpy as np
from PIL import Image

from recognizer.types import Pixels

_STRIP = 1_000_000  # pixels


def flattened(image: Image.Image, reduced: int = 1) -> Pixels:
    """HxWx3 RGB of a loaded image, `reduced` times smaller; alpha is laid on white."""
    width, height = image.size
    top = _top(image)
    pixels = np.empty((-(-height // reduced), -(-width // reduced), 3), np.uint8)
    rows = max(1, _STRIP // (width * reduced)) * reduced
    for y in range(0, height, rows):
        strip = _rgb(image.crop((0, y, width, min(y + rows, height))), top)
        if reduced > 1:
            strip = strip.reduce(reduced)
        begin = y // reduced
        pixels[begin : begin + strip.height] = np.asarray(strip, np.uint8)
    return pixels


def _top(image: Image.Image) -> float:
    """The value of white, where a pixel may have more than 8 bits."""
    if not _is_deep(image):
        return 255.0
    extrema = image.getextrema()
    return 65535.0 if float(np.max(np.asarray(extrema, np.float64))) > 255 else 255.0


def _is_deep(image: Image.Image) -> bool:
    return image.mode.startswith("I;16") or image.mode in {"I", "F"}


def _rgb(image: Image.Image, top: float) -> Image.Image:
    if _is_deep(image):
        values = np.asarray(image, np.float32) / top * 255
        return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8)).convert("RGB")
    if image.mode in {"RGBA", "LA", "PA", "RGBa", "La"} or "transparency" in image.info:
        ground = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(ground, image.convert("RGBA")).convert("RGB")
    return image.convert("RGB")
