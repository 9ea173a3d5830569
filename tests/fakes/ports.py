"""Ports that stay free until they are used."""

from __future__ import annotations

import os
import socket
from itertools import count

# Below those that systems give to whoever asks for any port (from 32768 on under Linux): between
# the choice and its use no other program can be given it.
_FIRST, _LAST = 20_000, 32_000
_tries = count(os.getpid() * 97)


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nothing listens on, and that nobody is given by chance."""
    for number in _tries:
        port = _FIRST + number % (_LAST - _FIRST)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise AssertionError("unreachable")
