"""One class name, one class; one constant's name, one value: in these rooms, beside all others."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = [
    "bot",
    "recognizer",
    "lookup",
    "storage",
    "stylecode",
    "datasets",
    "training",
    "benchmarks",
]
ROOMS = ("lookup/", "storage/", "bot/running/")


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Each module's path and content; migrations stay as they were released."""
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            name = file.relative_to(ROOT).as_posix()
            if "/migrations/" not in name:
                yield name, ast.parse(file.read_text("utf-8"))


def constants(module: ast.Module) -> Iterator[tuple[str, str]]:
    """Names in capitals at the top of a module, each with what it is set to.

    One that only hands on another module's (`KST = quota.KST`) is none of its own.
    """
    for node in module.body:
        if isinstance(node, ast.Assign):
            targets, value = node.targets, node.value
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            targets, value = [node.target], node.value
        else:
            continue
        for target in targets:
            if isinstance(target, ast.Name) and target.id.isupper():
                told = ast.unparse(value)
                if not told.endswith(f".{target.id}"):
                    yield target.id, told


def ours(files: list[str]) -> bool:
    return any(file.startswith(ROOMS) for file in files)


def test_a_class_name_means_one_class() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for name, module in modules():
        for node in ast.walk(module):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(name)
    assert len(found) > 300
    twice = {name: files for name, files in found.items() if len(files) > 1 and ours(files)}
    assert twice == {}


def test_a_constant_has_one_value() -> None:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, module in modules():
        for constant, value in constants(module):
            found[constant][value].append(name)
    assert len(found) > 600
    several = {
        constant: dict(values)
        for constant, values in found.items()
        if len(values) > 1 and ours([file for files in values.values() for file in files])
    }
    assert several == {}
