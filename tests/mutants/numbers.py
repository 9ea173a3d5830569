"""Numbers of the ranking and of tags, changed by 35 % either way."""

from __future__ import annotations

import ast
import importlib.abc
import importlib.machinery
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, ModuleType

ROOT = Path(__file__).parents[2]
CHANGE = 0.35
_SETTINGS = (ast.Assign, ast.AnnAssign)


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a module, changed: the module then has `text`."""

    told: str
    module: str
    text: str

    kind = "numbers"

    def make(self) -> None:
        """Have the module imported as changed."""
        sys.meta_path.insert(0, _Changed(self.module, self.text))


class _Changed(importlib.abc.MetaPathFinder):
    """Has one module imported from another text."""

    def __init__(self, module: str, text: str) -> None:
        self.module = module
        path = str(ROOT.joinpath(*module.split(".")).with_suffix(".py"))
        self.loader = _Loader(module, path, text)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.module:
            return None
        return importlib.machinery.ModuleSpec(fullname, self.loader, origin=self.loader.path)


class _Loader(importlib.machinery.SourceFileLoader):
    def __init__(self, module: str, path: str, text: str) -> None:
        super().__init__(module, path)
        self.text = text

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.text, self.path, "exec")


def numbers() -> Iterator[Number]:
    """Every number that decides something, less and more of it."""
    for folder in ("ranking", "tag"):
        for file in sorted((ROOT / "stylecode" / folder).glob("*.py")):
            lines = file.read_bytes().splitlines(keepends=True)
            for node in _deciding(ast.parse(file.read_bytes())):
                line = lines[node.lineno - 1]
                told = f"{folder}/{file.name}:{node.lineno} {line.decode().strip()[:60]}"
                for changed in _changed(node.value):
                    fresh = [*lines]
                    before, behind = line[: node.col_offset], line[node.end_col_offset :]
                    fresh[node.lineno - 1] = before + changed.encode() + behind
                    module = f"stylecode.{folder}.{file.stem}"
                    yield Number(f"{told} <- {changed}", module, b"".join(fresh).decode())


def _deciding(tree: ast.Module) -> Iterator[ast.Constant]:
    """The numbers of a module less those that count places, bound a share, or size a cache."""
    settings = {
        id(node) for each in tree.body if isinstance(each, _SETTINGS) for node in ast.walk(each)
    }
    sizes = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg == "maxsize"
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) in {int, float}:
            small = node.value in {0, 1, 2}
            if id(node) not in sizes and (id(node) in settings or not small):
                yield node


def _changed(value: object) -> list[str]:
    if isinstance(value, int):
        step = max(1, round(CHANGE * value))
        return [str(value - step), str(value + step)]
    assert isinstance(value, float)
    by = CHANGE * value if value else CHANGE
    return [f"({value - by:.4g})", f"({value + by:.4g})"]
