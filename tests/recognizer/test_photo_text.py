"""Several looks at one photo become one answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from recognizer.calibration import Scored
from recognizer.looking.photo_text import (
    PhotoText,
    alike,
    together,
)
from recognizer.looking.settings import LOOKING
from recognizer.types import RegionReading, TextRegion
from stylecode import RankedCode, key

SQUARE = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))
CODES = ("DD1391-100", "DD1391-180", "FU9006", "M992GR")


def look(*codes: tuple[str, float], agreement: float = 1.0) -> PhotoText:
    """A look that read each of the codes on a line of its own, and one line more before them."""
    lines = [
        RegionReading(TextRegion(SQUARE, 0.9), text, (), 0.9)
        for text in ("NIKE", *(code for code, _ in codes))
    ]
    ordered = sorted(enumerate(codes, 1), key=lambda one: -one[1][1])
    ranked = (RankedCode(code, score, line, 0, len(code)) for line, (code, score) in ordered)
    return PhotoText(lines, Scored(tuple(ranked), agreement))


def shown(text: PhotoText) -> list[tuple[str, str]]:
    """Each code, with what stands on the line it is said to be on."""
    return [(code.code, text.lines[code.line].text) for code in text.codes]


def test_one_look_alone_is_taken_as_it_is() -> None:
    only = look(("DD1391-100", 0.3))
    assert together([only]) is only


def test_a_later_look_that_is_surer_comes_first_with_its_own_line() -> None:
    found = together([look(("DD1391-180", 0.5)), look(("FU9006", 0.1), ("DD1391-100", 0.9))])
    assert shown(found)[:2] == [("DD1391-100", "DD1391-100"), ("DD1391-180", "DD1391-180")]


def test_what_two_looks_show_beats_what_one_shows_as_surely() -> None:
    found = together([look(("FU9006", 0.6)), look(("M992GR", 0.6)), look(("FU9006", 0.5))])
    assert found.codes[0].code == "FU9006"
    assert found.scored.agreement < 1


def test_an_unsure_code_of_one_look_alone_is_none() -> None:
    unsure = look(("FU9006", LOOKING.stands_alone - 0.01))
    assert together([look(), unsure, look()]).codes == ()
    assert together([look(), look(("FU9006", LOOKING.stands_alone))]).codes
    assert together([look(), unsure, unsure]).codes


def test_what_the_whole_photo_shows_needs_less_to_stand_alone() -> None:
    assert together([look(("FU9006", LOOKING.stands_whole)), look(), look()]).codes
    assert not together([look(("FU9006", LOOKING.stands_whole - 0.01)), look(), look()]).codes


def test_where_a_code_stands_for_certain_a_doubtful_reading_is_better_than_none() -> None:
    unsure = look(("FU9006", LOOKING.stands_alone - 0.1))
    there = replace(unsure.codes[0], place=LOOKING.stands_there)
    assert together([look(), PhotoText(unsure.lines, Scored((there,))), look()]).codes
    nowhere = replace(there, place=LOOKING.stands_there - 0.01)
    assert not together([look(), PhotoText(unsure.lines, Scored((nowhere,))), look()]).codes


def changed(text: PhotoText, agreement: float = 1.0, **of_codes: Any) -> PhotoText:
    """The same with something else of all its codes."""
    codes = tuple(replace(code, **of_codes) for code in text.codes)
    return PhotoText(text.lines, Scored(codes, agreement))


def placed(text: PhotoText, place: float, agreement: float = 1.0) -> PhotoText:
    """The same with its codes standing where one is so likely."""
    return changed(text, agreement, place=place)


def test_only_what_another_look_may_show_better_is_unclear() -> None:
    assert look(("FU9006", 0.9)).clear
    assert not look().clear
    assert placed(look(("FU9006", 0.6)), 0.61).clear  # every letter is sure, the place is not
    assert not placed(look(("FU9006", 0.6)), 0.61, agreement=0.8).clear
    assert not placed(look(("FU9006", 0.6)), 0.9).clear
    assert not placed(look(("FU9006", 0.3)), 0.3).clear
    assert placed(look(("FU9006", 0.6), ("FU90O6", 0.3)), 0.98).clear  # a zero or an O
    assert not placed(look(("FU9006", 0.6), ("FU9003", 0.3)), 0.98).clear


def test_looks_are_alike_where_both_clearly_show_the_same() -> None:
    one, other = look(("FU9006", 0.6)), look(("FU9O06", 0.4))
    assert alike(one, other)
    assert not alike(one, look(("FU9003", 0.6)))
    assert not alike(one, look())
    assert alike(look(), look())
    assert not alike(one, placed(other, 0.9, agreement=LOOKING.agreed - 0.1))


def test_a_brands_colour_stays_with_its_code_where_it_is_hardly_less_sure() -> None:
    with_colour, without = ("FS1LOE2805X-PNK", 0.75), ("FS1LOE2805X", 0.8)
    one = look(without, with_colour)
    found = together([changed(one, brands=("Fila",)), changed(one, brands=("Fila",))])
    assert [code.code for code in found.codes] == ["FS1LOE2805X-PNK", "FS1LOE2805X"]
    assert found.codes[0].confidence == 0.8
    assert together([one, one]).codes[0].code == "FS1LOE2805X"  # of no brand: two texts
    unsure = look(without, ("FS1LOE2805X-PNK", 0.3))
    found = together([changed(unsure, brands=("Fila",))] * 2)
    assert found.codes[0].code == "FS1LOE2805X"


def test_spelling_is_that_of_the_surest_look() -> None:
    found = together([look(("DD1391 100", 0.4)), look(("DD1391-100", 0.7))])
    assert [code.code for code in found.codes] == ["DD1391-100"]


LOOKS = st.lists(
    st.lists(
        st.tuples(st.sampled_from(CODES), st.floats(0, 1)), max_size=4, unique_by=lambda one: one[0]
    ).map(lambda codes: look(*codes)),
    min_size=1,
    max_size=4,
)


@given(LOOKS)
def test_codes_come_once_in_order_each_on_its_line(looks: Sequence[PhotoText]) -> None:
    found = together(looks)
    scores = [code.confidence for code in found.codes]
    assert scores == sorted(scores, reverse=True)
    names = [key(code.code) for code in found.codes]
    assert len(names) == len(set(names))
    assert all(key(code) == key(text) for code, text in shown(found))
    best = {key(c.code): c.confidence for one in looks for c in one.codes[::-1]}
    assert all(name in best for name in names)
    assert 0 <= found.scored.agreement <= 1
    assert all(0 <= score <= 1 for score in scores)
