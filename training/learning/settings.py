"""Where learning finds what it needs, from the environment: as the bot does."""

from __future__ import annotations

from pathlib import Path

from recognizer.errors import ModelStoreError
from recognizer.models import ModelFiles
from recognizer.settings import RecognizerSettings
from recognizer.store.model_store import ModelStore
from storage.errors import LessonSetError
from storage.lesson_sets import LessonSets
from storage.settings import StorageSettings
from storage.store import Store


class LearnSettings(RecognizerSettings, StorageSettings):
    """The database and photos, the data sets, and the versions of the networks."""

    async def opened(self) -> Store:
        """The store. Raises `StorageError`."""
        return await Store.open(self.database_url, self.photos_in, self.photo_store_endpoint)

    def sets(self) -> LessonSets:
        """The data sets. Raises `LessonSetError` where LEARN_SETS is not set."""
        if self.learn_sets is None:
            raise LessonSetError("LEARN_SETS has to name a folder or a bucket for data sets")
        return LessonSets(self.learn_sets, self.photo_store_endpoint)

    def versions(self) -> ModelStore:
        """The model store. Raises `ModelStoreError` where MODEL_STORE is not set."""
        if self.model_store is None:
            raise ModelStoreError("MODEL_STORE has to name a folder or a bucket for versions")
        return ModelStore(self.model_store)


def serving(versions: ModelStore, cache: Path) -> tuple[str, ModelFiles]:
    """The version that serves, "" for the shipped one, and its files, fetched into `cache`.

    Raises `ModelError`.
    """
    current = versions.current()
    if current is None:
        return "", ModelFiles()
    return current.version, versions.fetch(current.version, cache)
