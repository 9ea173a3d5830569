"""The extras of `pyproject.toml`: each is described, in a way that it can be installed."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.program.processes import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = sorted(PROJECT["optional-dependencies"])
INSTALL = re.compile(r"pip install -e '\.\[(\w+)\]'")
ROOMS = ("bot", "recognizer", "lookup", "storage", "datasets", "training")


@pytest.mark.parametrize("extra", EXTRAS)
def test_the_readme_says_how_to_install_it(extra: str) -> None:
    assert extra in INSTALL.findall((ROOT / "README.md").read_text("utf-8"))


def test_only_extras_that_there_are_are_named_and_only_in_a_way_that_works() -> None:
    files = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    files += [file for room in ROOMS for file in (ROOT / room).rglob("*.py")]
    texts = {str(file): file.read_text("utf-8") for file in files}
    named = {name for text in texts.values() for name in INSTALL.findall(text)}
    assert named - {"extra"} <= set(EXTRAS)
    # Nothing of that name comes from a package index.
    assert not [file for file, text in texts.items() if re.search(r"install '?pumbeon", text)]
