"""How long a photo would wait to be read, so that nobody waits for what cannot come in time."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PHOTO_S = 0.3
"""Seconds a photo, until some were read: about what a small server takes."""

_NEWEST = 0.1  # weight of the newest photo in the mean: a dozen photos tell how it is now


class PhotoQueue:
    """Photos that were taken and are not read yet; `promise_s`: how long one may wait, 0: for ever.

    The mean time between two photos read, while others waited, is what each of those that wait
    will take: it knows how many are read side by side and how busy the machine is.
    """

    def __init__(self, promise_s: float = 0.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._promise_s = promise_s
        self._clock = clock
        self._inside = 0
        self._each_s = PHOTO_S
        self._since = 0.0  # when the last one was read, or the first of a row came

    @contextmanager
    def place(self) -> Iterator[None]:
        """A photo that was taken, until it is read."""
        if not self._inside:
            self._since = self._clock()
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1
            now = self._clock()
            self._each_s += _NEWEST * (now - self._since - self._each_s)
            self._since = now

    @property
    def wait_s(self) -> float:
        """Seconds until the last of them will be read."""
        return self._inside * self._each_s

    def busy_for(self) -> int:
        """Whole seconds after which another photo can be taken; 0: now."""
        if not self._promise_s or self.wait_s <= self._promise_s:
            return 0
        return max(1, math.ceil(self.wait_s - self._promise_s))
