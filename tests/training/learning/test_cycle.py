"""A whole cycle by the program itself: killed, gone on with, refused, begun anew."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from recognizer.models import WEIGHTS
from recognizer.store.model_store import ModelStore
from storage.lesson_sets import LessonSets
from storage.store import Store
from tests.program.processes import PUMBEON, environment
from tests.training.learning.town import Town
from tests.waiting import PATIENCE_S

PEOPLE = 90


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    return {
        "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/pumbeon.db",
        "PHOTO_DIR": str(tmp_path / "photos"),
        "LEARN_SETS": str(tmp_path / "sets"),
        "MODEL_STORE": str(tmp_path / "models"),
    }


@pytest.fixture
def words(tmp_path: Path, few_fonts: Path) -> list[str]:
    flags = {"runs": tmp_path / "runs", "fonts": few_fonts, "samples": 64, "crops": 120}
    more = {"photos": 0, "workers": 0, "threads": 1}
    return ["cycle", *(word for flag, value in {**flags, **more}.items()
                       for word in (f"--{flag}", str(value)))]  # fmt: skip


async def people(store: Store, count: int) -> None:
    town, chance = Town(store), np.random.default_rng(4)
    for number in range(count):
        code = f"DD{chance.integers(1000, 9999)}-{chance.integers(100, 999)}"
        await town.photo(str(number), code, said=code)


def learn(folder: Path, settings: dict[str, str], *words: str) -> subprocess.Popen[str]:
    """The program, in a folder of its own."""
    return subprocess.Popen(
        [sys.executable, "-u", "-c", PUMBEON, "learn", *words],
        cwd=folder,
        env=environment(**settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def killed_at(program: subprocess.Popen[str], line: str) -> None:
    """SIGKILL to it and all that it started, once it says so."""
    assert program.stdout and program.stderr
    for told in program.stdout:
        if line in told:
            break
    else:
        raise AssertionError(program.stderr.read())
    os.killpg(program.pid, signal.SIGKILL)
    program.communicate(None, PATIENCE_S)


@pytest.mark.timeout(900)
async def test_a_cycle_goes_on_after_a_kill_and_leaves_what_serves(
    store: Store, tmp_path: Path, settings: dict[str, str], words: list[str]
) -> None:
    await people(store, PEOPLE)
    killed_at(await asyncio.to_thread(learn, tmp_path, settings, *words), "rows are believed")
    sets, versions = LessonSets(settings["LEARN_SETS"]), ModelStore(settings["MODEL_STORE"])
    first = [name for name in sets.names() if not name.endswith("-raw")]
    assert len(first) == 1 and versions.versions() == ()
    again = await asyncio.to_thread(learn, tmp_path, settings, *words)
    told, errors = await asyncio.to_thread(again.communicate, None, 8 * PATIENCE_S)
    assert again.returncode == 1, errors
    assert "labelled by agreeing readers" not in told  # that was done before
    assert "not promoted: it is not better overall" in told + errors
    assert list(sets.names()) == first
    (version,) = versions.versions()
    assert version.name == first[0] and version.notes["set_hash"] == sets.get(first[0]).hash
    assert versions.current() is None
    assert not (tmp_path / "runs/cycle.json").exists()


async def failed(folder: Path, settings: dict[str, str], *words: str) -> tuple[int | None, str]:
    """The exit status and the one line on standard error."""
    program = await asyncio.to_thread(learn, folder, settings, *words)
    _, errors = await asyncio.to_thread(program.communicate, None, 4 * PATIENCE_S)
    assert len(errors.splitlines()) == 1, errors
    return program.returncode, errors


@pytest.mark.timeout(900)
async def test_each_failure_is_one_line(
    store: Store, tmp_path: Path, settings: dict[str, str], words: list[str]
) -> None:
    unset = {name: value for name, value in settings.items() if name != "LEARN_SETS"}
    status, line = await failed(tmp_path, unset, *words)
    assert (status, line.partition(" has")[0]) == (1, "cycle: LEARN_SETS")
    status, line = await failed(tmp_path, settings, *words)
    assert (status, "0 lines to learn from, 60 are needed" in line) == (1, True)
    sets = LessonSets(settings["LEARN_SETS"])
    (empty,) = sets.names()
    (tmp_path / "sets" / empty / "rows.jsonl").write_text("{")
    status, line = await failed(tmp_path, settings, "clean", empty, "other")
    assert (status, line.startswith(f"clean: set {empty}: rows.jsonl is broken")) == (1, True)
    versions = ModelStore(settings["MODEL_STORE"])
    shutil.copytree(WEIGHTS, tmp_path / "weights")
    versions.add("one", tmp_path / "weights", {})
    versions.promote("one")
    weights = tmp_path / "models/versions/one/reader.safetensors"
    weights.unlink()
    status, line = await failed(tmp_path, settings, "clean", empty, "other")
    assert (status, "one: reader.safetensors is missing" in line) == (1, True)
    current = versions.current()
    assert current and current.version == "one"
