"""What is shown of a tag only where something bears it out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylecode import GrammarError, ReadLine, fields_of
from stylecode.fields.agreement import Evidence
from stylecode.grammar.size_charts import SizeNumber, charts_of, size_number, size_rows

CODE = "DD1391-100"
NIKE = size_rows("Nike")
shares = st.floats(0, 1)
voices = st.integers(-4, 4)


def seen(*texts: str, confidence: float = 0.99) -> list[ReadLine]:
    """Lines under each other that only one reader has read."""
    return [
        ReadLine(text, (), confidence, 20.0, 30.0 + 60 * at, 20.0, 12.0 * len(text))
        for at, text in enumerate(texts)
    ]


def told(value: SizeNumber) -> str:
    return "{:g}{}".format(*value)


@given(shares)
def test_one_readers_word_is_never_enough(confidence: float) -> None:
    assert not Evidence(confidence).so


@given(shares, shares, voices, voices)
def test_what_is_surer_or_has_more_voices_is_likelier(
    low: float, high: float, few: int, many: int
) -> None:
    low, high, few, many = min(low, high), max(low, high), min(few, many), max(few, many)
    assert Evidence(low, few).odds <= Evidence(high, many).odds
    assert Evidence(low, few).heard(many - few) == Evidence(low, many)
    both = Evidence(low, many).and_(Evidence(high, few))
    assert both.odds <= min(Evidence(low, many).odds, Evidence(high, few).odds)


@given(st.sampled_from(NIKE), st.permutations(("US", "UK", "EUR", "CM")), st.integers(2, 4))
def test_sizes_of_one_shoe_bear_each_other_out(
    shoe: dict[str, SizeNumber], systems: list[str], count: int
) -> None:
    printed = {system: told(shoe[system]) for system in systems[:count]}
    lines = seen(*(f"{system} {value}" for system, value in printed.items()))
    assert dict(fields_of(lines, code=CODE).sizes) == printed


@given(st.sampled_from(NIKE), st.sampled_from(NIKE), st.sampled_from(("US", "UK", "EUR", "CM")))
def test_a_size_of_another_shoe_is_not_shown(
    shoe: dict[str, SizeNumber], other: dict[str, SizeNumber], system: str
) -> None:
    printed = {**shoe, system: other[system]}
    lines = seen(*(f"{name} {told(printed[name])}" for name in ("US", "UK", "EUR", "CM")))
    shown = dict(fields_of(lines, code=CODE).sizes)
    if not any(
        row.items() >= {k: printed[k] for k in ("US", "UK", "EUR", "CM")}.items() for row in NIKE
    ):
        assert shown.keys() < {"US", "UK", "EUR", "CM"}
    assert any(
        all(row[name] == size_number(value) for name, value in shown.items()) for row in NIKE
    )


@pytest.mark.parametrize(
    ("texts", "sizes"),
    [
        (["US 9"], ""),
        (["275MM"], ""),
        (["US 9 UK 8 EUR 42.5 CM 27"], "CM 27, US 9, UK 8, EUR 42.5"),
        (["US 9 UK 7 EUR 42.5 CM 27"], "CM 27, US 9, EUR 42.5"),  # UK misread
        (["US 9", "UK 7"], ""),  # which of them?
        (["UK_8", "EUR.42.5"], "UK 8, EUR 42.5"),
        (["USA EURO UK CM", "85 42 75 265"], "CM 26.5, US 8.5, UK 7.5, EUR 42"),  # raised halves
        (["EUR 42", "26.5"], "CM 26.5, EUR 42"),  # the system over it was not read
        (["42", "265"], "KR 265, EUR 42"),
        (["42", "275"], ""),
        (["EUR 42", "8"], ""),  # a digit alone may be a stain
        (["CN 265", "EUR 42"], ""),  # "cm" was misread: the length bears out no system
        (["US 9.5 EUR 41"], "US 9.5, EUR 41"),  # for women
        (["US 6.5Y", "EUR 39"], "US 6.5Y, EUR 39"),
        (["US 6.5C", "EUR 39"], ""),
    ],
)
def test_what_one_reader_read_of_a_tag(texts: list[str], sizes: str) -> None:
    shown = fields_of(seen(*texts), code=CODE).sizes
    assert ", ".join(f"{system} {value}" for system, value in shown) == sizes


def test_a_brand_without_a_chart_is_sized_as_some_other_is() -> None:
    assert dict(fields_of(seen("SKECHERS", "US 9 EUR 42 CM 27")).sizes) == {
        "US": "9",
        "EUR": "42",
        "CM": "27",
    }
    assert fields_of(seen("SKECHERS", "US 9", "CM 24")).sizes == ()


@pytest.mark.parametrize(
    "text", ["US 9", "275MM", "07/15/21", "129,000", "COLOR: WSL", "MADE IN CHNIA"]
)
def test_two_readers_or_none(text: str) -> None:
    alone = seen(text)
    assert not fields_of(alone)
    assert fields_of([replace(line, said=(text, text)) for line in alone])
    assert not fields_of([replace(line, said=(text, "LOT 5")) for line in alone])


@pytest.mark.parametrize(
    ("texts", "country"),
    [
        (["MADE IN CHINA"], "China"),  # a closed list behind closed phrases
        (["MADE IN CHNIA"], None),
        (["MADE IN CHINA", "FABRIQUE EN CHINE", "HECHO EN INDIA"], "China"),
        (["MADE IN CHINA", "FABRIQUE EN INDE"], None),
    ],
)
def test_an_origin_that_one_reader_read(texts: list[str], country: str | None) -> None:
    assert fields_of(seen(*texts)).made_in == country


@pytest.mark.parametrize(
    ("text", "colour"),
    [("WHITE/BLACK", "WHITE/BLACK"), ("WH1TE/BLACK", None), ("GOLD", None), ("COLD", None)],
)
def test_a_colour_that_one_reader_read(text: str, colour: str | None) -> None:
    assert fields_of(seen(text)).colour == colour


def test_what_is_left_of_a_longer_date() -> None:
    text = "08/17"
    line = ReadLine(text, (), 0.99, said=(text, text))
    assert [one.printed for one in fields_of([line]).dates] == [text]
    assert fields_of([line, ReadLine("NIKE")]).dates == ()  # prints days, too
    assert fields_of([replace(line, text="08/17/", said=("08/17/", "08/17/"))]).dates == ()


def test_every_row_of_the_charts_has_plausible_sizes() -> None:
    rows = size_rows(None)
    assert len(rows) > 200
    for row in rows:
        number = {system: size for system, (size, _) in row.items()}
        assert abs(2 * number["EUR"] / 3 - number["CM"]) < 3  # a Paris point is two thirds of a cm
        assert row["US"][1] or 0 <= number["US"] - number["UK"] <= 2.5


@pytest.mark.parametrize("line", ["Acme,men,9,8", "Nike,men,9,"])
def test_a_chart_that_is_wrong(line: str) -> None:
    with pytest.raises(GrammarError, match=r"size_charts\.csv"):
        charts_of(["brand,wearer,US,UK", line])
