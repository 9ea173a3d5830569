"""Better overall and nowhere worse beyond chance: else it is refused, with the table."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasets.crops.draw import CropSource
from datasets.fonts.fonts import FontPool
from recognizer.models import WEIGHTS
from training.errors import NotBetterError
from training.learning.judge import CHANCE, Judgement, PairedScore, Paper, judge, objections, paired


def scores(*counts: tuple[int, int], kind: str = "brand") -> list[PairedScore]:
    """Of parts with so many gained and lost."""
    found = []
    for number, (gained, lost) in enumerate(counts):
        old = [False] * gained + [True] * lost + [True] * 20
        new = [True] * gained + [False] * lost + [True] * 20
        found.append(paired(f"part {number}", kind, old, new))  # type: ignore[arg-type]
    return found


def test_only_what_differs_counts() -> None:
    (one,) = scores((9, 1))
    assert (one.count, one.before, one.after, one.gained, one.lost) == (30, 21, 29, 9, 1)
    assert one.better_p == pytest.approx(11 / 1024)  # of ten coins nine or ten heads
    assert one.worse_p == pytest.approx(1023 / 1024)
    assert "+9" in one.told() and "-1" in one.told()


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1))
def test_sides_exchanged_exchange_gains_and_losses(read: list[tuple[bool, bool]]) -> None:
    old, new = zip(*read, strict=True)
    there, back = paired("a", "set", old, new), paired("a", "set", new, old)
    assert (there.gained, there.lost) == (back.lost, back.gained)
    assert there.better_p == pytest.approx(back.worse_p)


def test_a_version_has_to_be_better_and_nowhere_worse() -> None:
    whole = scores((40, 5), kind="set")
    assert objections([*whole, *scores((10, 0), (2, 1))]) == []
    assert objections(scores((3, 2), kind="set")) == ["it is not better overall beyond chance"]
    worse = objections([*whole, *scores((20, 0), (0, 9))])
    assert worse == ["it is worse for part 1"]
    lost = objections([*scores((60, 0), (2, 12), kind="set")])
    assert lost == ["it is worse on part 1"]


def test_one_brand_of_twenty_that_looks_worse_is_chance() -> None:
    whole = scores((40, 5), kind="set")
    assert objections([*whole, *scores((0, 5))]) == ["it is worse for part 0"]
    many = scores(*[(1, 1)] * 19, (0, 5))
    assert many[-1].worse_p < CHANCE
    assert objections([*whole, *many]) == []


def test_the_same_weights_are_no_better(few_fonts: Path) -> None:
    drawn = [*CropSource(FontPool.load((few_fonts,))).draw(np.random.default_rng(1), 24, 0.5)]
    paper = Paper(
        "people's photos",
        tuple(crop.pixels for crop in drawn),
        tuple((crop.text,) for crop in drawn),
        ("Nike",) * 12 + ("Kestrel",) * 12,
        ("telegram",) * 20 + ("web",) * 4,
        False,
    )
    found = judge(WEIGHTS, WEIGHTS, [paper])
    assert [(one.name.strip(), one.count) for one in found.scores] == [
        ("people's photos", 24), ("brand Kestrel", 12), ("brand Nike", 12),
        ("channel telegram", 20),
    ]  # fmt: skip
    assert all(one.before == one.after for one in found.scores)
    with pytest.raises(NotBetterError, match="not better overall"):
        found.check()
    assert found.as_json()["against"] == list(found.objections)
    Judgement(found.scores, ()).check()
