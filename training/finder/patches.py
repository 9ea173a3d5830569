"""Scenes cut into training patches for the finder, drawn in worker processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.utils.data import IterableDataset, get_worker_info

from datasets.fonts.fonts import FontPool
from datasets.scenes import DrawnScene, draw_scene
from training.finder.relief import with_relief
from training.finder.score_maps import Truth, truth_maps

PATCH_SIDE = 384
PER_SCENE = 6
TURNED = 0.4  # share of patches turned by a quarter, a half or three quarters
ASKEW = 0.15  # share of patches turned by any angle
RELIEF = 0.3  # share of patches with the relief of leather, mesh and the like


Patch = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True, slots=True)
class PatchBatch:
    """`photos` (B, S, S, 3) uint8 RGB; `maps` (B, S/2, S/2, 5): see `score_maps.Truth`."""

    photos: Tensor
    maps: Tensor


class PatchStream(IterableDataset[PatchBatch]):
    """Batches of patches; the patches of one scene are spread over several batches."""

    def __init__(self, fonts: tuple[Path, ...], batch: int, seed: int) -> None:
        self.fonts, self.batch, self.seed = fonts, batch, seed

    def __iter__(self) -> Iterator[PatchBatch]:
        worker = get_worker_info()
        rng = np.random.default_rng((self.seed, worker.id if worker else 0))
        pool = FontPool.load(self.fonts)
        waiting: list[Patch] = []
        while True:
            while len(waiting) < 8 * self.batch:
                waiting += list(scene_patches(draw(rng, pool), rng))
            rng.shuffle(waiting)
            yield _batch([waiting.pop() for _ in range(self.batch)])


def draw(rng: np.random.Generator, pool: FontPool) -> DrawnScene:
    """One training scene of random difficulty."""
    return draw_scene(int(rng.integers(2**62)), pool, float(rng.uniform(0.2, 1.0)), grammar=True)


def scene_patches(scene: DrawnScene, rng: np.random.Generator) -> Iterator[Patch]:
    """`PER_SCENE` patches (S, S, 3) with maps (S/2, S/2, 5), at the scales that serving sees."""
    longest = max(scene.image.shape[:2])
    for _ in range(PER_SCENE):
        scale = float(rng.choice([640, 800, 960, 960, 960, 1280])) / longest
        scale *= float(rng.uniform(0.85, 1.15))
        askew = rng.random() < ASKEW
        image, shift = _window(scene, scale, rng, 3 * PATCH_SIDE // 2 if askew else PATCH_SIDE)
        quads = [word.char_quads * scale - shift for word in scene.words]
        code = None if scene.code_quad is None else scene.code_quad * scale - shift
        if askew:
            image, quads, code = rolled(image, quads, code, float(rng.uniform(0, 360)))
        if rng.random() < TURNED:
            image, quads, code = _turned(image, quads, code, int(rng.integers(1, 4)))
        if rng.random() < RELIEF:
            image = with_relief(image, rng)
        near = [word / 2 for word in quads if _touches(word)]
        truth = Truth(tuple(near), None if code is None else code / 2)
        yield image, truth_maps(truth, PATCH_SIDE // 2)


def _turned(
    image: np.ndarray, words: list[np.ndarray], code: np.ndarray | None, quarters: int
) -> tuple[np.ndarray, list[np.ndarray], np.ndarray | None]:
    """The patch and its quads, turned counter-clockwise by quarters."""

    def turn(points: np.ndarray) -> np.ndarray:
        for _ in range(quarters):
            points = np.stack((points[..., 1], PATCH_SIDE - points[..., 0]), axis=-1)
        return points

    image = np.ascontiguousarray(np.rot90(image, quarters))
    return image, *_moved(words, code, turn)


def rolled(
    image: np.ndarray, words: list[np.ndarray], code: np.ndarray | None, degrees: float
) -> tuple[np.ndarray, list[np.ndarray], np.ndarray | None]:
    """The middle of a larger window and its quads, turned counter-clockwise about the middle."""
    middle = image.shape[0] / 2
    matrix = cv2.getRotationMatrix2D((middle, middle), degrees, 1.0)
    matrix[:, 2] += PATCH_SIDE / 2 - middle
    turned = cv2.warpAffine(image, matrix, (PATCH_SIDE, PATCH_SIDE), borderValue=(127, 127, 127))

    def turn(points: np.ndarray) -> np.ndarray:
        return np.asarray(points @ matrix[:, :2].T + matrix[:, 2], np.float32)

    return turned, *_moved(words, code, turn)


def _moved(
    words: list[np.ndarray], code: np.ndarray | None, move: Callable[[np.ndarray], np.ndarray]
) -> tuple[list[np.ndarray], np.ndarray | None]:
    """All quads where `move` takes their points."""
    return [move(word) for word in words], None if code is None else move(code)


def _window(
    scene: DrawnScene, scale: float, rng: np.random.Generator, side: int
) -> tuple[np.ndarray, np.ndarray]:
    """A square window of the scaled photo, `side` pixels wide, mostly around text."""
    height, width = (round(side * scale) for side in scene.image.shape[:2])
    centre = rng.uniform((0, 0), (width, height))
    if scene.words and rng.random() < 0.85:
        word = scene.words[int(rng.integers(len(scene.words)))]
        if scene.code_quad is not None and rng.random() < 0.4:
            centre = scene.code_quad.mean(axis=0) * scale
        else:
            centre = word.quad.mean(axis=0) * scale
        centre = centre + rng.uniform(-PATCH_SIDE / 3, PATCH_SIDE / 3, 2)
    room = np.maximum([width - side, height - side], 0)
    shift = np.clip(centre - side / 2, 0, room).round()
    x0, y0 = shift / scale
    reach = side / scale
    part = scene.image[int(y0) : int(np.ceil(y0 + reach)), int(x0) : int(np.ceil(x0 + reach))]
    size = (min(side, round(part.shape[1] * scale)), min(side, round(part.shape[0] * scale)))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    canvas = np.full((side, side, 3), 127, np.uint8)
    canvas[: size[1], : size[0]] = cv2.resize(part, size, interpolation=method)
    return canvas, np.array([int(x0), int(y0)], np.float32) * scale


def _touches(quads: np.ndarray) -> bool:
    low, high = quads.min(axis=(0, 1)), quads.max(axis=(0, 1))
    return bool((high > 0).all() and (low < PATCH_SIDE).all())


def _batch(pairs: list[Patch]) -> PatchBatch:
    photos, maps = zip(*pairs, strict=True)
    return PatchBatch(torch.from_numpy(np.stack(photos)), torch.from_numpy(np.stack(maps)))
