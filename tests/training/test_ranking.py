"""The ranking's weights: what a fit moves, and the file that it writes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from stylecode import ReadLine
from stylecode.ranking.signals import SIGNALS, parsed_weights, weights
from training.errors import TooFewTagsError
from training.ranking.fit import (
    WEIGHTS_FILE,
    fitted,
    held_of,
    mean_surprise,
    priors_of,
    surprise,
    write,
)
from training.ranking.tags import Tag, tag_of

PRIORS, HELD = priors_of(weights()), held_of(weights())
FACTORY = [ReadLine("STYLE 555088-500"), ReadLine("01C99FGHJ5PFG")]


def test_the_span_that_reads_as_the_code_is_the_right_one() -> None:
    tag = tag_of(FACTORY, ("555088-500",))
    assert tag.coded
    assert 0 < tag.right.sum() < len(tag.right)
    assert not tag_of(FACTORY, ()).right.any()


def test_the_slope_is_that_of_the_surprise() -> None:
    tag = tag_of(FACTORY, ("555088-500",))
    step = np.random.default_rng(1).normal(size=len(PRIORS)) * 1e-6
    ahead, behind = (surprise(PRIORS + sign * step, tag)[0] for sign in (1, -1))
    assert (ahead - behind) / 2 == pytest.approx(surprise(PRIORS, tag)[1] @ step, rel=1e-4)


def test_a_fit_learns_what_tags_show_and_stays_near_the_priors() -> None:
    tags = [tag_of(FACTORY, ("01C99FGHJ5PFG",))] * 100
    loose, tight = fitted(tags, PRIORS, HELD, pull=1.0), fitted(tags, PRIORS, HELD, pull=1e4)
    assert mean_surprise(loose, tags) < 0.5 * mean_surprise(PRIORS, tags)
    assert loose[SIGNALS.index("label")] < PRIORS[SIGNALS.index("label")]
    assert np.abs(tight - PRIORS).max() < 0.1
    assert (loose == PRIORS)[HELD].all()


def test_few_tags_and_tags_that_say_nothing_are_refused() -> None:
    unread = Tag(np.zeros((1, len(SIGNALS))), np.zeros(1, bool), coded=True)
    with pytest.raises(TooFewTagsError, match="3 tags"):
        fitted([tag_of(FACTORY, ())] * 3 + [unread] * 500, PRIORS, HELD)


def test_weights_are_written_behind_their_priors_and_nothing_else_changes(tmp_path: Path) -> None:
    file = tmp_path / "weights.toml"
    file.write_text(WEIGHTS_FILE.read_text("utf-8"), "utf-8")
    for weight in (PRIORS + 0.25, PRIORS - 0.5):  # a second fit replaces the first
        write(file, weight)
        found = parsed_weights(file.read_text("utf-8"))
        assert [found[name].weight for name in SIGNALS] == pytest.approx(weight.tolist(), abs=0.01)
        assert [found[name].prior for name in SIGNALS] == PRIORS.tolist()
        assert [found[name].why for name in SIGNALS] == [weights()[n].why for n in SIGNALS]
