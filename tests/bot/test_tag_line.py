from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.calls.outgoing import html
from bot.sentences import LANGUAGES, sentences
from bot.talk.photo.tag_line import LIMIT, tag_line
from bot.talk.types import Reply
from stylecode import PrintedDate, TagFields
from stylecode.fields.origin import COUNTRY_CODES

MARCH = PrintedDate("2024.03", date(2024, 3, 1), date(2024, 3, 31))
FULL = TagFields(
    brand="Nike",
    sizes=(("CM", "27"), ("KR", "270"), ("US", "9"), ("UK", "8"), ("EUR", "42.5")),
    colour="WHITE/BLACK",
    made_in="Vietnam",
    dates=(MARCH,),
    barcodes=("0195866137769",),
    price_won=129_000,
)


def test_everything_in_korean() -> None:
    assert tag_line(sentences("ko"), FULL) == (
        "태그: Nike · 270 mm / US 9 / EUR 42.5 · WHITE/BLACK · 베트남 · 2024-03 · "
        "태그 가격 129,000원 · 바코드 0195866137769"
    )


def test_everything_in_english() -> None:
    assert tag_line(sentences("en"), FULL) == (
        "On the tag: Nike · 270 mm / US 9 / UK 8 · WHITE/BLACK · made in Vietnam · 2024-03 · "
        "tag price ₩129,000 · barcode 0195866137769"
    )


@pytest.mark.parametrize("fields", [TagFields(), TagFields(brand="Nike")])
def test_nothing_to_tell(fields: TagFields) -> None:
    assert tag_line(sentences("ko"), fields) == ""


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ((("CM", "27.5"), ("US", "9.5")), "275 mm / US 9.5"),
        ((("CM", "27 1/2"),), "275 mm"),
        ((("JP", "27.0"), ("CHN", "265")), "270 mm / CHN 265"),
        ((("KR", "260"),), "260 mm"),
        ((("US", "9"), ("UK", "8"), ("EUR", "42.5"), ("BR", "40.5")), "US 9 / UK 8 / EUR 42.5"),
        ((("CM", "?"), ("US", "9")), "US 9"),
    ],
)
def test_the_length_of_the_foot_comes_first(sizes: tuple[tuple[str, str], ...], shown: str) -> None:
    assert tag_line(sentences("en"), TagFields(sizes=sizes)) == f"On the tag: {shown}"


def test_only_what_was_found() -> None:
    assert tag_line(sentences("ko"), TagFields(made_in="China")) == "태그: 중국"


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        (MARCH, "2024-03"),
        (PrintedDate("07/15/21", date(2021, 7, 15), date(2021, 7, 15)), "2021-07-15"),
        (
            PrintedDate("07/15/21 - 10/02/21", date(2021, 7, 15), date(2021, 10, 2)),
            "2021-07-15 ~ 2021-10-02",
        ),
        (PrintedDate("09/21 - 12/21", date(2021, 9, 1), date(2021, 12, 31)), "2021-09 ~ 2021-12"),
        (PrintedDate("03/04/21"), "03/04/21"),
    ],
)
def test_dates_are_told_as_far_as_they_are_known(printed: PrintedDate, shown: str) -> None:
    assert tag_line(sentences("en"), TagFields(dates=(printed,))) == f"On the tag: {shown}"


def test_every_country_has_a_name_in_korean() -> None:
    for country in COUNTRY_CODES:
        line = tag_line(sentences("ko"), TagFields(made_in=country))
        assert not line.removeprefix("태그: ").isascii(), country


def test_it_is_escaped_where_the_channel_needs_that() -> None:
    line = tag_line(sentences("en"), TagFields(colour="BLACK & <WHITE>"))
    assert "BLACK &amp; &lt;WHITE&gt;" in html(Reply(line), 1024)


texts = st.text(max_size=60)


@given(
    st.builds(
        TagFields,
        brand=st.none() | texts,
        sizes=st.lists(st.tuples(texts, texts), max_size=10).map(tuple),
        colour=st.none() | texts,
        made_in=st.none() | texts,
        dates=st.lists(st.builds(PrintedDate, texts), max_size=3).map(tuple),
    ),
    st.sampled_from(LANGUAGES),
)
def test_the_line_stays_within_its_limit(fields: TagFields, language: str) -> None:
    assert len(tag_line(sentences(language), fields)) <= LIMIT
