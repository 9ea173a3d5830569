"""Two readings of a line made one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer.looking.fusing import fused
from recognizer.looking.settings import LOOKING
from recognizer.reading.tokenizer import DecodedText
from stylecode.types import Alternatives

SIGNS = "AB08DO-/ "
characters = st.lists(
    st.tuples(st.sampled_from(SIGNS), st.floats(0.01, 1.0)), min_size=1, max_size=4,
    unique_by=lambda one: one[0],
)  # fmt: skip


def reading(*places: Alternatives) -> DecodedText:
    """What is likeliest at each place, with the product of how likely that is."""
    sure = 1.0
    for place in places:
        sure *= place[0][1]
    return DecodedText("".join(place[0][0] for place in places), places, sure)


def spelled(text: str, sure: float = 0.99) -> DecodedText:
    return reading(*(((char, sure),) for char in text))


@st.composite
def readings(draw: st.DrawFn) -> DecodedText:
    places = draw(st.lists(characters, max_size=8))
    ordered = [sorted(place, key=lambda one: -one[1]) for place in places]
    whole = [sum(share for _, share in place) for place in ordered]
    return reading(
        *(
            tuple((char, share / total) for char, share in place)
            for place, total in zip(ordered, whole, strict=True)
        )
    )


def test_a_doubtful_character_is_settled_by_the_other_reader() -> None:
    ours = reading((("D", 0.9),), (("8", 0.55), ("3", 0.45)), (("1", 0.9),))
    theirs = reading((("D", 0.9),), (("3", 0.8), ("8", 0.15)), (("1", 0.9),))
    found = fused(ours, theirs, LOOKING)
    assert found.text == "D31"
    assert found.alternatives[1][0][1] > 0.7
    assert {char for char, _ in found.alternatives[1]} == {"3", "8"}


def test_what_one_reader_rules_out_takes_more_than_the_other_likes_it() -> None:
    ours = reading((("8", 0.6), ("3", 0.4)))
    theirs = reading((("B", 0.6), ("3", 0.4)))
    assert fused(ours, theirs, LOOKING).text == "3"


def test_separators_are_ours_and_the_letters_of_both() -> None:
    found = fused(spelled("DD1391-100"), spelled("DD1391 100"), LOOKING)
    assert found.text == "DD1391-100"


@pytest.mark.parametrize(("ours", "theirs"), [(0.6, 0.9), (0.9, 0.6)])
def test_of_readings_of_unequal_length_the_surer_stands(ours: float, theirs: float) -> None:
    one, two = spelled("DD1391", ours), spelled("DD13910", theirs)
    assert fused(one, two, LOOKING) == (one if ours > theirs else two)


def test_no_text_is_never_surer_than_some() -> None:
    assert fused(DecodedText("", (), 1.0), spelled("AB", 0.3), LOOKING).text == "AB"


@given(readings(), readings())
def test_what_comes_out_are_probabilities(ours: DecodedText, theirs: DecodedText) -> None:
    found = fused(ours, theirs, LOOKING)
    assert len(found.text) == len(found.alternatives)
    assert 0 <= found.confidence <= 1 + 1e-9
    for char, place in zip(found.text, found.alternatives, strict=True):
        assert place[0][0] == char
        assert sum(share for _, share in place) <= 1 + 1e-6


@given(readings())
def test_a_reader_and_its_echo_read_the_same(ours: DecodedText) -> None:
    assert fused(ours, ours, LOOKING).text == ours.text
