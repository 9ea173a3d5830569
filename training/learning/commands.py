"""What the steps of `pumbeon learn` do: each prints what it did."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

from datasets.errors import DatasetError
from recognizer.errors import RecognizerError
from storage.errors import StorageError
from storage.store import Store
from surroundings.settings import EXIT_STATUS, WrongSettings, load
from training.errors import TrainingError
from training.learning import autolabel, clean, exchange, select, steps
from training.learning.collect import Query
from training.learning.cycle import cycle, watch
from training.learning.settings import LearnSettings

log = logging.getLogger(__name__)

T = TypeVar("T")
_TOLD_PLAINLY = (StorageError, RecognizerError, TrainingError, DatasetError, OSError)
_REFUSED_SHOWN = 20  # rows that could not be imported; the rest is counted


def done(options: argparse.Namespace) -> int:
    """Run a step; 0, 1 where it could not be done, 2 for wrong settings."""
    try:
        return _STEPS[options.step](_bench(options), options) or 0
    except WrongSettings as error:
        print(error, file=sys.stderr)
        return EXIT_STATUS
    except _TOLD_PLAINLY as error:
        print(f"{options.step}: {error}", file=sys.stderr)
    except Exception as error:  # such as torch's for a full disk
        log.debug("a step of learning failed", exc_info=True)
        told = " ".join(str(error).split())
        print(f"{options.step} failed: {type(error).__name__}: {told}", file=sys.stderr)
    return 1


def _bench(options: argparse.Namespace) -> steps.Workbench:
    settings = load(LearnSettings)
    given = {
        name: value
        for name, value in vars(options).items()
        if name in steps.Workbench.__dataclass_fields__
    }
    return steps.Workbench(settings, **{**given, "frozen": tuple(given.get("frozen", ()))})


def _stored(bench: steps.Workbench, do: Callable[[Store], Awaitable[T]]) -> T:
    async def run() -> T:
        async with steps.opened(bench.settings) as store:
            return await do(store)

    return asyncio.run(run())


def _collect(bench: steps.Workbench, options: argparse.Namespace) -> None:
    made = steps.collected(bench, options.set, Query(options.brand, options.channel, options.since))
    print(f"set {made.name}: {_told(made.counts)}; {made.hash[:12]}")


def _clean(bench: steps.Workbench, options: argparse.Namespace) -> None:
    steps.cleaned(bench, options.set, options.into)
    print(clean.told(bench.settings.sets().rows(options.into)))


def _sets(bench: steps.Workbench, _: argparse.Namespace) -> None:
    sets = bench.settings.sets()
    names = sets.names()
    learned = steps.saw(bench.settings.versions(), names) if bench.settings.model_store else {}
    for name in names:
        found = sets.get(name)
        by = ", ".join(learned.get(name, [])) or "no version"
        left = f", {found.removed} have left" if found.removed else ""
        print(f"{name}: {_told(found.counts)}{left}; {found.made_at}; learned by {by}")


def _purge(bench: steps.Workbench, _: argparse.Namespace) -> None:
    sets = bench.settings.sets()
    purged = _stored(bench, lambda store: store.leave_lessons(sets))
    names = [one.name for one in purged]
    learned = steps.saw(bench.settings.versions(), names) if bench.settings.model_store else {}
    for one in purged:
        by = ", ".join(learned.get(one.name, [])) or "no version"
        print(f"{one.name}: {one.rows} rows and {one.files} files left; they were learned by {by}")
    if not purged:
        print("nobody has to leave")


def _select(bench: steps.Workbench, options: argparse.Namespace) -> None:
    for one in _stored(bench, lambda store: select.select(store, options.number)):
        print(f"{one.interaction}\t{one.score:.4f}\t{', '.join(one.reasons)}")


def _autolabel(bench: steps.Workbench, _: argparse.Namespace) -> None:
    count = _stored(bench, lambda store: autolabel.autolabel(store, datetime.now(UTC)))
    print(f"{count} photos labelled")


def _export(bench: steps.Workbench, options: argparse.Namespace) -> None:
    sets = bench.settings.sets()
    count = exchange.export_set(sets, options.set, options.folder, options.format)
    print(f"{count} photos in {options.folder}")


def _import(bench: steps.Workbench, options: argparse.Namespace) -> int:
    now = datetime.now(UTC)
    found = _stored(
        bench, lambda store: exchange.import_labels(store, options.path, options.author, now)
    )
    print(f"{found.kept} labels kept")
    for line in found.refused[:_REFUSED_SHOWN]:
        print(line, file=sys.stderr)
    if len(found.refused) > _REFUSED_SHOWN:
        print(f"and {len(found.refused) - _REFUSED_SHOWN} more", file=sys.stderr)
    return 1 if found.refused else 0


def _train(bench: steps.Workbench, options: argparse.Namespace) -> None:
    weights = steps.taught(bench, options.set, options.version)
    print(f"version {options.version} in {weights}")


def _judge(bench: steps.Workbench, options: argparse.Namespace) -> int:
    found = steps.judged(bench, options.set, options.version)
    print(found.told())
    return 1 if found.objections else 0


def _versions(bench: steps.Workbench, _: argparse.Namespace) -> None:
    store = bench.settings.versions()
    current = store.current()
    for version in store.versions():
        serves = " serves" if current and current.version == version.name else ""
        against = version.notes.get("judged", {}).get("against", [])
        told = f"; not to be promoted: {'; '.join(against)}" if against else ""
        print(f"{version.name}{serves}: {version.made_at:%Y-%m-%d %H:%M} UTC{told}")
    if current is None:
        print("the shipped weights serve")


def _promote(bench: steps.Workbench, options: argparse.Namespace) -> None:
    steps.promoted(bench.settings.versions(), options.version, anyway=options.anyway)
    print(f"version {options.version} serves now")


def _rollback(bench: steps.Workbench, _: argparse.Namespace) -> None:
    name = bench.settings.versions().rollback()
    print(f"version {name} serves now" if name else "the shipped weights serve now")


def _watch(bench: steps.Workbench, _: argparse.Namespace) -> int:
    found, back = watch(bench)
    print(found.told() if found else "no version is young enough to be watched")
    if back:
        print(f"it goes back: {back} serve again", file=sys.stderr)
    return 1 if back else 0


def _cycle(bench: steps.Workbench, _: argparse.Namespace) -> None:
    cycle(bench, lambda line: print(line, flush=True))


def _told(counts: object) -> str:
    assert isinstance(counts, dict)
    return ", ".join(f"{value} {name}" for name, value in counts.items())


_STEPS: dict[str, Callable[[steps.Workbench, argparse.Namespace], int | None]] = {
    "collect": _collect,
    "clean": _clean,
    "sets": _sets,
    "purge": _purge,
    "select": _select,
    "autolabel": _autolabel,
    "export": _export,
    "import": _import,
    "train": _train,
    "judge": _judge,
    "versions": _versions,
    "promote": _promote,
    "rollback": _rollback,
    "watch": _watch,
    "cycle": _cycle,
}
