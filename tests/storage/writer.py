"""A process that writes rows until it is killed, and says each one once it is committed."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from itertools import count
from pathlib import Path

from storage.database import utc_now
from storage.store import Store
from storage.types import Status, Who


async def write(url: str, photo_dir: Path, name: str, turns: int) -> None:
    """Turns of photo, row, update; `turns` 0 goes on for ever."""
    store = await Store.open(url, photo_dir)
    who = Who("telegram", name)
    for turn in range(turns) if turns else count():
        await store.inbox.put("telegram", f"{name}-{turn}", "{}", name)
        photo = await store.photos.put(f"{name} photo {turn}".encode() * 500)
        row, made = await store.interactions.begin(who, f"event-{turn}", utc_now())
        assert made
        await store.interactions.save(
            replace(row, photo=photo, code=f"FU{turn:04}", status=Status.CONFIRMED)
        )
        await store.inbox.done("telegram", f"{name}-{turn}")
        sys.stdout.write(f"{row.id} {photo} FU{turn:04}\n")
        sys.stdout.flush()
    await store.close()


if __name__ == "__main__":
    asyncio.run(write(sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])))
