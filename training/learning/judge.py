"""A new version against the one that serves, on pictures that neither has learned from.

Both read the same crops; only those count that one reads right and the other wrong. By chance they
would fall to either side alike (McNemar's test in its exact form: Q. McNemar 1947, "Note on the
sampling error of the difference between correlated proportions"). Brands are many, and one of
twenty looks worse by chance: their probabilities are corrected as S. Holm 1979 does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

from datasets.fonts.fonts import FontPool
from datasets.truths import is_right
from storage.lesson_sets import LessonSets
from training.errors import NotBetterError
from training.learning.crops import grey
from training.learning.parts import judges, lined
from training.reader.exam import drawn_exam, real_exam
from training.reader.reading import load_weights, read_all

Grey = NDArray[np.uint8]
Kind = Literal["set", "brand", "channel"]

CHANCE = 0.05
"""The probability from which on a difference is held to be chance, as is usual."""

LEAST_OF_PART = 10  # crops of a brand or a channel; fewer are judged with all others alone
JUDGING_CROPS = 1000  # crops in unseen fonts


@dataclass(frozen=True, slots=True)
class Paper:
    """Crops to be read, the texts that are right for each, and what they belong to.

    `frozen` sets are the same for every version; the others grow with what people send.
    """

    name: str
    crops: tuple[Grey, ...]
    truths: tuple[tuple[str, ...], ...]
    brands: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    frozen: bool = True


@dataclass(frozen=True, slots=True)
class PairedScore:
    """One line of the table: how many were read right, before and after, and which differ.

    `worse_p` is how probable at least so many losses are by chance alone, `better_p` the gains.
    """

    name: str
    kind: Kind
    count: int
    before: int
    after: int
    gained: int
    lost: int
    worse_p: float
    better_p: float

    def told(self) -> str:
        """As a line."""
        shares = f"{self.before / self.count:7.1%} {self.after / self.count:7.1%}"
        return f"{self.name:32} {self.count:5} {shares} {self.gained:+5} {-self.lost:5}"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The table, and what speaks against promoting; nothing: it may be."""

    scores: tuple[PairedScore, ...]
    objections: tuple[str, ...]

    def told(self) -> str:
        """The table and the verdict."""
        head = f"{'':32} {'crops':>5} {'before':>7} {'after':>7} {'gain':>5} {'loss':>5}"
        verdict = "better" if not self.objections else "not promoted: "
        lines = [head, *(one.told() for one in self.scores)]
        return "\n".join([*lines, verdict + "; ".join(self.objections)])

    def as_json(self) -> dict[str, Any]:
        """For the notes of a version in the store."""
        return {"scores": [asdict(one) for one in self.scores], "against": list(self.objections)}

    def check(self) -> None:
        """Raises `NotBetterError` with the table where something speaks against it."""
        if self.objections:
            raise NotBetterError(self.told())


def papers(
    sets: LessonSets, name: str, fonts: tuple[Path, ...], frozen: Iterable[Path] = ()
) -> list[Paper]:
    """Drawn crops, the labelled crops of folders, and the codes of a set that judge.

    Raises `RealDataError`, `LessonSetError`.
    """
    drawn = drawn_exam(FontPool.load(fonts), JUDGING_CROPS)
    found = [Paper(drawn.name, drawn.crops, drawn.truths)]
    for folder in frozen:
        exam = real_exam(folder)
        found.append(Paper(f"real, {folder.name}", exam.crops, exam.truths))
    rows, read = [row for row in lined(sets.rows(name)) if judges(row)], sets.files_of(name)
    if rows:
        crops = tuple(grey(read(row.crop)) for row in rows)
        truths = tuple((row.text, row.code) for row in rows)
        brands, channels = (row.brand for row in rows), (row.channel for row in rows)
        title = "people's photos"
        found.append(Paper(title, crops, truths, tuple(brands), tuple(channels), False))
    return found


def judge(before: Path, after: Path, written: Sequence[Paper]) -> Judgement:
    """The weights in the folder `after` against those in `before`."""
    readers = [load_weights(folder / "reader.safetensors").network for folder in (before, after)]
    scores: list[PairedScore] = []
    for paper in written:
        old, new = (_right(read_all(reader, paper.crops), paper) for reader in readers)
        whole = paired(paper.name, "set", old, new)
        scores += [whole, *_parts(paper, old, new)]
    return Judgement(tuple(scores), tuple(objections(scores)))


def paired(name: str, kind: Kind, old: Sequence[bool], new: Sequence[bool]) -> PairedScore:
    """Compare which of the same crops were read right."""
    gained = sum(b and not a for a, b in zip(old, new, strict=True))
    lost = sum(a and not b for a, b in zip(old, new, strict=True))
    worse, better = _worth(lost, gained), _worth(gained, lost)
    return PairedScore(name, kind, len(old), sum(old), sum(new), gained, lost, worse, better)


def _worth(these: int, those: int) -> float:
    """How probable at least so many of `these` are where both sides are as likely."""
    if not these + those:
        return 1.0
    return float(binomtest(these, these + those, alternative="greater").pvalue)


def _right(texts: Sequence[str], paper: Paper) -> list[bool]:
    return [is_right(text, truths) for text, truths in zip(texts, paper.truths, strict=True)]


def _parts(paper: Paper, old: Sequence[bool], new: Sequence[bool]) -> Iterator[PairedScore]:
    """A set's brands and channels that have enough crops."""
    kinds: tuple[tuple[Kind, tuple[str, ...]], ...] = (
        ("brand", paper.brands),
        ("channel", paper.channels),
    )
    for kind, names in kinds:
        for name in sorted(set(names) - {""}):
            which = [at for at, one in enumerate(names) if one == name]
            if len(which) >= LEAST_OF_PART:
                some = [[side[at] for at in which] for side in (old, new)]
                yield paired(f"  {kind} {name}", kind, *some)


def objections(scores: Sequence[PairedScore]) -> list[str]:
    """What speaks against promoting: not better on all sets together, or worse somewhere."""
    sets = [one for one in scores if one.kind == "set"]
    found = []
    if _worth(sum(one.gained for one in sets), sum(one.lost for one in sets)) > CHANCE:
        found.append("it is not better overall beyond chance")
    for kind, what in (("set", "on"), ("brand", "for"), ("channel", "for")):
        some = [one for one in scores if one.kind == kind]
        for score in _worse(some, holm=kind != "set"):
            found.append(f"it is worse {what} {score.name.strip()}")
    return found


def _worse(scores: Sequence[PairedScore], holm: bool) -> list[PairedScore]:
    """Those that lost more than chance explains, the likeliest chance first to be believed."""
    found = []
    for tried, score in enumerate(sorted(scores, key=lambda one: one.worse_p)):
        left = len(scores) - tried if holm else 1
        if score.worse_p * left > CHANCE:
            break
        found.append(score)
    return found
