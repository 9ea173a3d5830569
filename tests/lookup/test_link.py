from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lookup import naver_link


@pytest.mark.parametrize(
    ("code", "query"),
    [
        ("DD1391-100", "DD1391-100"),
        (" 374915 01 ", "374915%2001"),
        ("A&B=C#/?", "A%26B%3DC%23%2F%3F"),
        ("품번", "%ED%92%88%EB%B2%88"),
    ],
)
def test_the_code_is_encoded(code: str, query: str) -> None:
    assert naver_link(code) == f"https://search.shopping.naver.com/search/all?query={query}"


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_the_code_comes_out_again(code: str) -> None:
    parts = urlsplit(naver_link(code))
    assert parts.netloc == "search.shopping.naver.com"
    assert parse_qs(parts.query, keep_blank_values=True) == {"query": [code.strip()]}


def test_lone_surrogates_do_not_raise() -> None:
    assert naver_link("\ud800").startswith("https://search.shopping.naver.com/search/all?query=")
