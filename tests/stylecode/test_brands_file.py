"""The brands' file: each example and counter-example by itself, and what a wrong file says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from stylecode import GrammarError, ReadLine, brand_of, display, key, rank
from stylecode.grammar.brands import grammar, parsed
from stylecode.grammar.entries import Brand, Pattern
from stylecode.grammar.patterns import Shape, forms
from stylecode.grammar.pieces import pieces
from tests.stylecode.tags import lines_of


def of_brands() -> Iterator[tuple[Brand, Pattern]]:
    for brand in grammar().brands:
        yield from ((brand, pattern) for pattern in brand.patterns)


EXAMPLES = [
    pytest.param(brand, pattern, code, id=f"{brand.name} {code}")
    for brand, pattern in of_brands()
    for code in pattern.examples
]
UNLIKE = [
    pytest.param(brand, pattern, code, id=f"{brand.name} {code}")
    for brand, pattern in of_brands()
    for code in pattern.unlike
]


@pytest.mark.parametrize(("brand", "pattern", "code"), EXAMPLES)
def test_an_example_is_found_on_its_brands_tag(brand: Brand, pattern: Pattern, code: str) -> None:
    found = rank(lines_of(f"{brand.words[0]}\n{code}\nMADE IN VIETNAM\nEUR 42"))
    assert (found[0].code, found[0].brand) == (code, brand.name)


@pytest.mark.parametrize(("brand", "pattern", "code"), UNLIKE)
def test_a_counter_example_is_none_of_its_pattern(
    brand: Brand, pattern: Pattern, code: str
) -> None:
    found = rank(lines_of(f"{brand.words[0]}\n{code}\nMADE IN VIETNAM"))
    there = [one.code for one in found if key(one.code) == key(code)]
    assert not any(shape.fits(pieces(one)) for shape in pattern.shapes for one in (code, *there))


@pytest.mark.parametrize("pattern", grammar().unnamed, ids=lambda one: one.examples[0])
def test_a_pattern_of_brands_that_are_not_told_apart(pattern: Pattern) -> None:
    for code in pattern.examples:
        assert (display(code), brand_of(code)) == (code, "")
        assert rank([ReadLine(code)], crop=True)[0].code == code
    for code in pattern.unlike:
        assert not any(shape.fits(pieces(code)) for shape in pattern.shapes)


# A file with one brand of each kind, to be spoilt.
GOOD = """
[[brand]]
name = "Acme"
words = ["ACME SHOES"]
korean = ["아크메"]
place = {where = "style", code = "QX12-345"}
labels = ["STYLE"]
labelled = 0.5
[[brand.pattern]]
codes = ["QX##-###"]
behind = "=@{2,3}"
strength = 2.0
examples = ["QX12-345", "QX12-345-BK"]
unlike = ["QY12-345"]
drawn = ["QX1#-###"]
joints = ["-", " "]
[[brand.pattern]]
codes = ["######"]
strength = 0.0
needs_name = true
often = 2
examples = ["123456"]
unlike = ["12345"]

[[brand]]
name = "Bolt"
words = ["BOLT"]
[[brand.pattern]]
codes = ["######"]
strength = 0.0
needs_name = true
examples = ["654321"]
unlike = ["A54321"]

