"""Several views of one line put to the vote."""

from __future__ import annotations

import pytest

from recognizer.looking.voting import View, surest, vote
from stylecode import RankedCode, ReadLine, rank


def view(*codes: tuple[str, float]) -> View:
    """A view that reads each of these, as sure as told."""
    return surest(
        RankedCode(code, sure, 0, 0, len(code), brand=ranked.brand, brands=ranked.brands)
        for code, sure in codes
        for ranked in rank([ReadLine(code)], crop=True)[:1]
    )


def test_what_more_views_show_comes_first() -> None:
    voted = vote([view(("DD1391-100", 0.9)), view(("DD1391-180", 0.7)), view(("DD1391-180", 0.7))])
    assert [code.code for code in voted] == ["DD1391-180", "DD1391-100"]
    assert voted[0].confidence == pytest.approx(1.4 / 3)


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("1127895", "1127895-BBLC"),  # Birkenstock and six others, Hoka and two others
        ("FS1SIZ3140X", "FS1SIZ3140X-WWT"),
        ("SO222ZRN97", "SO222ZRN97-BLK0"),
    ],
)
def test_a_code_with_what_a_brand_of_it_prints_behind_comes_first(part: str, whole: str) -> None:
    voted = vote([view((part, 0.70), (whole, 0.66))])
    assert [(code.code, code.confidence) for code in voted] == [(whole, 0.70), (part, 0.70)]


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("DD1391", "DD1391-100"),  # adidas or Reebok, and Nike
        ("K12-88", "K12-88X7"),  # of no known shape
        ("1127895", "1127896-BBLC"),
    ],
)
def test_another_brands_code_does_not_come_before_a_surer_one(part: str, whole: str) -> None:
    voted = vote([view((part, 0.70), (whole, 0.66))])
    assert [(code.code, code.confidence) for code in voted] == [(part, 0.70), (whole, 0.66)]


def test_the_whole_code_has_to_be_hardly_less_sure() -> None:
    voted = vote([view(("1127895", 0.70), ("1127895-BBLC", 0.40))])
    assert [code.code for code in voted] == ["1127895", "1127895-BBLC"]
