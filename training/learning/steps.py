"""The steps of learning, over what the settings name.

Each is done as a whole or leaves nothing that counts: a set without its manifest, a version without
its description, a run that goes on where it stopped.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from datasets.fonts.fonts import FETCHED, FontPool, font_folders
from recognizer.store.model_store import ModelStore
from storage.lesson_sets import LessonSet
from storage.store import Store
from training.errors import NotBetterError
from training.exporting.calibrate import calibrate
from training.learning.clean import clean
from training.learning.collect import Query, collect
from training.learning.judge import Judgement, judge, papers
from training.learning.settings import LearnSettings, serving
from training.learning.teach import Teaching, teach
from training.reader.reading import load_weights

RUNS = Path("runs/learning")


@dataclass(frozen=True, slots=True)
class Workbench:
    """Where learning works: the folder of its runs, fonts to draw with, frozen sets to judge on.

    `crops` and `photos` are drawn to calibrate on, `threads` are the processor's cores to use.
    """

    settings: LearnSettings
    runs: Path = RUNS
    fonts: Path = FETCHED
    frozen: tuple[Path, ...] = ()
    samples: int = 24_000
    minutes: float | None = None
    workers: int = 1
    crops: int = 1500
    photos: int = 150
    threads: int = 2

    @property
    def cache(self) -> Path:
        """Where versions are fetched to."""
        return self.runs / "fetched"

    def run(self, version: str) -> Path:
        """The folder of a version that is being made."""
        return self.runs / version

    def teaching(self, version: str) -> Teaching:
        """How a version is taught."""
        return Teaching(
            font_folders(self.fonts),
            self.run(version),
            samples=self.samples,
            minutes=self.minutes,
            workers=self.workers,
        )


@asynccontextmanager
async def opened(settings: LearnSettings) -> AsyncIterator[Store]:
    """The store, closed at the end. Raises `StorageError`."""
    store = await settings.opened()
    try:
        yield store
    finally:
        await store.close()


def collected(bench: Workbench, name: str, query: Query = Query()) -> LessonSet:  # noqa: B008 - frozen
    """A new data set of all consented photos that somebody spoke of."""

    async def run() -> LessonSet:
        async with opened(bench.settings) as store:
            return await collect(store, bench.settings.sets(), name, query)

    return asyncio.run(run())


def cleaned(bench: Workbench, name: str, into: str) -> LessonSet:
    """A set with its doubts, by the reader that serves."""
    _, files = serving(bench.settings.versions(), bench.cache)
    reader = load_weights(files.folder / "reader.safetensors").network
    return clean(bench.settings.sets(), name, into, reader)


def taught(bench: Workbench, name: str, version: str) -> Path:
    """The folder of weights of a new version, calibrated anew; goes on where it stopped."""
    _, before = serving(bench.settings.versions(), bench.cache)
    weights = teach(before, bench.settings.sets(), name, version, bench.teaching(version))
    pool = FontPool.load(font_folders(bench.fonts))
    calibrate(weights, pool, bench.crops, bench.photos, bench.threads)
    return weights


def judged(bench: Workbench, name: str, version: str) -> Judgement:
    """A new version against the one that serves; it goes into the store with its table."""
    versions = bench.settings.versions()
    current, before = serving(versions, bench.cache)
    weights = bench.run(version) / "weights"
    fonts = font_folders(bench.fonts)
    sets = bench.settings.sets()
    found = judge(before.folder, weights, papers(sets, name, fonts, bench.frozen))
    versions.add(version, weights, _notes(sets.get(name), current, found))
    return found


def _notes(taught_by: LessonSet, current: str, found: Judgement) -> dict[str, Any]:
    return {
        "set": taught_by.name,
        "set_hash": taught_by.hash,
        "lessons": dict(taught_by.counts),
        "judged_against": current or "shipped",
        "judged": found.as_json(),
    }


def promoted(versions: ModelStore, version: str, *, anyway: bool = False) -> None:
    """Have a version serve. Raises `NotBetterError` where it was judged to be none of the better.

    `anyway`: in spite of that, as an operator may want it.
    """
    against = versions.version(version).notes.get("judged", {}).get("against", [])
    if against and not anyway:
        raise NotBetterError(f"version {version} is not promoted: {'; '.join(against)}")
    versions.promote(version)


def saw(versions: ModelStore, names: Sequence[str]) -> Mapping[str, list[str]]:
    """For each of these sets the versions that learned from it."""
    found: dict[str, list[str]] = {name: [] for name in names}
    for version in versions.versions():
        if (name := version.notes.get("set")) in found:
            found[name].append(version.name)
    return found
