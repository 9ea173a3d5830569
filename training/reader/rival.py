"""A rival at equal cost: the CTC head alone, beside the attention decoder.

Both heads were trained together on one encoder, so both have seen the same crops and cost the
same training. The rival reads without the attention decoder: one linear layer over the sequence
features, all characters at once.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from statistics import median

import torch

from recognizer.reading.tokenizer import Tokenizer
from recognizer.records.rival import Bout, HeadScore, ReaderComparison
from training.exporting.export import BothHeads
from training.reader.exam import Exam
from training.reader.reading import HEADS, features_of, read_all

TIMED = 200  # crops, one at a time


def contest(reader: BothHeads, exam: Exam) -> Bout:
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


def head_times(reader: BothHeads, exam: Exam) -> dict[str, tuple[float, float]]:
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
    return {name: (median(heads[name]), median(whole[name])) for name in HEADS}


def _ms_since(started: float) -> float:
    # Of this thread alone, so that a busy machine does not count.
    return (time.thread_time() - started) * 1000


def compare(
    reader: BothHeads, version: str, exams: Sequence[Exam], where: tuple[str, str]
) -> ReaderComparison:
    """Both heads on all exams; `where` is the machine and the date."""
    machine, date = where
    bouts = tuple(contest(reader, exam) for exam in exams)
    return ReaderComparison(version, date, machine, bouts)
