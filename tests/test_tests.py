"""A test that cannot fail by what it finds is none."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).parent
FAILING = {"pytest.raises", "pytest.warns", "pytest.fail"}


@dataclass(frozen=True, slots=True)
class Function:
    """A function of a module, and what it calls by a name alone."""

    place: str
    name: str
    asserts: bool
    calls: frozenset[str]


def functions(place: str, source: str) -> Iterator[Function]:
    for each in ast.parse(source).body:
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef):
            nodes = list(ast.walk(each))
            calls = frozenset(ast.unparse(n.func) for n in nodes if isinstance(n, ast.Call))
            asserts = any(isinstance(n, ast.Assert) for n in nodes) or bool(calls & FAILING)
            yield Function(place, each.name, asserts, calls)


def without_an_assert(found: list[Function]) -> list[str]:
    """Tests that neither assert nor call a function that does, or that calls one."""
    names = {each.name for each in found if each.asserts}
    while more := {each.name for each in found if each.calls & names} - names:
        names |= more
    tests = (each for each in found if each.name.startswith("test_"))
    return [f"{t.place}: {t.name}" for t in tests if not (t.asserts or t.calls & names)]


def test_every_test_asserts() -> None:
    found = [
        each
        for path in sorted(TESTS.rglob("*.py"))
        for each in functions(path.name, path.read_text("utf-8"))
    ]
    assert sum(each.name.startswith("test_") for each in found) > 1_000
    assert without_an_assert(found) == []


def test_a_test_without_an_assert_is_found() -> None:
    source = """
def test_nothing(): helper()
def test_by_a_helper(): checked()
async def test_by_raises():
    with pytest.raises(ValueError): helper()
def helper(): return 1
def checked(): again()
def again(): assert helper()
"""
    assert without_an_assert(list(functions("here", source))) == ["here: test_nothing"]
