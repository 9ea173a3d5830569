"""Who cancelled: somebody who wants this task to end, or what it waits for."""

from __future__ import annotations

import asyncio


def asked_to_stop() -> bool:
    """Whether the running task itself was asked to stop; False outside any task."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
