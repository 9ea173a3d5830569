"""The reader reads with the version that is promoted in the store, without a restart."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Protocol, Self

from bot.running.schedule import PeriodicJob
from bot.talk.errors import SettingsError
from recognizer.errors import ModelError, ModelStoreError
from recognizer.models import ModelFiles
from recognizer.store.model_store import ModelStore, forget
from recognizer.store.versions import Current

SHIPPED = "shipped"
"""How the weights that the program brings along are called: in the log and in /metrics."""

_FETCHED = Path(tempfile.gettempdir()) / "pumbeon-models"

log = logging.getLogger(__name__)


class Renewable(Protocol):
    """A reader whose networks can be changed; `recognizer.local.LocalReader` is one."""

    async def renew(self, files: ModelFiles) -> None:
        """Read with these from now on. Raises `ModelError` where the old ones go on."""
        ...


class NewVersions:
    """Looks which version is current, and has the reader take it.

    A version that cannot be taken is told once, and left alone until one is promoted again; a
    store that is away is told once, and asked again at each look. What reads goes on meanwhile.
    """

    def __init__(self, store: ModelStore | None, cache: Path) -> None:
        """`store` None: the shipped weights for good. `cache` is for what is fetched."""
        self._store, self._cache = store, cache
        self._reader: Renewable | None = None
        self._settled: Current | None = None  # the word that was taken, or could not be
        self._away = False
        self.version = SHIPPED

    @classmethod
    def of(cls, address: str | None) -> Self:
        """Of the store at an address, if any. Raises `SettingsError`."""
        if address is None:
            return cls(None, _FETCHED)
        try:
            store = ModelStore(address)
        except ModelStoreError as error:
            raise SettingsError(f"MODEL_STORE: {error}") from error
        return cls(store, _FETCHED / hashlib.sha256(address.encode()).hexdigest()[:16])

    async def begin(self, reader: Renewable) -> None:
        """Look once, for a reader that has the shipped weights, and keep to it."""
        self._reader = reader
        await self.look()

    async def look(self) -> None:
        """Take what is current, where it is another one than at the last look."""
        if self._store is None or self._reader is None:
            return
        try:
            current = await asyncio.to_thread(self._current, self._store)
            if current != self._settled:
                await self._take(self._store, self._reader, current)
        except ModelStoreError as error:
            if not self._away:
                log.error("MODEL_STORE: %s; version %s goes on", error, self.version)
            self._away = True
        else:
            self._away = False

    def _current(self, store: ModelStore) -> Current | None:
        current = store.current()
        # So do a folder that is not mounted just now and a proxy's 404 look; nobody rolled back.
        if current is None and self._settled and not store.versions():
            raise ModelStoreError("no version is in the store any more")
        return current

    async def _take(self, store: ModelStore, reader: Renewable, current: Current | None) -> None:
        name, files = SHIPPED, ModelFiles()
        try:
            if current:
                name = current.version
                files = await asyncio.to_thread(store.fetch, name, self._cache)
            await reader.renew(files)
        except ModelStoreError:
            raise
        except ModelError as error:
            told = "MODEL_STORE: version %s is not taken, version %s goes on: %s"
            log.error(told, name, self.version, error)
        else:
            log.info("photos are read by version %s now", name)
            self.version = name
            keep = {name, *current.before[-1:]} if current else set[str]()
            await asyncio.to_thread(forget, self._cache, keep)
        self._settled = current


def version_job(versions: NewVersions, every_s: float) -> PeriodicJob:
    """The looks, for the scheduler; one under way ends by itself."""
    return PeriodicJob(
        "looking for a promoted version", versions.look, lambda: None, timedelta(seconds=every_s)
    )
