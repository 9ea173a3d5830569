"""Where a label lies in the photo, how it gets there, and which of its words stay visible."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.scenes.camera.geometry import Warp, random_bend, view
from datasets.scenes.labels.render import FlatLabel
from datasets.scenes.strain import chance
from datasets.scenes.types import Pixels, Points, Word

TURNED_SHARE = 0.3
ASKEW_SHARE = 0.06  # at difficulty 1
_ALONG_EDGE = np.linspace(0, 1, 9)


@dataclass(frozen=True, slots=True)
class Frame:
    """The photo's size, and where in it (0..1) a label goes; `place` None is a main label."""

    width: int
    height: int
    place: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Laid:
    """A flat label with the warp that lays it into the photo."""

    flat: FlatLabel
    warp: Warp

    def outline(self) -> Points:
        """Points of the label's area in the photo, its rim among them."""
        h, w = self.flat.rgb.shape[:2]
        grid = np.stack(np.meshgrid(_ALONG_EDGE * w, _ALONG_EDGE * h), axis=-1).reshape(-1, 2)
        return self.warp.forward(grid.astype(np.float32))

    def covers(self, points: Points) -> NDArray[np.bool_]:
        """Which of these photo points (...x2) lie under the label."""
        h, w = self.flat.alpha.shape
        flat = self.warp.backward(points)
        cells = np.clip(np.round(flat), -1, (w, h)).astype(int)
        x, y = cells[..., 0], cells[..., 1]
        within = (x >= 0) & (x < w) & (y >= 0) & (y < h)
        alpha = self.flat.alpha[np.where(within, y, 0), np.where(within, x, 0)]
        return np.asarray(within & (alpha > 40), np.bool_)


@dataclass(frozen=True, slots=True)
class Shown:
    """A word in the photo; `code[i]` says whether its character i belongs to the code."""

    word: Word
    code: tuple[bool, ...]


def lay(
    rng: random.Random, flat: FlatLabel, frame: Frame, letter: float, difficulty: float
) -> Laid:
    """Bend, tilt and place `flat` so that its code's letters come out `letter` pixels high."""
    h, w = flat.rgb.shape[:2]
    bend = random_bend(rng, w, h, difficulty)
    middle = bend.forward(np.array([_anchor(flat)]))[0]
    spread = math.radians(8 + 30 * difficulty) / 2
    roll = _roll(rng, difficulty)
    tilt = _limited((rng.gauss(0, spread), rng.gauss(0, spread)))
    focal = max(frame.width, frame.height) * rng.uniform(1.0, 1.8)
    tilted = view(tilt, roll, math.exp(rng.gauss(0, 0.05)), focal)
    shift = np.array([[1, 0, -middle[0]], [0, 1, -middle[1]], [0, 0, 1]], np.float64)
    warp = Warp(bend, tilted @ shift)
    warp = warp.moved(0, 0, letter / max(1.0, _letter_height(flat, warp, letter)))
    return Laid(flat, _placed(rng, Laid(flat, warp), frame))


def _roll(rng: random.Random, difficulty: float) -> float:
    """The angle of the print in the photo: nearly level, turned by a quarter or half, or askew."""
    degrees = rng.gauss(0, 2 + 6 * difficulty)
    form = rng.random()
    if form < TURNED_SHARE:
        degrees += rng.choice((90, 180, 270))
    elif form < TURNED_SHARE + chance(ASKEW_SHARE, difficulty):
        degrees = rng.uniform(-180, 180)
    return math.radians(degrees)


def _limited(tilt: tuple[float, float]) -> tuple[float, float]:
    most = math.radians(44)
    return max(-most, min(most, tilt[0])), max(-most, min(most, tilt[1]))


def code_points(flat: FlatLabel) -> Points | None:
    """The corners of the code's character quads on the flat label, 4Nx2; None without a code."""
    quads = [w.quads[i] for w in flat.words for i, is_code in enumerate(w.code) if is_code]
    return np.concatenate(quads) if quads else None


def _anchor(flat: FlatLabel) -> tuple[float, float]:
    """The middle of the code, else of the label."""
    points = code_points(flat)
    if points is None:
        return flat.rgb.shape[1] / 2, flat.rgb.shape[0] / 2
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    return float(middle[0]), float(middle[1])


def _letter_height(flat: FlatLabel, warp: Warp, letter: float) -> float:
    points = code_points(flat)
    if points is None:
        return letter
    return float(np.min(heights(warp.forward(points).reshape(-1, 4, 2))))


def heights(quads: Points) -> Points:
    """The height of each of these character quads (Nx4x2), in pixels."""
    left = np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1)
    right = np.linalg.norm(quads[:, 2] - quads[:, 1], axis=1)
    return np.asarray((left + right) / 2, np.float32)


def _placed(rng: random.Random, laid: Laid, frame: Frame) -> Warp:
    """Move the label into the photo: wholly if it fits, else so that its code is inside."""
    outline = laid.outline()
    points = code_points(laid.flat)
    inner = outline if points is None else laid.warp.forward(points)
    shift = []
    for axis, length in ((0, frame.width), (1, frame.height)):
        low, high = float(outline[:, axis].min()), float(outline[:, axis].max())
        if frame.place is not None:
            shift.append(frame.place[axis] * length - (low + high) / 2)
            continue
        free = length - (high - low)
        first, last = float(inner[:, axis].min()), float(inner[:, axis].max())
        wanted = free * (rng.uniform(0.15, 0.85) if free > 0 else rng.random()) - low
        margin = min(0.03 * length, max(0.0, (length - (last - first)) / 2))
        shift.append(min(max(wanted, margin - first), length - margin - last))
    return laid.warp.moved(shift[0], shift[1])


