"""One class name is one class, one constant's name is one value: a name can be looked up."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]

SERVING = ("bot", "lookup", "storage", "pricelists", "surroundings", "release")
"""Rooms in which an underscore in front makes no other name of one, either."""

ROOMS = (*SERVING, "recognizer", "stylecode", "datasets", "training", "benchmarks")


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    """Each module's path and content.

    Migrations stay as they were released, and stand-ins call things as the services do.
    """
    files = [file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py"))]
    return tuple(
        (file.relative_to(ROOT).as_posix(), ast.parse(file.read_text("utf-8")))
        for file in files
        if not {"migrations", "stand_ins"} & {*file.parts}
    )


def serves(path: str) -> bool:
    return path.split("/", maxsplit=1)[0] in SERVING


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
            for name, told in _pairs(target, value):
                if name.isupper() and not told.endswith(f".{name}"):
                    yield name, told


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, str]]:
    """`A, B = 1, 2` names two; what several names are taken from is told with its place."""
    if isinstance(target, ast.Name):
        yield target.id, ast.unparse(value)
    elif isinstance(target, ast.Tuple | ast.List):
        several = isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts)
        for place, each in enumerate(target.elts):
            if isinstance(each, ast.Name):
                one = value.elts[place] if several and isinstance(value, ast.Tuple) else value
                yield each.id, ast.unparse(one) + ("" if several else f" [{place}]")


def test_every_room_is_looked_at() -> None:
    rooms = {file.parent.name for file in ROOT.glob("*/__init__.py")} - {"tests"}
    assert rooms == {*ROOMS}


def test_a_class_name_means_one_class() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for path, module in modules():
        for node in ast.walk(module):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(path)
    assert len(found) > 500
    twice = {name: paths for name, paths in found.items() if len(paths) > 1}
    assert twice == {}


def test_a_constants_name_has_one_value() -> None:
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for path, module in modules():
        for name, value in constants(module):
            found[name][value].add(path)
    assert len(found) > 1000
    several = {name: dict(values) for name, values in found.items() if len(values) > 1}
    assert several == {}


def test_an_underscore_does_not_make_another_name_of_it() -> None:
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for path, module in modules():
        for name, value in constants(module) if serves(path) else ():
            found[name.lstrip("_")][value].add(path)
    assert len(found) > 400
    assert {name: dict(values) for name, values in found.items() if len(values) > 1} == {}
