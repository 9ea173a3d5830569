"""What of a data set is not to be believed, each with a reason; nothing is dropped silently.

A cleaned set holds every row of the one that it was made of; rows with a doubt are not learned
from. What an operator said is not doubted, but told where the reader objects.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from storage.lesson_sets import LessonRow, LessonSet, LessonSets
from stylecode import key as code_key
from training.exporting.export import BothHeads
from training.learning.crops import grey
from training.learning.likeness import alike, looks_of
from training.learning.noise import LEAST_ODDS, unseen

DUPLICATE, CONTRADICTION, NOISE = "duplicate", "contradiction", "noise"

_ALIKE_TOLD = 4  # codes in a contradiction; more tell no more

Doubts = dict[int, list[str]]
"""By position in the set; each doubt is its kind, a colon, and what it rests on."""


def clean(sets: LessonSets, name: str, into: str, reader: BothHeads) -> LessonSet:
    """Write the set `into`: `name` with its doubts. Raises `LessonSetError`."""
    rows, read = sets.rows(name), sets.files_of(name)
    doubts = doubts_of(rows, read, reader)
    lessons = [
        (replace(row, doubts=tuple(doubts.get(at, ()))), {path: read(path) for path in _paths(row)})
        for at, row in enumerate(rows)
    ]
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    return sets.add(into, made_at, {**sets.get(name).query, "cleaned": name}, lessons)


def doubts_of(rows: Sequence[LessonRow], read: Callable[[str], bytes], reader: BothHeads) -> Doubts:
    """All doubts on a set's rows."""
    doubts: Doubts = {}
    groups = alike(
        [looks_of(read(row.photo), read(row.crop) if row.crop else None) for row in rows]
    )
    for group in groups:
        for at, doubt in _among_alike(rows, group):
            doubts.setdefault(at, []).append(doubt)
    names = {at: f"group {min(group)}" for group in groups for at in group}
    lined = [at for at, row in enumerate(rows) if row.crop]
    crops = [grey(read(rows[at].crop)) for at in lined]
    texts = [rows[at].text for at in lined]
    heard = unseen(reader, crops, texts, [names.get(at, rows[at].crop) for at in lined])
    for at, found in zip(lined, heard, strict=True):
        if found.odds >= LEAST_ODDS and code_key(found.text) != code_key(rows[at].text):
            doubts.setdefault(at, []).append(f"{NOISE}: reads {found.text}, {found.odds:.0f} nats")
    return doubts


def told(rows: Sequence[LessonRow]) -> str:
    """How many rows of a cleaned set are doubted, by kind and whose word they are."""
    kinds = Counter(
        (doubt.partition(":")[0], "operators'" if not row.weak else "people's")
        for row in rows
        for doubt in row.doubts
    )
    lines = [f"{count} {whose}: {kind}" for (kind, whose), count in sorted(kinds.items())]
    believed = sum(is_believed(row) for row in rows)
    return "\n".join([f"{believed} of {len(rows)} rows are believed", *lines])


def is_believed(row: LessonRow) -> bool:
    """Whether a row may be learned from: nothing is held against it, or an operator said it.

    A duplicate teaches nothing new, whoever said it.
    """
    kinds = {doubt.partition(":")[0] for doubt in row.doubts}
    return not kinds or (not row.weak and DUPLICATE not in kinds)


def _among_alike(rows: Sequence[LessonRow], group: Sequence[int]) -> list[tuple[int, str]]:
    """Of photos that show the same: one stays for each thing said, and only where all agree.

    An operator's word goes before all others.
    """
    strong = [at for at in group if not rows[at].weak]
    words = {_word(rows[at]) for at in strong or group}
    found = []
    for at in group:
        if len(words) > 1 or _word(rows[at]) not in words:
            others = ", ".join(
                sorted({rows[other].code or "no code" for other in group})[:_ALIKE_TOLD]
            )
            found.append((at, f"{CONTRADICTION}: alike are {others}"))
    agreed = [at for at in group if _word(rows[at]) in words]
    first = min(agreed, key=lambda at: (rows[at].weak, not rows[at].crop, at))
    if len(words) == 1:
        twin = f"{DUPLICATE}: of interaction {rows[first].interaction}"
        found += [(at, twin) for at in agreed if at != first]
    return found


def _word(row: LessonRow) -> tuple[str, str]:
    return row.verdict, code_key(row.code)


def _paths(row: LessonRow) -> list[str]:
    return [path for path in (row.photo, row.crop) if path]