def paste(rng: random.Random, image: Pixels, one: Laid) -> Pixels:
    """Warp the label into the photo, with a soft shadow under it."""
    height, width = image.shape[:2]
    outline = one.outline()
    pad = 40  # room for the shadow
    left, top = np.maximum(0, np.floor(outline.min(axis=0)) - pad).astype(int)
    right = min(width, int(outline[:, 0].max()) + pad)
    bottom = min(height, int(outline[:, 1].max()) + pad)
    if right - left < 2 or bottom - top < 2:
        return image
    maps = one.warp.maps(int(left), int(top), int(right - left), int(bottom - top))
    rgba = cv2.merge((*cv2.split(one.flat.rgb), one.flat.alpha))
    seen = cv2.remap(rgba, *maps, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    inside = cv2.remap(one.flat.alpha, *maps, cv2.INTER_LINEAR, borderValue=0)
    window = image[top:bottom, left:right]
    ground = _shaded(rng, window, np.asarray(inside, np.uint8))
    mask = cv2.merge((inside, inside, inside))
    front = cv2.multiply(seen[..., :3], mask, scale=1 / 255)
    window[:] = cv2.add(cv2.multiply(ground, cv2.bitwise_not(mask), scale=1 / 255), front)
    return image


def _shaded(rng: random.Random, ground: Pixels, alpha: Pixels) -> Pixels:
    depth, reach = rng.uniform(0, 0.5), rng.uniform(3, 9)
    small = cv2.resize(alpha, (max(1, alpha.shape[1] // 8), max(1, alpha.shape[0] // 8)))
    soft = cv2.GaussianBlur(small, (0, 0), reach / 4)
    move = np.array([[1, 0, rng.uniform(-1, 1)], [0, 1, rng.uniform(-0.3, 1.5)]], np.float32)
    soft = cv2.warpAffine(soft, move, (soft.shape[1], soft.shape[0]))
    full = cv2.resize(soft, (alpha.shape[1], alpha.shape[0]), interpolation=cv2.INTER_LINEAR)
    gain = cv2.convertScaleAbs(full, alpha=-depth, beta=255)
    return np.asarray(cv2.multiply(ground, cv2.merge((gain, gain, gain)), scale=1 / 255), np.uint8)


def visible(one: Laid, frame: Frame) -> list[Shown]:
    """The words of the label that are in the photo, cut ones marked."""
    found: list[Shown] = []
    limit = np.array((frame.width, frame.height), np.float32)
    for word in one.flat.words:
        quads = one.warp.forward(word.quads)
        low, high = quads.min(axis=(0, 1)), quads.max(axis=(0, 1))
        if (high <= 0).any() or (low >= limit).any():
            continue
        inside = bool((low >= 0).all() and (high <= limit).all())
        found.append(Shown(Word(word.text, quads, around(quads), inside), word.code))
    return found


class Covering(Protocol):
    """Something opaque in the photo."""

    def covers(self, points: Points) -> NDArray[np.bool_]:
        """Which of these photo points (...x2) lie under it."""


def uncovered(shown: list[Shown], above: Covering) -> list[Shown]:
    """What can still be read of these words after something was laid over them.

    A letter that lost a quarter of its width is gone; one of the code may lose hardly anything.
    """
    kept: list[Shown] = []
    for one in shown:
        quads = one.word.char_quads
        middle = quads.mean(axis=1, keepdims=True)
        reach = np.where(one.code, 0.85, 0.5).astype(np.float32)[:, None, None]
        probes = np.concatenate((middle, middle + (quads - middle) * reach), axis=1)
        hidden = above.covers(probes)
        gone = hidden[:, 0] | (hidden.sum(axis=1) > 1)
        kept += [one] if not gone.any() else _runs(one, gone)
    return kept


def _runs(one: Shown, gone: NDArray[np.bool_]) -> list[Shown]:
    """The stretches of a word that are left, each as a cut word."""
    runs: list[Shown] = []
    start = 0
    for end in range(len(gone) + 1):
        if end < len(gone) and not gone[end]:
            continue
        if end > start:
            quads = one.word.char_quads[start:end]
            word = Word(one.word.text[start:end], quads, around(quads), False)
            runs.append(Shown(word, one.code[start:end]))
        start = end + 1
    return runs


def around(quads: Points) -> Points:
    """One 4x2 quad around a run of character quads (Nx4x2), oriented like the first character.

    The corners are those of the first and last character; where the line bows, the long edges
    move out until every character is inside.
    """
    quad = np.stack((quads[0, 0], quads[-1, 1], quads[-1, 2], quads[0, 3])).astype(np.float32)
    for first, second, corner in ((0, 1, (0, 1)), (3, 2, (2, 3))):
        start, along = quad[first], quad[second] - quad[first]
        normal = np.array((along[1], -along[0])) / max(1e-6, float(np.hypot(*along)))
        outward = normal if first == 0 else -normal
        points = quads[:, corner].reshape(-1, 2)
        quad[[first, second]] += max(0.0, float(((points - start) @ outward).max())) * outward
    return quad
