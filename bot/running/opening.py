"""The store as a start finds it, with prices to show a newcomer."""

from __future__ import annotations

import logging
from pathlib import Path

import storage
from bot.running.errors import StartError
from bot.settings import Settings
from bot.talk.errors import SettingsError
from storage.catalogue.catalogue import CatalogueTable
from storage.database import sqlite_path
from storage.errors import DatabaseError, DatabaseUrlError, PhotoStoreError
from storage.sqlite_driver import told_of_old_sqlite
from storage.store import Store

SAMPLE_CATALOGUE = Path(storage.__file__).parent / "sample" / "catalogue.csv"

log = logging.getLogger(__name__)


async def open_store(settings: Settings) -> Store:
    """The store that the settings name. Raises `SettingsError` or `StartError`."""
    photos = settings.photos_in, settings.photo_store_endpoint
    if sqlite_path(settings.database_url) and (warning := told_of_old_sqlite()):
        log.warning(warning)
    try:
        return await Store.open(settings.database_url, *photos)
    except DatabaseUrlError as error:
        raise SettingsError(f"DATABASE_URL: {error}") from error
    except DatabaseError as error:
        raise StartError(f"DATABASE_URL: {error}") from error
    except PhotoStoreError as error:
        name = "PHOTO_STORE" if settings.photo_store else "PHOTO_DIR"
        raise StartError(f"{name}: {error}") from error


async def settle_sample(catalogue: CatalogueTable, settings: Settings) -> None:
    """The sample lets a newcomer see an answer; where there are real prices it goes."""
    if any(source.complete for source in settings.sources) or await catalogue.has_own():
        if removed := await catalogue.drop_sample():
            log.info("there are real prices: the %d sample rows are gone", removed)
    elif await catalogue.is_empty():
        report = await catalogue.import_list(SAMPLE_CATALOGUE)
        log.info("the catalogue was empty: %d sample rows are in it now", report.added)
