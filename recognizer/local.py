"""Reading in this process, off the event loop."""

from __future__ import annotations

import asyncio
import ctypes
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import numpy as np
from PIL import Image

from recognizer.detectors import Detector, WitnessName, open_pipeline
from recognizer.errors import ReaderBusy
from recognizer.models import ModelFiles
from recognizer.types import Quad, ReadPhoto

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8  # of mallopt(3)
_LARGE = 6 * 1024 * 1024  # bytes; the networks' largest buffers
_KEPT = 256 * 1024 * 1024  # bytes of free heap that are not given back within a photo
_GIVEN_BACK = 8  # photos after which they are
_WORKERS = 2  # while one computes in Python, the other uses the cores: a fourth more photos

ReadBytes = Callable[[bytes, Quad | None], ReadPhoto]


class LocalReader:
    """Runs the pipeline on `workers` threads; each network uses up to `threads` cores itself.

    At most `waiting` photos wait or are being read; one more raises `ReaderBusy` at once.
    """

    def __init__(self, read: ReadBytes, waiting: int = 32, workers: int = 1) -> None:
        self._read, self._waiting, self._inside, self._done = read, waiting, 0, 0
        self._worker = ThreadPoolExecutor(workers, thread_name_prefix="reader")

    @classmethod
    async def start(
        cls,
        files: ModelFiles | None = None,
        threads: int = 2,
        waiting: int = 32,
        detector: Detector | None = None,
        witness: WitnessName = "ppocr",
    ) -> LocalReader:
        """Load the networks off the event loop; raises `ModelError`."""
        _keep_memory_low()
        pipeline = await asyncio.to_thread(open_pipeline, files, threads, detector, witness)
        return cls(pipeline.read_bytes, waiting, _WORKERS)

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
                _give_back()

    async def warm(self) -> None:
        """Read a blank photo, so that the first person does not wait for lazy set-up."""
        buffer = io.BytesIO()
        Image.fromarray(np.full((960, 1280, 3), 200, np.uint8)).save(buffer, "JPEG")
        await self.read(buffer.getvalue())

    async def close(self) -> None:
        """Finish what is being read and stop the worker."""
        await asyncio.to_thread(self._worker.shutdown, True, cancel_futures=True)


def _keep_memory_low() -> None:
    """One heap for all threads, and large buffers outside it: 40 MB less.

    By default glibc gives each thread a heap, and what one has freed no other can use; and once a
    large buffer was freed, the next ones are put into the heap, where small ones that outlive them
    keep it from shrinking. With that set, glibc would also give back the heap's end at each chance.
    Other C libraries have no such settings.
    """
    with suppress(OSError, AttributeError, TypeError):
        libc = ctypes.CDLL(None)
        libc.mallopt(_M_ARENA_MAX, 1)
        libc.mallopt(_M_MMAP_THRESHOLD, _LARGE)
        libc.mallopt(_M_TRIM_THRESHOLD, _KEPT)


def _give_back() -> None:
    """Free pages of the heap go back to the system: 20 MB of the peak.

    Not while a photo is read, nor after each: a page that is asked for again costs more time
    than all that is done to it (30 MB a photo, a sixth of the time).
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
