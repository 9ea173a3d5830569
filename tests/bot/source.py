"""What stands in the bot's own source: for tests that say what is missing where."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import bot

BOT = Path(bot.__file__).parent


@cache
def parsed(folder: str = "") -> tuple[tuple[Path, ast.Module], ...]:
    """Each module below `bot/` (or a folder of it), as a path from there, and its tree."""
    files = sorted((BOT / folder).rglob("*.py"))
    return tuple((file.relative_to(BOT), ast.parse(file.read_text("utf-8"))) for file in files)


def strings(tree: ast.AST) -> Iterator[str]:
    """All string constants, docstrings included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def constants(tree: ast.AST, function: str, place: int) -> Iterator[str]:
    """What calls of a function, or of a method of this name, have as text at a place."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) == function and len(node.args) > place:
            yield from (text for text in _texts(node.args[place]))


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def name_of(node: ast.expr) -> str:
    """The last part of a dotted name."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
