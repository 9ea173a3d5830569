"""Where lines stand to each other: rows, labels and brands of the same tag, at any angle."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stylecode import RankedCode, ReadLine, rank
from tests.examples import examples
from tests.stylecode.tags import HEIGHT, TAGS, Tag, lines_of, sure, worth_it

ANGLE = st.floats(-math.pi, math.pi)
SHIFT = st.floats(-2000, 2000)


def at(text: str, x: float, y: float, width: float | None = None) -> ReadLine:
    long = 0.6 * HEIGHT * len(text) if width is None else width
    return ReadLine(text, sure(text), 0.95, x, y, HEIGHT, width=long)


def moved(line: ReadLine, angle: float, dx: float, dy: float) -> ReadLine:
    cos, sin = math.cos(angle), math.sin(angle)
    x, y = line.x * cos - line.y * sin + dx, line.x * sin + line.y * cos + dy
    return replace(line, x=x, y=y, angle=line.angle + angle)


def wide(lines: list[ReadLine]) -> list[ReadLine]:
    return [replace(line, width=0.6 * line.height * len(line.text)) for line in lines]


def told(ranked: tuple[RankedCode, ...]) -> list[tuple[str, float]]:
    return [(code.code, round(code.confidence, 6)) for code in ranked]


@settings(deadline=None, max_examples=examples(40))
@given(st.sampled_from(TAGS), ANGLE, SHIFT, SHIFT)
def test_a_turned_photo_has_the_same_codes(tag: Tag, angle: float, dx: float, dy: float) -> None:
    lines = wide(lines_of(tag.text))
    assert told(rank([moved(line, angle, dx, dy) for line in lines])) == told(rank(lines))


@settings(deadline=None, max_examples=examples(40))
@given(st.data())
def test_the_order_in_which_lines_were_found_does_not_matter(data: st.DataObject) -> None:
    tag = data.draw(st.sampled_from(TAGS))
    lines = wide(lines_of(tag.text))
    shuffled = data.draw(st.permutations(lines))
    assert told(rank(shuffled))[:1] == told(rank(lines))[:1]


@settings(deadline=None, max_examples=examples(40))
@given(ANGLE, st.floats(0.2, 1.4))
def test_two_halves_in_two_regions_are_one_code(angle: float, gap: float) -> None:
    first = at("DD1391", 100, 100)
    second = at("100", first.x + first.width + gap * HEIGHT, 103)
    ranked = rank([moved(line, angle, 0, 0) for line in (second, first)])
    assert [code.code for code in worth_it(ranked)] == ["DD1391-100"]


@pytest.mark.parametrize("printed", ["DD1391 100", "DD1391-100"])
def test_box_and_tag_forms_are_one_code(printed: str) -> None:
    ranked = rank(lines_of(f"NIKE\n{printed}\nUS 9\nDD1391-100"))
    assert [code.code for code in worth_it(ranked)] == ["DD1391-100"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("HOKA\n1123194-BBLC", "1123194-BBLC"),
        ("HOKA\n1123194 BBLC", "1123194-BBLC"),
        ("SN 144844 COLOR:OLV", "SN144844"),
        ("FILA\nFS1SIA3280X-WWT", "FS1SIA3280X-WWT"),
        ("PUMA\n374915 01", "374915-01"),
    ],
)
def test_the_colour_belongs_to_the_code_where_the_brand_has_it_so(text: str, code: str) -> None:
    assert rank(lines_of(text))[0].code == code


@settings(deadline=None, max_examples=examples(40))
@given(ANGLE)
def test_a_label_over_or_left_of_the_number_names_it(angle: float) -> None:
    number = at("204871", 140, 100)
    for label in (at("STYLE", 60, 100), at("STYLE", 140, 70), at("STYLE NO.", 130, 65)):
        found = rank([moved(line, angle, 0, 0) for line in (number, label)])
        assert [code.code for code in worth_it(found)] == ["204871"], label
    for label in (at("STYLE", 140, 130), at("STYLE", 240, 100), at("STYLE", 140, 300)):
        assert rank([moved(line, angle, 0, 0) for line in (number, label)]) == ()


def test_a_label_in_another_direction_names_nothing() -> None:
    label = replace(at("STYLE", 140, 70), angle=math.pi / 2)
    assert rank([at("204871", 140, 100), label]) == ()


def test_a_line_and_its_words_are_not_read_as_one_text() -> None:
    whole = at("HFD2764 10", 100, 100, 140)
    words = [at("FD2764", 100, 100, 80), at("107", 190, 101, 45)]
    assert rank([whole, *words])[0].code == "FD2764-107"


def test_a_line_read_twice_is_no_surer_than_once() -> None:
    line = at("FD2764-107", 100, 100)
    assert told(rank([line, replace(line, y=102.0)])) == told(rank([line]))


def test_a_brand_counts_for_its_own_tag() -> None:
    tags = [
        *(at("NIKE", 100, 60), at("377329-401", 100, 100)),
        *(at("PUMA", 1500, 60), at("386219 04", 1500, 100)),
    ]
    found = {code.code: code.brand for code in worth_it(rank(tags))}
    assert found == {"377329-401": "Nike", "386219-04": "Puma"}


def test_two_tags_at_two_angles_give_two_candidates() -> None:
    second = [at("DV0831-101", 0, 40), at("US 8", 0, 80)]
    tags = [at("FD2764-107", 100, 100), at("US 9", 100, 140)]
    tags += [moved(line, math.pi / 2, 900, 300) for line in second]
    assert {code.code for code in worth_it(rank(tags))} == {"FD2764-107", "DV0831-101"}


def test_a_brand_across_the_line_is_another_tags() -> None:
    code, brand = at("EW8739", 400, 400), at("SALOMON", 100, 300)
    alone, beside = rank([code])[0], rank([code, brand])
    across = rank([code, moved(brand, math.pi / 2, 0, 0)])[0]
    assert across.confidence == pytest.approx(alone.confidence)
    assert not beside or beside[0].confidence < across.confidence


def test_a_code_stands_behind_what_the_edge_left_of_a_label() -> None:
    line = replace(at("LGC4695SKW", 0, 100), codelike=0.95)
    assert rank([replace(line, cut_start=True)])[0].code == "GC4695SKW"
    whole = {code.code: code.confidence for code in rank([line])}
    cut = {code.code: code.confidence for code in rank([replace(line, cut_start=True)])}
    assert cut["GC4695SKW"] > whole.get("GC4695SKW", 0.0)


@pytest.mark.parametrize("line", ["AA3834-10108/17/17", "08/17/17AA3834-101"])
def test_a_date_that_is_glued_to_a_code_is_parted_from_it(line: str) -> None:
    best = rank([ReadLine(line, sure(line), 0.95)])[0]
    assert best.code == "AA3834-101"
    assert line[best.start : best.end] == "AA3834-101"


STYLE_AND_COLOUR = (("STYLE DD1391", 40, 100), ("COLOR: 100", 40, 124))


def test_a_code_over_two_lines_is_joined() -> None:
    upper, lower = at("DD1391-", 40, 100), at("100", 40, 124)
    assert rank([upper, lower])[0].code == "DD1391-100"
    assert rank([upper])[:1] == () or rank([upper])[0].confidence < 0.5
    style, colour = (replace(at(*one), alternatives=()) for one in STYLE_AND_COLOUR)
    assert rank([style, colour])[0].code == "DD1391-100"


def test_what_stands_far_below_a_dash_is_no_part() -> None:
    assert "DD1391-100" not in {
        one.code for one in rank([at("STYLE DD1391-", 40, 100), at("100", 40, 190)])
    }


def test_each_cell_of_a_table_stands_under_its_own_label() -> None:
    heads = [at("STYLE", 40, 100), at("COLOR", 200, 100), at("SIZE", 360, 100)]
    cells = [at("483291", 40, 126), at("301", 200, 126), at("9", 360, 126)]
    assert rank([*heads, *cells])[0].code == "483291"
    assert rank(cells) == ()


def test_a_factorys_number_does_not_outrank_a_code() -> None:
    found = rank([at("555088-500", 40, 100), at("01C99FGHJ5PFG", 40, 126)])
    assert found[0].code == "555088-500"
    assert rank([at("01SDMRDDP71F", 40, 126)]) == ()
