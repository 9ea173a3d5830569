"""A whole photo of a tag from a seed: label, surface, warp, light, camera; and its truth."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

import cv2
import numpy as np

from training.codes import DrawnCode, StyleCodes
from training.fonts import FontPool
from training.scenes import camera, labels, surfaces
from training.scenes.geometry import Bend, Warp, random_bend, view
from training.scenes.layout import Box
from training.scenes.paper import finish, make_style, paper
from training.scenes.render import FlatLabel, FlatWord
from training.scenes.types import Pixels, Points, Scene, Word

LETTERS_PX = (12.0, 80.0)
NEGATIVE_SHARE = 0.1
TURNED_SHARE = 0.3
_OVERSAMPLE = 1.15
_SIZES = ((1280, 960), (1280, 960), (960, 1280), (960, 1280), (1024, 768), (1080, 1080))


@dataclass(frozen=True, slots=True)
class _Laid:
    """A label with the warp that lays it into the photo."""

    flat: FlatLabel
    warp: Warp

    def quads(self, word: FlatWord) -> Points:
        return self.warp.forward(word.quads)


def draw_scene(  # noqa: PLR0913 (what a scene may be asked for)
    seed: int,
    pool: FontPool,
    difficulty: float = 0.5,
    split: str = "train",
    *,
    letters_px: tuple[float, float] = LETTERS_PX,
    with_code: bool | None = None,
    size: tuple[int, int] | None = None,
) -> Scene:
    """Draw the photo of `seed`; the same arguments give the same pixels.

    `difficulty` 0..1 scales tilt, curl, blur, noise and bad light. `split` chooses the fonts
    ("train" or "held_out"). `letters_px` bounds the height of the code's letters in the photo.
    `with_code` forces a code or none; `size` is (width, height), else a phone's usual ones.
    """
    for attempt in range(8):
        rng = random.Random(f"{seed}/{attempt}/{split}")
        ease = 1 - attempt / 8  # a scene that pushed its code out of the photo is redone calmer
        maker = _SceneMaker(rng, pool, difficulty * ease, split)
        scene = maker.draw(seed, letters_px, with_code, size)
        if scene is not None:
            return scene
    raise RuntimeError(f"scene {seed} does not fit its photo at letters of {letters_px} px")


@dataclass(frozen=True, slots=True)
class _SceneMaker:
    rng: random.Random
    pool: FontPool
    difficulty: float
    split: str

    def draw(
        self,
        seed: int,
        letters_px: tuple[float, float],
        with_code: bool | None,
        size: tuple[int, int] | None,
    ) -> Scene | None:
        rng = self.rng
        shows = rng.random() >= NEGATIVE_SHARE if with_code is None else with_code
        width, height = size or rng.choice(_SIZES)
        code = StyleCodes(rng).draw() if shows else None
        image = self._background(height, width)
        letter, laid = 30.0, []
        if shows or rng.random() > 0.12:
            box = self._box(code)
            letter = self._letter_px(box, width, height, letters_px)
            laid = self._labels(box, letter, width, height)
        words: list[tuple[Word, tuple[bool, ...]]] = []
        for one in laid:
            words = _uncovered(words, one)
            image = _paste(self.rng, image, one)
            words += _visible(one, width, height)
        image = camera.light(rng, image, self.difficulty)
        image = camera.blur(rng, image, letter, self.difficulty)
        image = camera.tone(rng, image, self.difficulty)
        image = camera.sensor(rng, image, self.difficulty)
        return _scene(seed, image, words, code, letters_px)

    def _background(self, height: int, width: int) -> Pixels:
        rng = self.rng
        image = surfaces.surface(rng, rng.choice(surfaces.KINDS), height, width)
        surfaces.clutter(rng, image, rng.choice((0, 0, 1, 2, 4, 7)))
        return image

    def _box(self, code: DrawnCode | None) -> tuple[Box, bool]:
        rng = self.rng
        kind = labels.choose(rng, code)
        hangul = kind in (labels.quality, labels.receipt) or rng.random() < 0.15
        style = make_style(rng, self.pool, self.split, hangul)
        box = kind(labels.Maker(rng, style, code, hangul))
        return box, kind is labels.hang_tag

    def _letter_px(
        self, box: tuple[Box, bool], width: int, height: int, bounds: tuple[float, float]
    ) -> float:
        """How high the code's letters get: the label fills much of the photo, within bounds."""
        rng = self.rng
        w, h = box[0].w + 2, box[0].h + 2
        fit = min(width / w, height / h)
        wanted = fit * rng.triangular(0.4, 1.25, 0.9)
        if rng.random() < 0.25:
            wanted = math.exp(rng.uniform(math.log(bounds[0]), math.log(bounds[1])))
        return min(max(wanted, bounds[0] * 1.12), bounds[1])

    def _labels(self, box: tuple[Box, bool], letter: float, width: int, height: int) -> list[_Laid]:
        rng = self.rng
        found = [self._lay(box, letter, width, height, (0.5, 0.5), True)]
        for _ in range(rng.choices((0, 1, 2), (0.72, 0.2, 0.08))[0]):
            other = self._box(None)
            place = (rng.choice((0.12, 0.88)), rng.choice((0.12, 0.5, 0.88)))
            found.insert(
                0, self._lay(other, letter * rng.uniform(0.6, 1.1), width, height, place, False)
            )
        return found

    def _lay(  # noqa: PLR0913 (where and how large)
        self,
        box: tuple[Box, bool],
        letter: float,
        width: int,
        height: int,
        place: tuple[float, float],
        main: bool,
    ) -> _Laid:
        rng, hard = self.rng, self.difficulty
        flat = paper(rng, self.pool, box[0], letter * _OVERSAMPLE, hard, hole=box[1])
        flat = finish(rng, flat, hard)
        h, w = flat.rgb.shape[:2]
        anchor = _anchor(flat)
        bend = random_bend(rng, w, h, hard)
        middle = bend.forward(np.array([anchor]))[0]
        spread = math.radians(8 + 26 * hard)
        tilt = (rng.gauss(0, spread / 2), rng.gauss(0, spread / 2))
        roll = math.radians(rng.gauss(0, 2 + 6 * hard))
        turns = rng.choice((90, 180, 270)) if rng.random() < TURNED_SHARE else 0
        aspect = math.exp(rng.gauss(0, 0.05))
        focal = max(width, height) * rng.uniform(0.9, 1.6) * _OVERSAMPLE
        tilted = view(_limited(tilt), roll + math.radians(turns), aspect, focal)
        shift = np.array([[1, 0, -middle[0]], [0, 1, -middle[1]], [0, 0, 1]], np.float64)
        warp = Warp(bend, tilted @ shift)
        warp = warp.moved(0, 0, letter / max(1.0, _letter_height(flat, warp, letter)))
        return _Laid(flat, _placed(rng, flat, warp, width, height, place, main))


