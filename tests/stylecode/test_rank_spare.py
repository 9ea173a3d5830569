"""The list filled to three, and sizes that are no colours."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stylecode import ReadLine, rank
from tests.stylecode.tags import TAGS, Tag, lines_of, sure, worth_it
from tests.stylecode.test_rank_nothing import WITHOUT_CODE


def beside(code: str, other: str) -> list[ReadLine]:
    """Two lines of a row, close to each other, each a region of its own."""
    first = ReadLine(code, sure(code), 0.95, 100, 100, 20, 12.0 * len(code))
    second = ReadLine(other, sure(other), 0.95, 110 + first.width, 100, 20, 12.0 * len(other))
    return [first, second]


def test_a_size_in_a_region_of_its_own_is_no_colour() -> None:
    assert rank(beside("ART. IE4332", "235"))[0].code == "IE4332"
    assert rank(beside("DD1391", "103"))[0].code == "DD1391-103"


def test_the_other_form_of_a_code_with_a_colour_is_offered_too() -> None:
    for line in ("FS1SKF6721U IVO", "3VS71513A 260", "DD1391-100"):
        found = [code.code for code in rank(lines_of(f"{line}\nMADE IN VIETNAM"))]
        assert len(found) >= 2
        assert any(one != found[0] and one.startswith(found[0][:6]) for one in found)


@pytest.mark.parametrize("tag", TAGS, ids=str)
def test_what_fills_the_list_is_hardly_sure_and_last(tag: Tag) -> None:
    found = rank(lines_of(tag.text))
    filling = [code for code in found if code not in worth_it(found)]
    assert len(found) <= max(3, len(worth_it(found)))
    assert list(found) == [*worth_it(found), *filling]


@pytest.mark.parametrize("text", WITHOUT_CODE.values(), ids=WITHOUT_CODE)
def test_nothing_is_filled_where_there_is_no_code(text: str) -> None:
    assert rank([replace(line, codelike=0.5) for line in lines_of(text)]) == ()


def test_a_code_in_two_regions_is_where_most_of_it_stands() -> None:
    (code, *_) = rank(beside("SN", "90468"))
    assert (code.code, code.line, code.start, code.end) == ("SN90468", 1, 0, 5)
