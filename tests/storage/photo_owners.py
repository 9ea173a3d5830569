"""One person deletes everything while another has one of their photos: over every photo store."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from storage.store import Store
from storage.types import Who
from tests.storage.contract import NOW


async def takes_their_photos_out(store: Store, *, clock_s: float = 0.0) -> None:
    """Only the other's photo is left; `clock_s`: the service's times are that coarse."""
    mine, shared = await store.photos.put(b"mine"), await store.photos.put(b"shared")
    for user, photo in (("1", mine), ("1", shared), ("2", shared)):
        row, _ = await store.interactions.begin(Who("web", user), photo, NOW)
        await store.interactions.save(replace(row, photo=photo))
    orphan = await store.photos.put(b"orphan")
    await store.people.forget(Who("web", "1"))
    assert await store.photos.get(mine) is None
    assert await store.photos.get(shared) == b"shared"
    await asyncio.sleep(clock_s)
    assert await store.sweep_photos(timedelta()) == 1
    assert await store.photos.get(orphan) is None
    await store.close()