def _limited(tilt: tuple[float, float]) -> tuple[float, float]:
    most = math.radians(38)
    return max(-most, min(most, tilt[0])), max(-most, min(most, tilt[1]))


def _code_points(flat: FlatLabel) -> Points | None:
    quads = [w.quads[i] for w in flat.words for i, is_code in enumerate(w.code) if is_code]
    return np.concatenate(quads) if quads else None


def _anchor(flat: FlatLabel) -> tuple[float, float]:
    """The middle of the code, else of the label."""
    points = _code_points(flat)
    if points is None:
        return flat.rgb.shape[1] / 2, flat.rgb.shape[0] / 2
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    return float(middle[0]), float(middle[1])


def _letter_height(flat: FlatLabel, warp: Warp, letter: float) -> float:
    points = _code_points(flat)
    if points is None:
        return letter
    return float(np.min(_heights(warp.forward(points).reshape(-1, 4, 2))))


def _heights(quads: Points) -> Points:
    left = np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1)
    right = np.linalg.norm(quads[:, 2] - quads[:, 1], axis=1)
    return np.asarray((left + right) / 2, np.float32)


def _placed(  # noqa: PLR0913 (where and how large)
    rng: random.Random,
    flat: FlatLabel,
    warp: Warp,
    width: int,
    height: int,
    place: tuple[float, float],
    main: bool,
) -> Warp:
    """Move the label into the photo: wholly if it fits, else so that its code is inside."""
    h, w = flat.rgb.shape[:2]
    edge = np.linspace(0, 1, 9)
    rim = np.concatenate([np.stack((edge * w, edge * 0 + y), 1) for y in (0, h)])
    rim = np.concatenate([rim, *(np.stack((edge * 0 + x, edge * h), 1) for x in (0, w))])
    outline = warp.forward(rim.astype(np.float32))
    points = _code_points(flat)
    inner = outline if points is None else warp.forward(points)
    shift = []
    for axis, length in ((0, width), (1, height)):
        low, high = float(outline[:, axis].min()), float(outline[:, axis].max())
        if not main:
            shift.append(place[axis] * length - (low + high) / 2)
            continue
        free = length - (high - low)
        first, last = float(inner[:, axis].min()), float(inner[:, axis].max())
        wanted = (
            rng.uniform(0.15, 0.85) * free - low if free > 0 else rng.uniform(0, 1) * free - low
        )
        margin = min(0.03 * length, max(0.0, (length - (last - first)) / 2))
        shift.append(min(max(wanted, margin - first), length - margin - last))
    return warp.moved(shift[0], shift[1])


