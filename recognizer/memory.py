"""Memory of the serving process: how the heap is kept small, and how many bytes photos may take.

The process idles at 250 to 340 MB and is to stay below 600 whatever is sent, so that it can live
in a container of 1 GB beside what else is there. What decoders and networks take comes from one
room: who wants more than is free waits until others have given it back.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8  # of mallopt(3)
_LARGE: Final = 6 * 1024 * 1024  # bytes; the networks' largest buffers
_KEPT: Final = 256 * 1024 * 1024  # bytes of free heap that are not given back within a photo

ROOM_BYTES: Final = 260_000_000
"""Bytes that decoders and networks may hold at once: 600 MB less an idle bot's 340."""

READING_BYTES: Final = 115_000_000
"""Of one photo while it is read: two full of print took 240 MB more than none (measured)."""

_TRIMMED_BYTES: Final = 32_000_000  # from here on a trim's 10 ms are little beside the decoding


class Room:
    """A number of bytes that threads share; who waits longest is served first."""

    def __init__(self, size: int = ROOM_BYTES) -> None:
        self.size = self._free = size
        self._turn, self._changed = threading.Lock(), threading.Condition()

    @contextmanager
    def taken(self, need: int) -> Iterator[None]:
        """Hold `need` bytes, at most `size`; waits until they are free.

        Must not be asked for more by who holds some already: that might wait for ever.
        """
        # A large one waits with the turn in its hand: small ones would else pass it for ever.
        with self._turn, self._changed:
            self._changed.wait_for(lambda: self._free >= need)
            self._free -= need
        try:
            if need >= _TRIMMED_BYTES:
                give_back()  # free heap that lies about would come on top
            yield
        finally:
            with self._changed:
                self._free += need
                self._changed.notify()


ROOM: Final = Room()
"""The process's."""


def keep_low() -> None:
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


def give_back() -> None:
    """Free pages of the heap go back to the system: 20 MB of the peak.

    Not while a photo is read, nor after each: a page that is asked for again costs more time
    than all that is done to it (30 MB a photo, a sixth of the time).
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
