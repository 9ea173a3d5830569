"""Surfaces that tags lie on or are printed on, in the colours such things have."""

from __future__ import annotations

import random

import cv2
import numpy as np

from datasets.scenes.materials.textures import TEXTURES
from datasets.scenes.types import Pixels

Colour = tuple[int, int, int]

_RAMPS: dict[str, tuple[tuple[Colour, Colour], ...]] = {
    "cloth": (
        ((10, 10, 12), (60, 60, 66)), ((150, 150, 150), (245, 245, 245)),
        ((30, 40, 80), (90, 110, 160)), ((120, 20, 25), (210, 80, 80)),
        ((150, 130, 100), (235, 220, 195)), ((70, 70, 72), (165, 165, 168)),
        ((30, 60, 40), (110, 150, 120)), ((170, 110, 130), (250, 205, 215)),
    ),
    "leather": (
        ((12, 11, 10), (70, 66, 62)), ((180, 178, 172), (250, 248, 244)),
        ((70, 40, 20), (170, 115, 70)), ((100, 90, 80), (200, 188, 172)),
    ),
    "cardboard": (
        ((130, 95, 60), (205, 170, 125)), ((180, 70, 20), (250, 130, 50)),
        ((20, 20, 22), (75, 75, 78)), ((160, 160, 158), (245, 245, 242)),
        ((30, 60, 120), (80, 130, 200)), ((150, 20, 25), (215, 60, 60)),
    ),
    "wood": (((90, 55, 25), (200, 150, 95)), ((150, 120, 85), (235, 212, 178)),
             ((50, 35, 25), (130, 95, 70))),
    "skin": (((170, 115, 90), (250, 205, 180)), ((205, 150, 130), (255, 225, 208)),
             ((110, 70, 50), (200, 145, 115))),
    "plain": (((130, 130, 132), (250, 250, 250)), ((20, 20, 24), (110, 110, 118)),
              ((140, 120, 110), (235, 220, 212)), ((60, 80, 110), (170, 190, 215))),
}  # fmt: skip
# Textures without ramps of their own take those of what they are made of.
_MADE_OF = {
    "mesh": "cloth", "knit": "cloth", "net": "cloth", "carpet": "cloth", "rubber": "leather",
    "perforated": "leather", "tiles": "plain", "stripes": "plain", "stone": "plain",
}  # fmt: skip
KINDS = tuple(TEXTURES)


def surface(
    rng: random.Random, kind: str, height: int, width: int, half: bool | None = None
) -> Pixels:
    """A surface of this kind, HxWx3 uint8; `half` draws it at half size, soft (None: mostly)."""
    half = rng.random() < 0.7 if half is None else half  # out of focus, and faster
    rows, columns = ((height + 1) // 2, (width + 1) // 2) if half else (height, width)
    tex = TEXTURES[kind](rng, rows, columns)
    grey = cv2.convertScaleAbs(np.maximum(tex, -128), alpha=1.0, beta=128.0)
    dark, light = rng.choice(_RAMPS[_MADE_OF.get(kind, kind)])
    jitter = [rng.uniform(-18, 18) for _ in range(3)]
    steps = np.linspace(0, 1, 256)[:, None]
    ramp = np.array(dark) * (1 - steps) + np.array(light) * steps + np.array(jitter)
    lut = np.clip(ramp, 0, 255).astype(np.uint8).reshape(256, 1, 3)
    image = cv2.LUT(cv2.merge((grey, grey, grey)), lut)
    if half:
        image = cv2.resize(image, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(image, np.uint8)
