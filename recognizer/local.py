"""Reading in this process, off the event loop."""

from __future__ import annotations

import asyncio
import io
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TypeVar

import cv2
import numpy as np
from PIL import Image

from recognizer import memory
from recognizer.detectors import Detector, WitnessName, open_pipeline, renewed
from recognizer.errors import ModelError, ReaderBusy
from recognizer.models import ModelFiles
from recognizer.pipeline import Pipeline
from recognizer.types import Quad, ReadPhoto

_GIVEN_BACK = 8  # photos after which they are
_NICE = 10  # to the thread that answers people: reading takes what it leaves of the cores
_SWITCH_S = 0.0005  # of Python's lock; by default a reader at work keeps it for ten times as long
_WAITING = 256  # photos; who asks bounds them by how long they would wait, or by their bytes
_WORKERS = 2  # while one computes in Python, the other uses the cores: a fourth more photos

ReadBytes = Callable[[bytes, Quad | None], ReadPhoto]
T = TypeVar("T")


class LocalReader:
    """Runs the pipeline on `workers` threads; each network uses up to `threads` cores itself.

    At most `waiting` photos wait or are being read; one more raises `ReaderBusy` at once.
    """

    def __init__(self, read: ReadBytes, waiting: int = _WAITING, workers: int = 1) -> None:
        self._read, self._waiting, self._inside, self._done = read, waiting, 0, 0
        self._pipeline: Pipeline | None = None
        self._threads = 1
        self._worker = ThreadPoolExecutor(
            workers, thread_name_prefix="reader", initializer=_step_back
        )

    @classmethod
    async def start(
        cls,
        files: ModelFiles | None = None,
        threads: int = 2,
        waiting: int = _WAITING,
        detector: Detector | None = None,
        witness: WitnessName = "ppocr",
    ) -> LocalReader:
        """Load the networks off the event loop; raises `ModelError`."""
        memory.keep_low()
        sys.setswitchinterval(_SWITCH_S)
        pipeline = await _beside(partial(open_pipeline, files, threads, detector, witness))
        reader = cls(pipeline.read_bytes, waiting, _WORKERS)
        reader._pipeline, reader._threads = pipeline, threads
        return reader

    async def renew(self, files: ModelFiles) -> None:
        """Read with other networks from now on: they are opened and tried beside those in use.

        Photos being read end on the old ones, which are let go after the last. Raises `ModelError`
        where the new ones do not read; then the old ones go on.
        """
        if self._pipeline is None:
            raise ModelError(f"{files.folder}: this reader has no networks")
        pipeline = await _beside(partial(_tried, self._pipeline, files, self._threads))
        self._pipeline, self._read = pipeline, pipeline.read_bytes

    async def read(self, data: bytes, marked: Quad | None = None) -> ReadPhoto:
        """Read one photo, or the part of it that was marked (`Pipeline.read_marked`).

        Raises `PhotoError` for bad photos and marks, and `ReaderBusy` when full.
        """
        if self._inside >= self._waiting:
            raise ReaderBusy(f"{self._inside} photos are waiting")
        self._inside += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._worker, self._answer, data, marked)
        finally:
            self._inside -= 1

    def _answer(self, data: bytes, marked: Quad | None) -> ReadPhoto:
        try:
            return self._read(data, marked)
        finally:
            self._done += 1
            if self._done % _GIVEN_BACK == 0:
                memory.give_back()

    async def warm(self) -> None:
        """Read a blank photo, so that the first person does not wait for lazy set-up."""
        buffer = io.BytesIO()
        Image.fromarray(np.full((960, 1280, 3), 200, np.uint8)).save(buffer, "JPEG")
        await self.read(buffer.getvalue())

    async def close(self) -> None:
        """Finish what is being read and stop the worker."""
        await asyncio.to_thread(self._worker.shutdown, True, cancel_futures=True)


async def _beside(work: Callable[[], T]) -> T:
    """What `work` gives, from a thread of its own; those that it starts yield as it does."""
    with ThreadPoolExecutor(1, initializer=_step_back) as opening:
        return await asyncio.get_running_loop().run_in_executor(opening, work)


def _tried(old: Pipeline, files: ModelFiles, threads: int) -> Pipeline:
    """The pipeline with other networks, all of which have worked once; raises ModelError."""
    picture = np.full((240, 320, 3), 235, np.uint8)
    cv2.putText(picture, "DD1391-100", (44, 92), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (20, 20, 20), 2)
    try:
        pipeline = renewed(old, files, threads)
        pipeline.read_bytes(cv2.imencode(".png", picture)[1].tobytes())
    except ModelError:
        raise
    except Exception as error:  # a manifest that lacks a word, networks that do not fit each other
        told = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
        raise ModelError(f"{files.folder}: these networks do not read ({told})") from error
    return pipeline


def _step_back() -> None:
    """Let this thread, and those that it starts, yield to the ones that answer people.

    On Linux each thread has a niceness of its own; elsewhere it would be the whole process's.
    """
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