[[unnamed]]
codes = ["Z####.#"]
strength = 1.0
examples = ["Z1234.5"]
unlike = ["Z12345"]
"""


def test_a_good_file() -> None:
    known = parsed(GOOD)
    assert [shape.pattern for shape in known.shapes] == [
        *("QX##-###", "QX##-###=@@", "QX##-###=@@@", "######", "Z####.#"),
    ]
    assert [shape.brands for shape in known.by_length[6]] == [(), ("Acme", "Bolt")]
    assert known.words["ACMESHOES"].korean == ("아크메",)


@pytest.mark.parametrize(
    ("part", "spoilt", "said"),
    [
        ('name = "Bolt"', 'name = "Bolt"\ncolour = "red"', "Bolt: unknown: 'colour'"),
        ("often = 2", "often = 2\nofen = 3", "Acme: unknown: 'ofen'"),
        ("[[unnamed]]", "[[unamed]]", "unknown: 'unamed'"),
        ('where = "style"', 'where = "style", at = 1', "Acme: unknown: 'at'"),
        ('name = "Bolt"', "", "'name' is missing"),
        ('words = ["BOLT"]', "", "Bolt: 'words' should be a list of 1 texts or more"),
        ('words = ["BOLT"]', 'words = ["bolt"]', "Bolt: word 'bolt' is not in Latin capitals"),
        ('words = ["BOLT"]', 'words = "BOLT"', "Bolt: 'words' should be a list, not 'BOLT'"),
        ('words = ["BOLT"]', 'words = ["ACME SHOES"]', "Bolt: word 'ACMESHOES' is also Acme's"),
        ('name = "Bolt"', 'name = "Acme"', "'######' stands there twice"),
        ('"아크메"', '"acme"', "Acme: 'acme' is not Korean"),
        ("needs_name = true\nexamples", "examples", "'######' is digits only, so that it needs"),
        (
            "needs_name = true\noften",
            "needs_name = 1\noften",
            "Acme: 'needs_name' should be a bool",
        ),
        ("strength = 2.0", "", "Acme: 'strength' is missing"),
        ("strength = 2.0", 'strength = "2"', "Acme: 'strength' should be a float, not '2'"),
        ("strength = 2.0", "strength = 20", "Acme: 'strength' should be in -3..3, not 20"),
        ("often = 2", "often = 0", "Acme: 'often' should be in 0.01..100, not 0"),
        ("labelled = 0.5", "labelled = 5", "Acme: 'labelled' should be in 0..1, not 5"),
        ("labelled = 0.5", "", "Acme: 'labelled' is missing"),
        ('codes = ["QX##-###"]', 'codes = ["QX##-?##"]', "Acme: pattern 'QX##-?##'"),
        ('codes = ["QX##-###"]', 'codes = ["QX##--##"]', "is not spelled in marks and gaps"),
        ('codes = ["QX##-###"]', 'codes = ["-QX##-##"]', "is not spelled in marks and gaps"),
        ('codes = ["QX##-###"]', 'codes = ["QX##-###-"]', "is not spelled in marks and gaps"),
        ('codes = ["QX##-###"]', 'codes = ["QX##-#{3}"]', "is not spelled in marks and gaps"),
        ('codes = ["QX##-###"]', 'codes = ["QX##-#{3,2}"]', "{3,2} is no number of times"),
        ('codes = ["QX##-###"]', 'codes = ["QX##"]', "not 5 to 20 letters and digits"),
        ('codes = ["QX##-###"]', 'codes = ["QX#{9,9}#{9,9}#"]', "not 5 to 20 letters and digits"),
        ('["QX##-###"]', '["QX##-###", "QW##-###"]', "Acme: no example shows 'QW##-###'"),
        ('"QX12-345-BK"', '"QX12-346"', "Acme: no example shows '=@{2,3}' behind a code"),
        ('["QX12-345", ', '["QX12 345", ', "Acme: example 'QX12 345' is not shown so by"),
        ('["QX12-345", ', '["QX1-345", ', "Acme: example 'QX1-345' is not shown so by"),
        ('unlike = ["QY12-345"]', 'unlike = ["QX19-345"]', "counter-example 'QX19-345' fits"),
        ('unlike = ["QY12-345"]', "", "Acme: 'unlike' should be a list of 1 texts or more"),
        ('drawn = ["QX1#-###"]', 'drawn = ["QW1#-###"]', "Acme: drawn 'QW1#-###' is not among"),
        ('joints = ["-", " "]', 'joints = [":"]', "Acme: joint ':' stands in no gap of"),
        ('code = "QX12-345"}', 'code = "QW12-345"}', "Acme: place: 'QW12-345' is none of its"),
        ("strength = 0.0", "strength = 0.1", "'######' of Bolt is also Acme's: one shape"),
        ("often = 2", "", "'######' of Bolt is also Acme's, as often: say which"),
        ('codes = ["Z####.#"]', 'codes = ["Z####.#"', "not TOML"),
        ('unlike = ["Z12345"]', "", "unnamed: 'unlike' should be"),
    ],
)
def test_a_wrong_file_says_where_and_what(part: str, spoilt: str, said: str) -> None:
    assert part in GOOD
    with pytest.raises(GrammarError) as caught:
        parsed(GOOD.replace(part, spoilt, 1))
    assert str(caught.value).startswith("brands.toml: ")
    assert said in str(caught.value)


def test_the_brand_that_prints_a_pattern_most_often_comes_first() -> None:
    often = GOOD.replace('examples = ["654321"]', 'often = 3\nexamples = ["654321"]')
    assert parsed(often).by_length[6][1].brands == ("Bolt", "Acme")


def test_of_two_equally_strong_patterns_the_one_met_more_often_comes_first() -> None:
    other = """
