"""The wheel, installed outside the checkout: all files are in it, and it serves a photo."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import site
import subprocess
import sys
import tomllib
import venv
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from tests.program.processes import ROOT
from tests.waiting import PATIENCE_S
from tests.web.client import Person

LEFT_OUT = frozenset({"benchmarks", "release", "tests"})  # they need a checkout
SHIPPED = frozenset(file.parent.name for file in ROOT.glob("*/__init__.py")) - LEFT_OUT
SAMPLE = ROOT / "bot/channels/web/static/sample-tag.jpg"


@dataclass(frozen=True, slots=True)
class Installed:
    """The wheel, and the environment that it is installed in."""

    wheel: Path
    folder: Path  # of the environment
    work: Path  # a folder to run in, empty

    @property
    def programs(self) -> Path:
        return self.folder / "bin"

    def says(self, *command: str) -> str:
        """What a program of the environment prints."""
        done = subprocess.run(
            [self.programs / command[0], *command[1:]],
            cwd=self.work,
            env={"PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=True,
        )
        return done.stdout.strip()


def install(folder: Path) -> Installed:
    """Build it from a copy of the checkout, for a build leaves files behind, and install it."""
    source = folder / "source"
    for name in SHIPPED:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, source / name, ignore=ignored)
    for name in LEFT_OUT:  # must be seen, to be left out
        (source / name).mkdir()
        shutil.copy(ROOT / name / "__init__.py", source / name)
    for name in ("pyproject.toml", "README.md", "LICENSE", "THIRD_PARTY_NOTICES.md"):
        shutil.copy(ROOT / name, source)
    _pip(folder, "wheel", str(source), "--no-build-isolation", "--wheel-dir", str(folder))
    (wheel,) = folder.glob("pumbeon-*.whl")
    environment = folder / "environment"
    venv.EnvBuilder(symlinks=True).create(environment)
    python = str(environment / "bin/python")
    _pip(folder, "--python", python, "install", str(wheel))
    _lend_dependencies(environment)
    work = folder / "work"
    work.mkdir()
    return Installed(wheel, environment, work)


def _pip(folder: Path, *words: str) -> None:
    """Run it where it sees no checkout, which might count as installed."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", *words]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run(
        [*command, "--no-deps", "--no-index"],
        cwd=folder,
        env=environment,
        check=True,
        timeout=PATIENCE_S,
    )


def _lend_dependencies(environment: Path) -> None:
    """Those of this environment, behind the wheel's own packages.

    Its folder is only added to the path: files in it that name a checkout are not followed.
    """
    (own,) = environment.glob("lib/python*/site-packages")
    (own / "lent.pth").write_text("\n".join(site.getsitepackages()))


def has_all_files_and_nothing_else(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
        licences = [name.rpartition("/")[2] for name in wheel.namelist() if "/licenses/" in name]
    there = {
        str(file.relative_to(ROOT))
        for name in SHIPPED
        for file in (ROOT / name).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert names == there
    assert {f"{name}/py.typed" for name in SHIPPED} <= names
    assert sorted(licences) == ["LICENSE", "THIRD_PARTY_NOTICES.md"]


def has_the_programs_of_the_wheel(installed: Installed) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    version = f"pumbeon {project['version']}"
    assert installed.says("pumbeon", "--version") == version
    assert installed.says("python", "-m", "storage", "--version") == version
    imports = f"import {', '.join(sorted(SHIPPED))}\n"
    files = "; ".join(f"print({name}.__file__)" for name in sorted(SHIPPED))
    for file in installed.says("python", "-c", imports + files).splitlines():
        assert Path(file).is_relative_to(installed.folder)


@asynccontextmanager
async def serving(installed: Installed) -> AsyncIterator[str]:
    """`pumbeon serve` in its empty folder; gives its address, and looks how it ends."""
    process = await asyncio.create_subprocess_exec(
        *(installed.programs / "pumbeon", "serve"),
        cwd=installed.work,
        env={"PATH": "/usr/bin:/bin", "WEB_PORT": "0"},
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    try:
        async with asyncio.timeout(PATIENCE_S):
            told = (await process.stdout.readline()).decode()
        assert told.startswith("Pumbeon is ready: http://127.0.0.1:")
        yield told.split()[-1]
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE_S):
            assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def serves_a_photo(installed: Installed) -> None:
    jar = aiohttp.CookieJar(unsafe=True)  # 127.0.0.1 is an address, not a name
    async with serving(installed) as url, aiohttp.ClientSession(cookie_jar=jar) as session:
        async with session.get(url) as page:
            assert "/static/chat.js" in await page.text()
        person = Person(session, url)
        await person.log()  # the cookie
        answer = await person.photo(SAMPLE.read_bytes())
        assert answer.status == 200
        assert "DD1391-100" in answer.last["text"]
        assert "[SAMPLE]" in str(answer.lines)  # a sure code comes with the sample's prices
    assert (installed.work / "data/pumbeon.db").is_file()


async def test_installed_elsewhere_it_is_whole_and_serves_a_photo(tmp_path: Path) -> None:
    installed = await asyncio.to_thread(install, tmp_path)
    has_all_files_and_nothing_else(installed)
    await asyncio.to_thread(has_the_programs_of_the_wheel, installed)
    await serves_a_photo(installed)
