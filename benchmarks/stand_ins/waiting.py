"""Waiting for what has to come, on however slow a machine."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable

PATIENCE_S = 200.0
"""How long a test waits: only a fault takes longer, and pytest's own limit is higher still."""


async def until(true: Callable[[], object | Awaitable[object]]) -> None:
    """Wait for something that tells nobody of itself. Raises TimeoutError if it never comes."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            found = true()
            if await found if inspect.isawaitable(found) else found:
                return
            await asyncio.sleep(0.01)
