"""Photos of a tag whose code cannot be known: the photo's edge cuts it, or something lies on it."""

from __future__ import annotations

import random
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.scenes.camera.laying import around
from datasets.scenes.types import DrawnScene, Pixels, Points, Word

_TONES = ((245, 245, 242), (236, 190, 165), (30, 30, 34), (205, 178, 135), (200, 40, 45))
_LEAST_KEPT = 0.35  # of the photo's side, so that what is left is not blown up too far


def without_code(rng: random.Random, scene: DrawnScene) -> DrawnScene | None:
    """The scene with a part of its code gone and no code as its truth; None where it fails."""
    if scene.code_quad is None:
        return None
    changed = _cut_off(rng, scene) if rng.random() < 0.5 else _covered(rng, scene)
    if changed is None:
        return None
    words = tuple(one for one in changed.words if one.text)
    return replace(changed, words=words, code=None, brand="", code_quad=None, printed="")


def _cut_off(rng: random.Random, scene: DrawnScene) -> DrawnScene | None:
    """A part of the photo, as large as the photo, whose edge goes through the code."""
    assert scene.code_quad is not None
    height, width = scene.image.shape[:2]
    sides = [side for side in _sides(scene, rng) if side[2] >= _LEAST_KEPT]
    if not sides:
        return None
    left, top, kept = rng.choice(sides)
    scale = 1 / kept
    matrix = np.array(((scale, 0, -left * scale), (0, scale, -top * scale)), np.float64)
    image = cv2.warpAffine(scene.image, matrix, (width, height), flags=cv2.INTER_LINEAR)
    words = tuple(_moved(word, matrix) for word in scene.words)
    limit = np.array((width, height), np.float32)
    seen = tuple(kept_word for word in words if (kept_word := _in_photo(word, limit)))
    smallest = scene.min_letter_px * scale
    return replace(scene, image=np.asarray(image, np.uint8), words=seen, min_letter_px=smallest)


def _sides(scene: DrawnScene, rng: random.Random) -> list[tuple[float, float, float]]:
    """Windows (left, top, share of the photo) whose edges cross the code along its length."""
    assert scene.code_quad is not None
    height, width = scene.image.shape[:2]
    quad = scene.code_quad
    begin, end = (quad[0] + quad[3]) / 2, (quad[1] + quad[2]) / 2
    x, y = begin + (end - begin) * rng.uniform(0.25, 0.7)
    dx, dy = np.abs(end - begin)
    found: list[tuple[float, float, float]] = []
    if dx > dy:
        for kept, left in ((x / width, 0.0), (1 - x / width, float(x))):
            room = height * (1 - kept)
            found.append((left, _window(y, height * kept, room), float(kept)))
    else:
        for kept, top in ((y / height, 0.0), (1 - y / height, float(y))):
            room = width * (1 - kept)
            found.append((_window(x, width * kept, room), top, float(kept)))
    return found


def _window(middle: float, length: float, room: float) -> float:
    return float(min(max(0.0, middle - length / 2), max(0.0, room)))


def _moved(word: Word, matrix: NDArray[np.float64]) -> Word:
    def moved(points: Points) -> Points:
        return np.asarray(points @ matrix[:, :2].T + matrix[:, 2], np.float32)

    return replace(word, char_quads=moved(word.char_quads), quad=moved(word.quad))


def _in_photo(word: Word, limit: NDArray[np.float32]) -> Word | None:
    low, high = word.char_quads.min(axis=(0, 1)), word.char_quads.max(axis=(0, 1))
    if (high <= 0).any() or (low >= limit).any():
        return None
    return replace(word, inside=bool((low >= 0).all() and (high <= limit).all()))


def _covered(rng: random.Random, scene: DrawnScene) -> DrawnScene:
    """Something plain, such as a sticker or a thumb, over half the code or more."""
    assert scene.code_quad is not None
    quad = scene.code_quad
    share, at_end = rng.uniform(0.55, 0.85), rng.random() < 0.5
    start, stop = (1 - share, 1.25) if at_end else (-0.25, share)
    top, bottom = quad[1] - quad[0], quad[2] - quad[3]
    up = (quad[0] - quad[3]) * rng.uniform(0.2, 0.7)
    patch = np.stack(
        (
            quad[0] + top * start + up,
            quad[0] + top * stop + up,
            quad[3] + bottom * stop - up,
            quad[3] + bottom * start - up,
        )
    ).astype(np.float32)
    image = _patched(rng, scene.image, patch)
    words = tuple(part for word in scene.words for part in _parts(word, patch))
    return replace(scene, image=image, words=words)


def _patched(rng: random.Random, image: Pixels, patch: Points) -> Pixels:
    """The picture with a plain, faintly grained patch of some colour."""
    tone = rng.choice(_TONES)
    pad = 6  # room for the soft edge
    left, top, wide, high = cv2.boundingRect(np.round(patch).astype(np.int32))
    rows = slice(max(0, top - pad), max(0, top + high + pad))
    columns = slice(max(0, left - pad), max(0, left + wide + pad))
    mask = np.zeros(image.shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.round(patch).astype(np.int32)], 255, cv2.LINE_AA)
    mask = np.ascontiguousarray(mask[rows, columns])
    under = image[rows, columns]
    light = 0.4 + 0.6 * float(cv2.mean(under, mask)[0]) / 255
    grain = np.random.default_rng(rng.getrandbits(32)).normal(0, 3, (*mask.shape, 1))
    over = np.array(tone, np.float32) * light + grain
    soft = cv2.GaussianBlur(mask, (0, 0), rng.uniform(0.6, 2.0))[..., None] / 255
    changed = image.copy()
    changed[rows, columns] = np.clip(under * (1 - soft) + over * soft, 0, 255).astype(np.uint8)
    return changed


def _parts(word: Word, patch: Points) -> list[Word]:
    """What is left of a word under the patch."""
    middles = word.char_quads.mean(axis=1)
    gone = [cv2.pointPolygonTest(patch, (float(x), float(y)), True) > -2 for x, y in middles]
    if not any(gone):
        return [word]
    left: list[Word] = []
    start = 0
    for end in range(len(gone) + 1):
        if end < len(gone) and not gone[end]:
            continue
        if end > start:
            quads = word.char_quads[start:end]
            left.append(Word(word.text[start:end], quads, around(quads), False))
        start = end + 1
    return left
