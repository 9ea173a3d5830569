"""Drawn crops as an endless stream of batches, drawn in worker processes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from recognizer.crops import recogniser_input
from recognizer.tokenizer import Tokenizer
from training.crops.draw import draw_crop
from training.crops.settings import CURRENT, CropSettings
from training.crops.texts import MAX_LENGTH
from training.fonts import FontPool

Batch = TypeVar("Batch")


@dataclass(frozen=True, slots=True)
class CropBatch:
    """`crops` (B, 1, H, W) in -1..1; `targets` (B, MAX_LENGTH + 1) classes padded with -1."""

    crops: Tensor
    targets: Tensor


class CropStream(IterableDataset[CropBatch]):
    """Batches that get harder; `difficulty` is shared memory, set by the trainer."""

    def __init__(  # noqa: PLR0913 (what a stream may differ in)
        self,
        fonts: tuple[Path, ...],
        batch: int,
        seed: int,
        difficulty: Tensor,
        settings: CropSettings = CURRENT,
    ) -> None:
        self.fonts, self.batch, self.seed, self.difficulty = fonts, batch, seed, difficulty
        self.settings = settings

    def __iter__(self) -> Iterator[CropBatch]:
        worker = get_worker_info()
        rng = np.random.default_rng((self.seed, worker.id if worker else 0))
        pool, tokenizer = FontPool.load(self.fonts), Tokenizer()
        while True:
            yield draw_batch(
                rng,
                pool,
                tokenizer,
                size=self.batch,
                difficulty=float(self.difficulty),
                settings=self.settings,
            )


def draw_batch(  # noqa: PLR0913 (what a batch may differ in)
    rng: np.random.Generator,
    pool: FontPool,
    tokenizer: Tokenizer,
    *,
    size: int,
    difficulty: float,
    split: str = "train",
    settings: CropSettings = CURRENT,
) -> CropBatch:
    """One batch; each crop's own difficulty is spread below `difficulty`."""
    crops = np.zeros((size, 1, 32, 192), np.float32)
    targets = np.full((size, MAX_LENGTH + 1), -1, np.int64)
    for i in range(size):
        drawn = draw_crop(rng, pool, difficulty * float(rng.uniform(0.25, 1.0)), split, settings)
        crops[i] = recogniser_input(drawn.pixels)
        classes = tokenizer.encode(drawn.text)
        targets[i, : len(classes)] = classes
    return CropBatch(torch.from_numpy(crops), torch.from_numpy(targets))


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
