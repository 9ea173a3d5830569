"""Signals and their weights: one file, all of them, and every answer adds up."""

from __future__ import annotations

import math
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylecode import ReadLine, rank
from stylecode.errors import WeightsError
from stylecode.ranking.signals import SIGNALS, log_odds, parsed_weights, scaled, terms, weights
from tests.stylecode.tags import TAGS, Tag, lines_of, worth_it

FILE = (files("stylecode.ranking") / "weights.toml").read_text("utf-8")

signals = st.lists(st.tuples(st.sampled_from(SIGNALS), st.floats(-3, 3)), max_size=9).map(tuple)


@given(signals)
def test_terms_add_up_to_the_log_odds(found: tuple) -> None:  # type: ignore[type-arg]
    assert math.isclose(sum(terms(found).values()), log_odds(found), abs_tol=1e-9)


@given(signals, st.floats(0, 2))
def test_scaled_signals_weigh_in_proportion(found: tuple, by: float) -> None:  # type: ignore[type-arg]
    assert math.isclose(log_odds(scaled(found, by)), by * log_odds(found), abs_tol=1e-9)


@pytest.mark.parametrize("tag", TAGS, ids=str)
def test_an_answer_says_what_its_place_rests_on(tag: Tag) -> None:
    for code in worth_it(rank(lines_of(tag.text)))[:1]:
        place = 1 / (1 + math.exp(-sum(added for _, added in code.terms)))
        assert math.isclose(place, code.place, abs_tol=1e-9)


def test_a_label_is_a_term_of_its_own() -> None:
    bare, labelled = (rank([ReadLine(text)])[0] for text in ("DD1391-100", "STYLE: DD1391-100"))
    assert "label" not in dict(bare.terms)
    assert dict(labelled.terms)["label"] == weights()["label"].weight


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        (FILE.replace("[spaced]", "[spaced_out]"), "spaced, spaced_out"),
        (FILE.replace("[spaced]\nprior = -0.6", "[spaced]"), "prior"),
        (FILE.replace("prior = -0.6", 'prior = "much"', 1), "much"),
        (FILE.replace('why = "a space before a part that may be missing"', 'why = ""'), "reason"),
        ("[brand", "table"),
    ],
    ids=["unknown", "no weight", "no number", "no reason", "no TOML"],
)
def test_a_wrong_file_is_refused(spoilt: str, told: str) -> None:
    assert spoilt != FILE
    with pytest.raises(WeightsError, match=told) as caught:
        parsed_weights(spoilt)
    assert str(caught.value)


def test_each_weight_is_written_once() -> None:
    assert list(parsed_weights(FILE)) == list(SIGNALS)
    assert set(tomllib.loads(FILE)) == set(SIGNALS)
