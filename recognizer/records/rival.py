"""A rival at equal cost, as it was measured: the CTC head alone, beside the attention decoder."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import comb
from pathlib import Path
from typing import Any

from recognizer.errors import RecordError
from recognizer.records.files import write_whole

RIVAL = "rival.json"  # beside the weights
_CLEARLY = 0.05


@dataclass(frozen=True, slots=True)
class HeadScore:
    """One head on one exam; shares are in 0..1.

    `distance` is the mean normalised edit distance. `only` is how many crops this head alone read
    right. Times are medians of processor time in milliseconds for one crop on one core: `head_ms`
    without the encoder, `whole_ms` with it.
    """

    head: str
    exact: float
    distance: float
    only: int
    head_ms: float
    whole_ms: float


@dataclass(frozen=True, slots=True)
class Bout:
    """Both heads on one exam of `count` crops."""

    exam: str
    count: int
    scores: tuple[HeadScore, ...]


@dataclass(frozen=True, slots=True)
class ReaderComparison:
    """What was compared: the reader's version, where and when."""

    version: str
    date: str
    machine: str
    bouts: tuple[Bout, ...]


def write(path: Path, comparison: ReaderComparison) -> None:
    """Keep a comparison for the model card."""
    write_whole(path, json.dumps(asdict(comparison), indent=2) + "\n")


def load(path: Path) -> ReaderComparison | None:
    """The comparison last made, None where there is none. Raises RecordError."""
    if not path.exists():
        return None
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        bouts = tuple(
            Bout(one["exam"], one["count"], tuple(HeadScore(**score) for score in one["scores"]))
            for one in found["bouts"]
        )
        return ReaderComparison(**{**found, "bouts": bouts})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RecordError(f"{path}: {error}") from error


def verdict(bouts: Sequence[Bout]) -> str:
    """One sentence: whether the rival is clearly better, clearly worse, or neither.

    Clearly is where the crops that only one head got right are so uneven that a fair coin would
    do it once in twenty times at most (sign test, two-sided).
    """
    said = []
    for bout in bouts:
        only = {score.head: score.only for score in bout.scores}
        ours, theirs = only["attention"], only["ctc"]
        if sign_test(ours, theirs) > _CLEARLY:
            word = "no clear difference"
        else:
            word = "the attention decoder is better" if ours > theirs else "the rival is better"
        said.append(f"{bout.exam}: {word} (p = {sign_test(ours, theirs):.2g})")
    return f"By a sign test on these counts: {'; '.join(said)}."


def sign_test(first: int, second: int) -> float:
    """How often a fair coin is at least as uneven as this, 0..1."""
    total = first + second
    tail = sum(comb(total, i) for i in range(min(first, second) + 1))
    return min(1.0, 2 * float(tail / 2**total))
