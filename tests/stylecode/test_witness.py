from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylecode import key
from stylecode.witness import CEILING, MOST_VOICES, Likely, heard

CODES = ("DD1391-100", "DD1391-108", "FU9006", "U9060BLK", "ML574EVG", "1203A537-021")


@st.composite
def readings(draw: st.DrawFn) -> tuple[Likely, ...]:
    """Candidates as the reader gives them: best first, sharing at most one."""
    codes = draw(st.lists(st.sampled_from(CODES), unique=True, max_size=5))
    shares = draw(st.lists(st.floats(0, 1), min_size=len(codes) + 1, max_size=len(codes) + 1))
    whole = max(sum(shares), 1e-9)
    best_first = sorted((share / whole for share in shares[: len(codes)]), reverse=True)
    return tuple(Likely(code, share) for code, share in zip(codes, best_first, strict=True))


people = st.dictionaries(st.sampled_from(CODES), st.integers(0, 9), max_size=4)


def of(likely: tuple[Likely, ...], code: str) -> float:
    return next((each.confidence for each in likely if key(each.code) == key(code)), 0.0)


def one(code: str, confidence: float) -> tuple[Likely, ...]:
    return (Likely(code, confidence),)


@given(readings(), st.dictionaries(st.sampled_from(CODES), st.just(0)))
def test_without_witnesses_nothing_changes(read: tuple[Likely, ...], none: dict[str, int]) -> None:
    assert heard(read, none) == read


@given(readings(), people)
def test_confidences_stay_in_bounds_and_best_comes_first(
    read: tuple[Likely, ...], said: dict[str, int]
) -> None:
    after = heard(read, said)
    confidences = [each.confidence for each in after]
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 <= each.confidence <= max(CEILING, of(read, each.code)) for each in after)
    assert sum(confidences) <= max(1.0 + 1e-9, sum(each.confidence for each in read) + 0.0101)
    named = {key(code) for code, number in said.items() if number}
    assert {key(each.code) for each in after} == {key(each.code) for each in read} | named


@given(readings(), people, st.sampled_from(CODES))
def test_one_more_witness_never_lowers_a_code_nor_raises_another(
    read: tuple[Likely, ...], said: dict[str, int], code: str
) -> None:
    before = heard(read, said)
    after = heard(read, {**said, code: said.get(code, 0) + 1})
    assert of(after, code) >= of(before, code) - 1e-12
    for other in {key(each.code) for each in before} - {key(code)}:
        assert of(after, other) <= of(before, other) + 1e-12


@given(readings(), people)
def test_codes_without_witnesses_keep_their_order(
    read: tuple[Likely, ...], said: dict[str, int]
) -> None:
    silent = [each.code for each in read if not said.get(each.code)]
    assert [each.code for each in heard(read, said) if each.code in silent] == silent


@given(readings(), st.floats(0.9, 1), st.sampled_from(CODES[1:]))
def test_one_persons_mistake_does_not_beat_a_sure_reading(
    others: tuple[Likely, ...], sure: float, mistaken: str
) -> None:
    left = [Likely(each.code, each.confidence * (1 - sure)) for each in others]
    read = (Likely(CODES[0], sure), *(each for each in left if each.code != CODES[0]))
    assert heard(read, {mistaken: 1})[0].code == CODES[0]


@given(readings(), people, st.sampled_from(CODES), st.integers(0, 90))
def test_voices_beyond_the_most_add_nothing(
    read: tuple[Likely, ...], said: dict[str, int], code: str, more: int
) -> None:
    enough = heard(read, {**said, code: MOST_VOICES})
    crowd = heard(read, {**said, code: MOST_VOICES + more})
    assert [(each.code, each.confidence) for each in crowd] == [
        (each.code, each.confidence) for each in enough
    ]


def test_a_witness_moves_a_doubtful_second_to_the_front() -> None:
    read = (Likely("DD1391-100", 0.55), Likely("DD1391-108", 0.35))
    after = heard(read, {"DD1391 108": 1})
    assert [each.code for each in after] == ["DD1391-108", "DD1391-100"]
    assert after[0].confidence == pytest.approx(4 * 0.35 / (0.55 + 4 * 0.35 + 0.1))
    assert after[0].witnesses == 1


@pytest.mark.parametrize(
    ("number", "confidence"), [(1, 2 / 3), (2, 8 / 9), (3, 32 / 33), (9, 0.99)]
)
def test_a_photo_without_a_code_gets_the_one_of_its_barcode(number: int, confidence: float) -> None:
    (only,) = heard((), {"FU9006": number})
    assert (only.code, only.witnesses) == ("FU9006", number)
    assert only.confidence == pytest.approx(confidence)


def test_a_sure_reading_that_many_contradict_is_sure_no_more() -> None:
    before = one("DD1391-100", 0.95)
    falling = [of(heard(before, {"FU9006": number}), "DD1391-100") for number in range(5)]
    assert falling == sorted(falling, reverse=True)
    assert falling[1] > 0.8
    assert heard(before, {"FU9006": 4})[0].code == "FU9006"


def test_a_confidence_above_the_ceiling_stays_where_it_is() -> None:
    (only,) = heard(one("DD1391-100", 0.998), {"DD1391-100": 3})
    assert math.isclose(only.confidence, 0.998)
