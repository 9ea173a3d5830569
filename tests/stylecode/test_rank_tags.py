"""Whole tags: the code is found among sizes, dates, barcodes and factory codes."""

import pytest

from stylecode import ReadLine, key, rank
from tests.stylecode.tags import TAGS, Tag, lines_of, sure, worth_it

WITHOUT_CODE = [
    "MADE IN VIETNAM\nUS 9 UK 8 EUR 42.5 CM 27\n2023.12\n8 801234 567890",
    "20231204\n12/04/23\n04/23\nPO 4501234567",
    "129,000\n080-123-4567\n010-1234-5678\n1588-1234",
    "UPPER: LEATHER 60% POLYESTER 40%\nLINING 100% COTTON",
    "2O231204\n2023.I2\n8 80I234 567890",
    "SIZE 270\n270mm\nRN 56323 CA 05553",
    "",
]


def ids(tag: Tag) -> str:
    return tag.code


@pytest.mark.parametrize("placed", [True, False])
@pytest.mark.parametrize("tag", TAGS, ids=ids)
def test_code_comes_first(tag: Tag, placed: bool) -> None:
    ranked = rank(lines_of(tag.text, placed))
    assert (ranked[0].code, ranked[0].brand) == (tag.code, tag.brand)
    assert ranked[0].confidence > 0.5


def test_tags_of_many_brands() -> None:
    assert len({tag.brand for tag in TAGS}) >= 12


@pytest.mark.parametrize("text", WITHOUT_CODE)
def test_nothing_plausible_is_empty(text: str) -> None:
    assert rank(lines_of(text)) == ()


def test_no_lines() -> None:
    assert rank(()) == ()
    assert rank((), crop=True) == ()


def test_two_tags_give_two_candidates() -> None:
    ranked = rank(lines_of("NIKE\nFD2764-107\nUS 9\nNIKE\nDV0831-101\nUS 8"))
    assert {code.code for code in ranked[:2]} == {"FD2764-107", "DV0831-101"}
    assert min(code.confidence for code in ranked[:2]) > 0.5


def test_same_code_on_two_lines_merges_and_is_surer() -> None:
    once = rank(lines_of("FD2764-107\nUS 9"))
    twice = rank(lines_of("FD2764-107\nUS 9\nFD2764 107"))
    assert [code.code for code in worth_it(twice)] == ["FD2764-107"]
    assert twice[0].confidence > once[0].confidence


def test_code_split_over_two_regions_of_a_row() -> None:
    lines = [
        ReadLine("107", sure("107"), 0.95, 125, 32, 20),
        ReadLine("FD2764", sure("FD2764"), 0.95, 40, 30, 20),
    ]
    (code, *_) = rank(lines)
    assert code.code == "FD2764-107"
    assert (code.line, code.start, code.end) == (1, 0, 6)


def test_regions_far_apart_are_not_joined() -> None:
    lines = [
        ReadLine("FD2764", sure("FD2764"), 0.95, 40, 30, 20),
        ReadLine("107", sure("107"), 0.95, 700, 30, 20),
    ]
    assert all(code.code != "FD2764-107" for code in rank(lines))


@pytest.mark.parametrize(
    "text",
    [
        "STYLE: 204871",
        "STYLE NO. 204871",
        "5TYLE N0: 204871",
        "ART.NO\n204871",
        "SKU|204871",
        "ITEM # 204871",
        "P/N 204871",
        "REF 204871",
        "MODEL 204871",
        "SIVLE: 204871",
        "ARFICLE #204871",
    ],
)
def test_label_makes_a_bare_number_a_code(text: str) -> None:
    assert key(rank(lines_of(text))[0].code) == "204871"
    assert rank(lines_of("204871")) == ()


@pytest.mark.parametrize("label", ["PO", "LOT", "FTY NO.", "UPC", "RN", "SMILE:", "MODEST:"])
def test_labels_of_other_things(label: str) -> None:
    assert rank(lines_of(f"{label} 20487112")) == ()


def test_labelled_code_outranks_a_bare_one() -> None:
    ranked = rank(lines_of("XR40217\nSTYLE KT90818\nFP11725"))
    assert ranked[0].code == "KT90818"


def test_glued_label() -> None:
    assert rank(lines_of("ARTGZ5174"))[0].code == "GZ5174"


def test_bare_shape_by_brand() -> None:
    number = "205612-610"
    for word, brand in (("crocs", "Crocs"), ("NIKE", "Nike"), ("JORDAN", "Nike")):
        assert rank(lines_of(f"{word}\n{number}"))[0].brand == brand
    alone = rank([ReadLine(number, confidence=0.99, height=20)])
    assert alone[0].code == number
    assert alone[0].confidence < 0.5


def test_misread_brand_word_still_counts() -> None:
    assert rank(lines_of("SKECHEPS\nF1LA\n386219 04")) == ()
    assert rank(lines_of("PUMA\n386219 04"))[0].confidence > 0.5
    assert rank(lines_of("C0NVERSE\n165695C"))[0].brand == "Converse"


def test_limit() -> None:
    text = "\n".join(f"FD276{n}-10{n}" for n in range(9))
    assert len(rank(lines_of(text))) == 5
    assert len(rank(lines_of(text), limit=2)) == 2
    assert rank(lines_of(text), limit=0) == ()