[[brand.pattern]]
codes = ["Q*##-###"]
strength = 2.0
often = 3
examples = ["QX12-345"]
unlike = ["QX12-34"]
"""
    known = parsed(GOOD.replace("\n[[unnamed]]", f"{other}\n[[unnamed]]"))
    assert [shape.pattern for shape in known.by_length[7]] == ["Q*##-###", "QX##-###"]


@pytest.mark.parametrize(
    ("pattern", "stands_for"),
    [
        ("AB###", ("AB###",)),
        ("A#{4,6}", ("A####", "A#####", "A######")),
        ("@{1,2}#{4,5}", ("@####", "@#####", "@@####", "@@#####")),
        ("AB##-#{2,3}@", ("AB##-##@", "AB##-###@")),
        ("AB####{0,1}", ("AB###", "AB####")),
    ],
)
def test_repeats(pattern: str, stands_for: tuple[str, ...]) -> None:
    assert forms(pattern) == stands_for


@pytest.mark.parametrize(
    ("pattern", "text", "shown"),
    [
        ("QX##-###", "QX12345", "QX12-345"),
        ("QX##-###", "qx12 345", "QX12-345"),
        ("QX##-###", "QX12/345", "QX12-345"),
        ("QX##-###", "QX12:345", None),
        ("QX##-###", "QX1-2345", None),
        ("QX##=###", "QX12345", "QX12-345"),
        ("QX##=###", "QX12/345", None),
        ("QX~#####", "QX:12345", "QX12345"),
        ("QX~#####", "QX 12345", "QX12345"),
        ("QX,#####", "QX 12345", "QX 12345"),
        ("QX,#####", "QX12345", "QX12345"),
        ("QX,#####", "QX.12345", None),
        ("##.#####", "12.34567", "12.34567"),
        ("##.#####", "1234567", None),
        ("##.#####", "12-34567", None),
        ("QX##!###", "QX12_345", "QX12-345"),
        ("QX##!###", "QX12345", None),
        ("QX##/###", "QX12/345", "QX12/345"),
        ("QX##/###", "QX12-345", None),
        ("&%*###", "A1Z123", "A1Z123"),
        ("&%*###", "I1Z123", None),
        ("&%*###", "O1Z123", None),
        ("&%*###", "A0Z123", None),
        ("&%*###", "A10123", "A10123"),
        ("@#####", "112345", None),
        ("@#####", "AB2345", None),
    ],
)
def test_marks_and_gaps(pattern: str, text: str, shown: str | None) -> None:
    shape = Shape(pattern, (), 0.0)
    split = pieces(text)
    assert (shape.spelled(split) if shape.fits(split) else None) == shown
