"""Drawn crops as an endless stream of batches, drawn in worker processes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from datasets.crops.draw import Crops, CropSource, DrawnCrop
from datasets.crops.mixing import MixedCrops, RepeatedCrops
from datasets.crops.photographed import PhotographedCrops
from datasets.crops.texts import MAX_LENGTH
from datasets.fonts.fonts import FontPool
from datasets.real.learned import RealCrops, RealLine
from recognizer.reading.input import CROP_HEIGHT, CROP_WIDTH, recogniser_input, skimming_width
from recognizer.reading.tokenizer import Tokenizer
from training.reader.recipes import ReaderRecipe

Batch = TypeVar("Batch")
Rng = np.random.Generator
DRAWN_TOGETHER = 4  # batches of crops to skim that are drawn at once and parted by width


@dataclass(frozen=True, slots=True)
class CropBatch:
    """`crops` (B, 1, H, W) in -1..1; `targets` (B, MAX_LENGTH + 1) classes padded with -1."""

    crops: Tensor
    targets: Tensor


def stream_rng(seed: int, worker: int = 0) -> Rng:
    """The chances that one drawing process takes, the first of a run where it is the only one."""
    return np.random.default_rng((seed, worker))


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a run learns from: its recipe, and the lines that its share of real crops is made of."""

    recipe: ReaderRecipe
    real: tuple[RealLine, ...] = ()


class CropStream(IterableDataset[CropBatch]):
    """Batches that get harder; `difficulty` is shared memory, set by the trainer."""

    def __init__(
        self,
        fonts: tuple[Path, ...],
        batch: int,
        seed: int,
        difficulty: Tensor,
        lesson: Lesson,
    ) -> None:
        self.fonts, self.batch, self.seed, self.difficulty = fonts, batch, seed, difficulty
        self.lesson = lesson

    def __iter__(self) -> Iterator[CropBatch]:
        worker = get_worker_info()
        rng = stream_rng(self.seed, worker.id if worker else 0)
        pool, tokenizer = FontPool.load(self.fonts), Tokenizer()
        source = self._source(pool)
        while True:
            if self.lesson.recipe.skimming:
                count = DRAWN_TOGETHER * self.batch
                crops = [*source.draw(rng, count, float(self.difficulty))]
                yield from parted(crops, tokenizer, self.batch)
            else:
                yield draw_batch(rng, source, tokenizer, self.batch, float(self.difficulty))

    def _source(self, pool: FontPool) -> Crops:
        recipe = self.lesson.recipe
        source: Crops = CropSource(pool, recipe.settings)
        if recipe.photographed:
            source = MixedCrops(
                source,
                PhotographedCrops(pool, grammar=recipe.settings.grammar),
                recipe.photographed,
            )
        if recipe.times > 1:
            source = RepeatedCrops(source, recipe.times)
        if recipe.real:
            source = MixedCrops(source, RealCrops(self.lesson.real, recipe.settings), recipe.real)
        return source


def draw_batch(
    rng: Rng, source: Crops, tokenizer: Tokenizer, size: int, difficulty: float
) -> CropBatch:
    """One batch, as the recogniser is given it."""
    return batch_of([*source.draw(rng, size, difficulty)], tokenizer)


def parted(crops: Sequence[DrawnCrop], tokenizer: Tokenizer, size: int) -> Iterator[CropBatch]:
    """Batches of `size` crops, each as wide as its widest needs, as they are skimmed."""
    ordered = sorted(crops, key=lambda crop: skimming_width(crop.pixels))
    for at in range(0, len(ordered), size):
        part = ordered[at : at + size]
        yield batch_of(part, tokenizer, skimming_width(part[-1].pixels))


def batch_of(
    drawn_crops: Sequence[DrawnCrop], tokenizer: Tokenizer, width: int = CROP_WIDTH
) -> CropBatch:
    """Crops as the recogniser is given them, stretched to `width` pixels."""
    crops = np.zeros((len(drawn_crops), 1, CROP_HEIGHT, width), np.float32)
    targets = np.full((len(drawn_crops), MAX_LENGTH + 1), -1, np.int64)
    for i, drawn_crop in enumerate(drawn_crops):
        crops[i] = recogniser_input(drawn_crop.pixels, width=width)
        classes = tokenizer.encode(drawn_crop.text)
        targets[i, : len(classes)] = classes
    return CropBatch(torch.from_numpy(crops), torch.from_numpy(targets))


def calibration_crops(pool: FontPool, batches: int) -> Iterator[NDArray[np.float32]]:
    """Batches (8, 1, H, W) of hard crops, as the recogniser is given them."""
    rng, source, tokenizer = stream_rng(0), CropSource(pool), Tokenizer()
    for _ in range(batches):
        yield draw_batch(rng, source, tokenizer, 8, difficulty=1.0).crops.numpy()


def _modest(_: int) -> None:
    """A drawing worker uses one core, and leaves it to the trainer where both want it."""
    cv2.setNumThreads(0)
    torch.set_num_threads(1)
    os.nice(1)


def drawn(stream: IterableDataset[Batch], workers: int) -> DataLoader[Batch]:
    """A loader of the stream's whole batches, drawn in `workers` processes (0: in this one)."""
    return DataLoader(
        stream,
        batch_size=None,
        num_workers=workers,
        prefetch_factor=4 if workers else None,
        worker_init_fn=_modest,
    )
