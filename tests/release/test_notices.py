"""THIRD_PARTY_NOTICES.md names every package that is depended on, as `make notices` writes it."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from release import notices

PROJECT = tomllib.loads((notices.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
_, LISTS, _ = notices.parted(notices.NOTICES.read_text("utf-8"))
PARTS = dict(zip(notices.extras(), re.split(r"\n\n(?=### )", LISTS), strict=True))


def installed(extra: str) -> bool:
    wanted = (Requirement(line) for line in PROJECT["optional-dependencies"][extra])
    there = {canonicalize_name(each.name) for each in metadata.distributions()}
    return all(canonicalize_name(each.name) in there for each in wanted)


def test_what_serving_needs_is_listed() -> None:
    assert PARTS[""] == notices.as_text("")


@pytest.mark.parametrize("extra", PROJECT["optional-dependencies"])
def test_so_is_each_extra(extra: str) -> None:
    if not installed(extra):
        pytest.skip(f"the extra {extra} is not installed")
    assert PARTS[extra] == notices.as_text(extra)


def test_what_is_depended_on_is_there_by_name_with_licence_and_home() -> None:
    for extra, wanted in {"": PROJECT["dependencies"], **PROJECT["optional-dependencies"]}.items():
        rows = [line.strip("| ").split(" | ") for line in PARTS[extra].splitlines()[4:]]
        assert all(len(row) == 3 and row[1] and row[2].startswith("http") for row in rows)
        serving = {line.split(" | ")[0] for line in PARTS[""].splitlines()[4:]}
        named = {canonicalize_name(Requirement(line).name) for line in wanted} - {"pumbeon"}
        assert {name for name in named if f"| {name}" not in serving} <= {row[0] for row in rows}
    listed = LISTS.replace("LGPL", "")
    assert "GPL" not in listed  # nothing that serving or training needs is under it


def test_a_package_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(name: str) -> metadata.Distribution:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", nowhere)
    with pytest.raises(notices.NoticesError, match="is not installed"):
        notices.packages("")


def test_notices_without_their_marks_are_refused() -> None:
    with pytest.raises(notices.NoticesError, match="has no"):
        notices.parted("# Third-party notices\n")