def _paste(rng: random.Random, image: Pixels, one: _Laid) -> Pixels:
    """Warp the label into the photo, with a soft shadow under it."""
    height, width = image.shape[:2]
    h, w = one.flat.rgb.shape[:2]
    edge = np.linspace(0, 1, 9)
    rim = np.concatenate([np.stack((edge * w, edge * 0 + y), 1) for y in np.linspace(0, h, 9)])
    outline = one.warp.forward(rim.astype(np.float32))
    pad = 24
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
    ground = _shaded(rng, window, inside)
    mask = cv2.merge((inside, inside, inside))
    front = cv2.multiply(seen[..., :3], mask, scale=1 / 255)
    window[:] = cv2.add(cv2.multiply(ground, cv2.bitwise_not(mask), scale=1 / 255), front)
    return image


def _shaded(rng: random.Random, ground: Pixels, alpha: Pixels) -> Pixels:
    depth, reach = rng.uniform(0, 0.5), rng.uniform(3, 14)
    small = cv2.resize(alpha, (max(1, alpha.shape[1] // 8), max(1, alpha.shape[0] // 8)))
    soft = cv2.GaussianBlur(small, (0, 0), reach / 4)
    move = np.array([[1, 0, rng.uniform(-1, 1)], [0, 1, rng.uniform(-0.3, 1.5)]], np.float32)
    soft = cv2.warpAffine(soft, move, (soft.shape[1], soft.shape[0]))
    full = cv2.resize(soft, (alpha.shape[1], alpha.shape[0]), interpolation=cv2.INTER_LINEAR)
    gain = cv2.convertScaleAbs(full, alpha=-depth, beta=255)
    return np.asarray(cv2.multiply(ground, cv2.merge((gain, gain, gain)), scale=1 / 255), np.uint8)


def _visible(one: _Laid, width: int, height: int) -> list[tuple[Word, tuple[bool, ...]]]:
    found: list[tuple[Word, tuple[bool, ...]]] = []
    limit = np.array((width, height), np.float32)
    for word in one.flat.words:
        quads = one.quads(word)
        low, high = quads.min(axis=(0, 1)), quads.max(axis=(0, 1))
        if (high <= 0).any() or (low >= limit).any():
            continue
        inside = bool((low >= 0).all() and (high <= limit).all())
        found.append((Word(word.text, quads, around(quads), inside), word.code))
    return found


def _uncovered(
    words: list[tuple[Word, tuple[bool, ...]]], above: _Laid
) -> list[tuple[Word, tuple[bool, ...]]]:
    """The words of which the label laid above covers nothing."""
    h, w = above.flat.rgb.shape[:2]
    kept = []
    for word, code in words:
        points = np.concatenate((word.char_quads.reshape(-1, 2), word.char_quads.mean(axis=1)))
        bent = above.warp.bend.backward(
            cv2.perspectiveTransform(
                points[None].astype(np.float64), np.linalg.inv(above.warp.matrix)
            )[0]
        )
        hits = (bent > -4).all(axis=1) & (bent < np.array((w + 4, h + 4))).all(axis=1)
        if not hits.any():
            kept.append((word, code))
    return kept


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


def _scene(
    seed: int,
    image: Pixels,
    words: list[tuple[Word, tuple[bool, ...]]],
    code: DrawnCode | None,
    letters_px: tuple[float, float],
) -> Scene | None:
    """The scene with its truth, or None where the code is cut off or too small."""
    shown = tuple(word for word, _ in words)
    if code is None:
        smallest = min((float(_heights(w.char_quads).min()) for w in shown), default=0.0)
        return Scene(image, shown, None, "", None, smallest, "", seed)
    quads = [w.char_quads[i] for w, flags in words for i, flag in enumerate(flags) if flag]
    if len(quads) != len(code.printed.replace(" ", "")):
        return None
    run = np.stack(quads)
    smallest = float(_heights(run).min())
    limit = np.array(image.shape[1::-1], np.float32)
    if (run < 0).any() or (run > limit).any() or smallest < letters_px[0]:
        return None
    return Scene(image, shown, code.code, code.brand, around(run), smallest, code.printed, seed)


__all__ = ["Bend", "draw_scene"]
