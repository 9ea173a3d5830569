"""One class name is one class, one constant name is one value: a name can be looked up."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator

from tests.bot.source import BOT, parsed

ROOMS = ("bot", "lookup", "recognizer", "storage", "stylecode")


BEING_MOVED = {"LEASE", "_LEASE", "LOOK_S", "FORMAT", "Manners"}


def trees() -> Iterator[tuple[str, ast.Module]]:
    """All modules of the product; the bot's begin with "bot/"."""
    for path, tree in parsed():
        yield f"bot/{path.as_posix()}", tree
    for room in ROOMS[1:]:
        for file in sorted((BOT.parent / room).rglob("*.py")):
            if "migrations" not in file.parts:  # they stay as they once were
                name = file.relative_to(BOT.parent).as_posix()
                yield name, ast.parse(file.read_text("utf-8"))


def constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Names in capitals and what they are set to."""
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign) and node.value:
            targets = [node.target]
        for target in targets:
            assert isinstance(node, ast.Assign | ast.AnnAssign)
            value = node.value
            names = target.elts if isinstance(target, ast.Tuple) else [target]
            values = value.elts if isinstance(value, ast.Tuple) and len(names) > 1 else [value]
            for name, one in zip(names, [*values, *values[-1:] * len(names)], strict=False):
                if isinstance(name, ast.Name) and name.id.isupper() and one:
                    yield name.id, ast.unparse(one)


def test_a_class_of_the_bot_has_its_name_alone() -> None:
    places: dict[str, set[str]] = defaultdict(set)
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                places[node.name].add(path)
    shared = {
        name: found
        for name, found in places.items()
        if len(found) > 1 and any(path.startswith("bot/") for path in found)
    }
    assert shared.keys() - BEING_MOVED == set(), shared


def test_a_constant_of_the_bot_has_one_value() -> None:
    inside: dict[str, set[str]] = defaultdict(set)
    everywhere: dict[str, set[str]] = defaultdict(set)
    for path, tree in trees():
        ours = path.startswith("bot/")
        for name, value in constants(tree):
            if ours:
                inside[name.lstrip("_")].add(value)
            if ours or not name.startswith("_"):
                everywhere[name].add(value)
    assert len(inside) > 100
    twice = {name for name, values in inside.items() if len(values) > 1}
    twice |= {name for name, values in everywhere.items() if len(values) > 1}
    assert {name for name in twice if name.lstrip("_") in inside} - BEING_MOVED == set()
