"""Entries of `brands.toml`, changed.

Their examples are changed with them: it is not they that should notice.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

BRANDS = Path(__file__).parents[2] / "stylecode" / "grammar" / "brands.toml"
Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """The data of `brands.toml`, changed at the entry of a brand."""

    told: str
    data: Table
    brand: str

    kind = "grammar"

    def make(self) -> None:
        """Have the file read as changed."""
        from stylecode.grammar import entries  # noqa: PLC0415 (not before the fork)

        original = BRANDS.read_text("utf-8")
        data = _with_examples(self.data)

        def loads(text: str) -> Table:
            return data if text == original else tomllib.loads(text)

        fake = SimpleNamespace(loads=loads, TOMLDecodeError=tomllib.TOMLDecodeError)
        vars(entries)["tomllib"] = fake


def entries() -> Iterator[Entry]:
    """Every pattern, code and word deleted, every `needs_name` flipped, every literal changed."""
    data = tomllib.loads(BRANDS.read_text("utf-8"))
    for at, brand in enumerate(data["brand"]):
        for word in brand["words"]:
            fresh = deepcopy(data)
            words = [other for other in brand["words"] if other != word]
            fresh["brand"][at]["words"] = words or ["NAMELESS"]
            yield Entry(f"{brand['name']}: word {word!r} deleted", fresh, brand["name"])
        for number, pattern in enumerate(brand["pattern"]):
            name = f"{brand['name']}: {pattern['codes'][0]!r}"
            fresh = deepcopy(data)
            if len(brand["pattern"]) > 1:
                del fresh["brand"][at]["pattern"][number]
            else:
                del fresh["brand"][at]
            yield Entry(f"{name} deleted", fresh, brand["name"])
            yield from _pattern_changes(data, ("brand", at, "pattern", number), name)
    for number, pattern in enumerate(data["unnamed"]):
        yield from _pattern_changes(data, ("unnamed", number), f"unnamed: {pattern['codes'][0]!r}")


def _pattern_changes(data: Table, path: Sequence[str | int], name: str) -> Iterator[Entry]:
    brand = name.partition(":")[0]
    fresh, pattern = _copy(data, path)
    pattern["needs_name"] = not pattern.get("needs_name", False)
    yield Entry(f"{name} needs_name flipped", fresh, brand)
    if "behind" in pattern:
        fresh, pattern = _copy(data, path)
        del pattern["behind"]
        yield Entry(f"{name} behind deleted", fresh, brand)
    for number, code in enumerate(pattern["codes"]):
        if len(pattern["codes"]) > 1:
            fresh, changed = _copy(data, path)
            del changed["codes"][number]
            yield Entry(f"{name}: {code!r} deleted", fresh, brand)
        for at, char in enumerate(code):
            if char.isalnum() and char.isascii() and "{" not in code[max(0, at - 3) : at]:
                fresh, changed = _copy(data, path)
                changed["codes"][number] = code[:at] + _next(char) + code[at + 1 :]
                yield Entry(f"{name}: {code!r} <- {changed['codes'][number]!r}", fresh, brand)


def _copy(data: Table, path: Sequence[str | int]) -> tuple[Table, Table]:
    """A copy of all, and the table in it that is at the path."""
    fresh: Any = deepcopy(data)
    table = fresh
    for step in path:
        table = table[step]
    return fresh, table


def _next(char: str) -> str:
    return chr(ord(char) + 1) if char not in "Z9" else {"Z": "A", "9": "0"}[char]


def _with_examples(data: Table) -> Table:
    """The data with what no longer fits it left out, and examples for what has none left."""
    for pattern in data["unnamed"]:
        _fit_examples(pattern)
    for brand in data["brand"]:
        for pattern in brand["pattern"]:
            _fit_examples(pattern)
        brand.pop("place", None)
    return data


def _fit_examples(pattern: Table) -> None:
    from stylecode.grammar.patterns import Shape, forms  # noqa: PLC0415
    from stylecode.grammar.pieces import pieces  # noqa: PLC0415

    behind = pattern.get("behind", "")
    kinds = [[Shape(form, (), 0.0) for form in forms(code)] for code in pattern["codes"]]
    if behind:
        codes = [code + behind for code in pattern["codes"]]
        kinds.append([Shape(form, (), 0.0) for code in codes for form in forms(code)])
    shapes = [shape for kind in kinds for shape in kind]
    examples = [
        one for one in pattern["examples"] if any(shape.fits(pieces(one)) for shape in shapes)
    ]
    for kind in kinds:
        if not any(shape.fits(pieces(one)) for shape in kind for one in examples):
            chars = (("-", max(slot & set("K7") or slot)) for slot in kind[0].slots)
            examples.append(kind[0].spelled(tuple(chars)))
    pattern["examples"] = examples
    pattern["unlike"] = ["NONE"]
    pattern.pop("drawn", None)
    pattern.pop("joints", None)
