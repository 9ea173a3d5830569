"""A label on the thing it belongs to: sewn onto a tongue, stuck on the end of a box."""

from __future__ import annotations

import random
from dataclasses import replace

import cv2
import numpy as np

from datasets.scenes.labels.render import FlatLabel
from datasets.scenes.materials.ink import mixed
from datasets.scenes.materials.surfaces import surface
from datasets.scenes.types import Pixels

_SEWN_ON = ("leather", "mesh", "cloth", "cardboard", "plain")  # those that both splits show
_MOST_PX = 1500


def on_its_thing(rng: random.Random, label: FlatLabel, scale: float) -> FlatLabel:
    """The label in the middle of a larger piece of leather, mesh or cardboard, with its seam.

    The words move along. A label that is too large already comes back as it is.
    """
    h, w = label.alpha.shape
    rims = [round(rng.uniform(0.1, 0.7) * min(h, w) + 0.3 * scale) for _ in range(4)]
    left, right, above, below = rims
    height, width = h + above + below, w + left + right
    if max(height, width) > _MOST_PX:
        return label
    kind = rng.choice(_SEWN_ON)
    thing = surface(rng, kind, height, width, half=True)
    inner = (slice(above, above + h), slice(left, left + w))
    thing = _shadowed(thing, label.alpha, (left, above), scale)
    blank = thing.copy()
    for image, print_ in ((thing, label.rgb), (blank, label.blank)):
        image[inner] = mixed(print_, np.ascontiguousarray(image[inner]), label.alpha)
    _seam(rng, thing, (left, above, w, h), scale)
    move = np.array((left, above), np.float32)
    moved = [replace(word, quads=word.quads + move) for word in label.words]
    return FlatLabel(thing, _outline(rng, kind, height, width), blank, tuple(moved))


def _shadowed(thing: Pixels, alpha: Pixels, at: tuple[int, int], scale: float) -> Pixels:
    """The thing, a little darker around the label that lies on it."""
    height, width = thing.shape[:2]
    mask = np.zeros((height, width), np.uint8)
    mask[at[1] : at[1] + alpha.shape[0], at[0] : at[0] + alpha.shape[1]] = alpha
    side = max(3, round(scale * 0.2)) | 1
    gain = cv2.convertScaleAbs(cv2.blur(mask, (side, side)), alpha=-0.35, beta=255)
    dark = cv2.multiply(thing, cv2.merge((gain, gain, gain)), scale=1 / 255)
    return np.asarray(dark, np.uint8)


def _seam(
    rng: random.Random, image: Pixels, place: tuple[int, int, int, int], scale: float
) -> None:
    """Stitches just inside the label's rim, on two or four sides; often none."""
    if rng.random() < 0.5:
        return
    left, top, w, h = place
    inset, dash = max(1, int(0.1 * scale)), max(3, int(rng.uniform(0.2, 0.5) * scale))
    thick, tone = max(1, int(0.06 * scale)), rng.choice((30, 110, 200, 245))
    lines = [((left, y), (left + w, y)) for y in (top + inset, top + h - inset)]
    if rng.random() < 0.6:
        lines += [((x, top), (x, top + h)) for x in (left + inset, left + w - inset)]
    for (x0, y0), (x1, y1) in lines:
        count = max(1, (x1 - x0 + y1 - y0) // (2 * dash))
        for index in range(count):
            a, b = index / count, (index + 0.55) / count
            first = (round(x0 + (x1 - x0) * a), round(y0 + (y1 - y0) * a))
            second = (round(x0 + (x1 - x0) * b), round(y0 + (y1 - y0) * b))
            cv2.line(image, first, second, (tone, tone, tone), thick, cv2.LINE_AA)


def _outline(rng: random.Random, kind: str, height: int, width: int) -> Pixels:
    """A box's end has corners; a tongue is round at the top and often leaves the photo."""
    alpha = np.zeros((height, width), np.uint8)
    if kind in {"cardboard", "plain"}:
        alpha[:] = 255
        return alpha
    radius = round(min(height, width) * rng.uniform(0.1, 0.3))  # less than any letter is away
    cv2.rectangle(alpha, (radius, 0), (width - radius, height), (255,), -1)
    cv2.rectangle(alpha, (0, radius), (width, height - radius), (255,), -1)
    for x in (radius, width - radius):
        for y in (radius, height - radius):
            cv2.circle(alpha, (x, y), radius, (255,), -1)
    return alpha
