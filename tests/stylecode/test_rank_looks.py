"""How much a line's picture looks like a code's, as another witness."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stylecode import ReadLine, rank
from tests.stylecode.tags import TAGS, Tag, lines_of

TEXT = "KT9081\nUS 9"


def looking(text: str, looks: list[float | None]) -> list[ReadLine]:
    return [replace(line, codelike=like) for line, like in zip(lines_of(text), looks, strict=True)]


def first(looks: float | None) -> float:
    return next((code.confidence for code in rank(looking(TEXT, [looks, None]))), 0.0)


def test_a_line_that_looks_like_a_code_is_likelier_one() -> None:
    assert first(0.99) > first(0.7) > first(None) > first(0.2)


def test_doubtful_looks_say_nothing() -> None:
    assert first(0.5) == pytest.approx(first(None))


def test_looks_alone_make_no_code() -> None:
    assert rank(looking("MADE IN VIETNAM\n20231204\nUS 9", [1.0, 1.0, 1.0])) == ()


@pytest.mark.parametrize("tag", TAGS, ids=str)
def test_looks_alone_undo_no_clear_code(tag: Tag) -> None:
    ranked = rank([replace(line, codelike=0.0) for line in lines_of(tag.text)])
    assert ranked[0].code == tag.code


def test_looks_may_carry_a_number_that_nothing_names() -> None:
    text = "2410313\n2025-09\n285MM"
    assert rank(looking(text, [0.7, None, None])) == ()
    assert rank(looking(text, [0.97, None, None]))[0].code == "2410313"


def test_looks_choose_between_two_lines() -> None:
    text = "HQ4199\nKT9081"
    assert rank(looking(text, [0.1, 0.9]))[0].code == "KT9081"
    assert rank(looking(text, [0.9, 0.1]))[0].code == "HQ4199"


@pytest.mark.parametrize("looks", [math.nan, math.inf, -1.0, 2.0])
def test_what_is_no_probability_counts_as_unknown(looks: float) -> None:
    assert first(looks) == first(None)


@settings(deadline=None)
@given(st.floats(0, 1), st.floats(0, 1))
def test_more_codelike_is_never_less_confident(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert first(low) <= first(high)
