"""A rival at equal cost: the CTC head alone, beside the attention decoder.

Both heads were trained together on one encoder, so both have seen the same crops and cost the
same training. The rival reads without the attention decoder: one linear layer over the sequence
features, all characters at once.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import comb
from pathlib import Path
from typing import Any

import torch

from benchmarks.tables import percent, quantile, table
from recognizer.tokenizer import Tokenizer
from training.errors import LedgerError
from training.exam import Exam
from training.export import Reader
from training.files import write_whole
from training.reading import HEADS, features_of, read_all

RIVAL = "rival.json"  # beside the weights
NAMES = {"attention": "TRBA (attention)", "ctc": "rival: CTC alone"}
TIMED = 200  # crops, one at a time
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
class Comparison:
    """What was compared: the reader's version, where and when."""

    version: str
    date: str
    machine: str
    bouts: tuple[Bout, ...]


def contest(reader: Reader, exam: Exam) -> Bout:
    """Both heads read the same crops."""
    texts = {name: read_all(reader, exam.crops, head) for name, head in HEADS.items()}
    right = {name: exam.right(found) for name, found in texts.items()}
    times = head_times(reader, exam)
    others = dict(zip(HEADS, reversed(HEADS), strict=True))
    scores = [
        HeadScore(
            name,
            exam.exact(texts[name]),
            exam.distance(texts[name]),
            sum(a and not b for a, b in zip(right[name], right[others[name]], strict=True)),
            *times[name],
        )
        for name in HEADS
    ]
    return Bout(exam.name, len(exam.crops), tuple(scores))


def head_times(reader: Reader, exam: Exam) -> dict[str, tuple[float, float]]:
    """Median milliseconds of each head alone, and with the encoder, one crop at a time."""
    tokenizer, threads = Tokenizer(), torch.get_num_threads()
    encoder: list[float] = []
    heads: dict[str, list[float]] = {name: [] for name in HEADS}
    torch.set_num_threads(1)
    for crop in exam.crops[:TIMED]:
        started = time.thread_time()
        features = features_of(reader, [crop])
        encoder.append(_ms_since(started))
        for name, head in HEADS.items():
            started = time.thread_time()
            head(reader, features, tokenizer)
            heads[name].append(_ms_since(started))
    torch.set_num_threads(threads)
    whole = {
        name: [a + b for a, b in zip(encoder, took, strict=True)] for name, took in heads.items()
    }
    return {name: (quantile(heads[name], 0.5), quantile(whole[name], 0.5)) for name in HEADS}


def _ms_since(started: float) -> float:
    # Of this thread alone, so that a busy machine does not count.
    return (time.thread_time() - started) * 1000


def write(path: Path, comparison: Comparison) -> None:
    """Keep a comparison for the model card."""
    write_whole(path, json.dumps(asdict(comparison), indent=2) + "\n")


def load(path: Path) -> Comparison | None:
    """The comparison last made, None where there is none. Raises LedgerError."""
    if not path.exists():
        return None
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        bouts = tuple(
            Bout(one["exam"], one["count"], tuple(HeadScore(**score) for score in one["scores"]))
            for one in found["bouts"]
        )
        return Comparison(**{**found, "bouts": bouts})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LedgerError(f"{path}: {error}") from error


def rival_table(bouts: Sequence[Bout]) -> str:
    """A Markdown table, a row for each head and exam."""
    header = ["crops", "count", "head", "exact", "edit distance", "only it right"]
    header += ["ms, head alone", "ms, whole"]
    rows = [
        [
            bout.exam,
            str(bout.count),
            NAMES[score.head],
            percent(score.exact),
            f"{score.distance:.4f}",
            str(score.only),
            f"{score.head_ms:.1f}",
            f"{score.whole_ms:.1f}",
        ]
        for bout in bouts
        for score in bout.scores
    ]
    return table(header, rows)


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


def compare(
    reader: Reader, version: str, exams: Sequence[Exam], where: tuple[str, str]
) -> Comparison:
    """Both heads on all exams; `where` is the machine and the date."""
    machine, date = where
    bouts = tuple(contest(reader, exam) for exam in exams)
    return Comparison(version, date, machine, bouts)
