"""How much of what is shown is right, and how much of what is printed is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.fields.labels import FIELDS, LENGTH, SIZE_FIELDS, UNREADABLE, LabelledTag
from benchmarks.tables import table
from storage.shares import Share
from stylecode import TagFields, key
from stylecode.grammar.size_charts import size_number

HALVES = {True: "half that rules are chosen on", False: "other half"}
_TOGETHER = {"all sizes": SIZE_FIELDS, "all": FIELDS}


@dataclass(frozen=True, slots=True)
class FieldFigures:
    """Of one field: `precision` counts what is shown, `recall` what is printed and readable."""

    field: str
    precision: Share
    recall: Share

    def __add__(self, other: FieldFigures) -> FieldFigures:
        precision, recall = self.precision + other.precision, self.recall + other.recall
        return FieldFigures(self.field, precision, recall)


def figures(read: Sequence[tuple[LabelledTag, TagFields]]) -> list[FieldFigures]:
    """A row for each field, for all sizes and for all fields."""
    single = {name: _of(name, [_judged(name, *each) for each in read]) for name in FIELDS}
    several = (
        sum((single[part] for part in parts), FieldFigures(name, Share(0, 0), Share(0, 0)))
        for name, parts in _TOGETHER.items()
    )
    return [*single.values(), *several]


@dataclass(frozen=True, slots=True)
class _Judged:
    """Of one field of one tag: what is shown, whether that is right, and how much is printed."""

    shown: tuple[bool, ...]
    printed: int


def _of(name: str, judged: Sequence[_Judged]) -> FieldFigures:
    shown = [right for one in judged for right in one.shown]
    return FieldFigures(
        name, Share.of(shown), Share(sum(shown), sum(one.printed for one in judged))
    )


def _judged(name: str, tag: LabelledTag, fields: TagFields) -> _Judged:
    truths = tag.fields[name]
    known = {_comparable(name, truth) for truth in truths if truth != UNREADABLE}
    several = {part for truth in truths for part in truth.split()} if name == "dates" else known
    shown = [_comparable(name, value) for value in _shown(name, fields)]
    if UNREADABLE in truths:
        shown = [value for value in shown if value in several]
    right = tuple(value in several for value in shown)
    readable = len(several) if name == "dates" else int(bool(known) and UNREADABLE not in truths)
    return _Judged(right, max(readable, sum(right)))


def _shown(name: str, fields: TagFields) -> Iterator[str]:
    sizes = dict(fields.sizes)
    if name == LENGTH and fields.millimetres is not None:
        yield str(fields.millimetres)
    elif name in sizes:
        yield sizes[name]
    elif name == "dates":
        for one in fields.dates:
            yield from one.printed.split(" - ")
    elif name == "barcode":
        yield from fields.barcodes[:1]
    elif (value := getattr(fields, name, None)) is not None:
        yield str(value)


def _comparable(name: str, value: str) -> str:
    if name == LENGTH:
        return str(TagFields(sizes=(("CM", value),)).millimetres)
    if name in SIZE_FIELDS:
        return "{:g}{}".format(*size_number(value))
    if name == "barcode":
        return value.zfill(14)
    return re.sub(r" ", "", value) if name == "dates" else key(value)


def report(half: bool, count: int, rows: Sequence[FieldFigures]) -> str:
    """A table of one half; fields that are neither printed nor shown are left out."""
    header = [f"{HALVES[half]}, {count} photos", "shown values that are right", "printed and shown"]
    cells = [
        [one.field, str(one.precision), str(one.recall)]
        for one in rows
        if one.precision.count or one.recall.count
    ]
    return table(header, cells)
