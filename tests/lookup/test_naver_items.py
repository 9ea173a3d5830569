"""Whatever an answer holds, reading it gives offers or says that it is unreadable."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lookup.errors import AnswerUnreadable
from lookup.sources.naver_items import (
    plain,
    read_error,
    read_item,
    read_json,
    read_offers,
    read_price,
)
from lookup.types import Offer
from tests.examples import examples

CODE = "DD1391-100"
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
PRICES = st.sampled_from(["129000", "0", "", "99", "1,000", 5000, None, "9" * 40, True, 1.5])
LINKS = st.sampled_from(["https://a.example/1", "javascript:x", "", None, "http://", "https://a\n"])
ITEMS = st.fixed_dictionaries(
    {},
    optional={
        "title": st.text().map(lambda text: f"<b>{CODE}</b> {text}") | VALUES,
        "lprice": PRICES | VALUES,
        "link": LINKS | VALUES,
        "mallName": VALUES,
        "image": LINKS | VALUES,
        "productType": st.integers(-1, 14).map(str) | VALUES,
    },
)


def _is_sound(offer: Offer) -> bool:
    texts = (offer.title, offer.link, offer.mall, offer.image)
    for text in texts:
        text.encode()  # a lone surrogate would raise here, and later in the database
    return (
        1_000 <= offer.price_won <= 50_000_000
        and offer.link.startswith(("http://", "https://"))
        and offer.image.startswith(("http://", "https://", ""))
        and 0 < len(offer.title) <= 300
        and not any(sign in text for text in texts for sign in "\n\r\t\x00\u202e")
    )


@settings(deadline=None, max_examples=examples(60))
@given(st.lists(ITEMS | VALUES, max_size=6))
def test_items_of_any_shape(items: list[Any]) -> None:
    offers = read_offers({"items": items}, CODE)
    assert all(map(_is_sound, offers))
    assert [offer.price_won for offer in offers] == sorted(offer.price_won for offer in offers)


@settings(deadline=None)
@given(VALUES)
def test_any_json_body(value: Any) -> None:
    body = json.dumps(value).encode()
    read_error(body)
    try:
        answer = read_json(body)
        read_offers(answer, CODE)
    except AnswerUnreadable:
        assert not isinstance(value, dict) or not isinstance(value.get("items"), list)


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(body: bytes) -> None:
    assert read_error(body) is None
    with pytest.raises(AnswerUnreadable):
        read_offers(read_json(body), CODE)


@pytest.mark.parametrize(
    "body",
    [b"[" * 200_000, b'{"a":' * 200_000, b'{"items": [' + b"1" * 5000 + b"]}", b"\xff\xfe{}"],
)
def test_hostile_bodies(body: bytes) -> None:
    with pytest.raises(AnswerUnreadable):
        read_json(body)


def test_a_byte_order_mark_is_forgiven() -> None:
    assert read_json(b'\xef\xbb\xbf{"items": []}') == {"items": []}


@pytest.mark.parametrize(
    ("value", "won"),
    [
        ("129000", 129_000),
        (" 129,000 ", 129_000),
        (129_000, 129_000),
        ("1000", 1_000),
        ("50000000", 50_000_000),
        ("999", None),
        ("50000001", None),
        ("0", None),
        ("", None),
        (None, None),
        (True, None),
        (129000.5, None),
        ("129000원", 129_000),
        ("₩129,000", 129_000),
        ("129,000.00", 129_000),
        ("129,000 KRW", 129_000),
        ("-129000", None),
        ("٣٣٣٣", None),
        ("²²²²", None),
        (10**400, None),
    ],
)
def test_prices(value: object, won: int | None) -> None:
    assert read_price(value) == won


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("<b>나이키</b> 덩크 &amp; &lt;한정&gt;", "나이키 덩크 & <한정>"),
        ("a&nbsp;b&#39;s &quot;c&quot;\n\td", 'a b\'s "c" d'),
        ("<B>X</B><i>y</i>", "X<i>y</i>"),
        ("가\u202e나\ud800다", "가 나 다"),
        ("x" * 400, "x" * 300),
        ("&unknown; & 100%", "&unknown; & 100%"),
    ],
)
def test_plain_titles(title: str, text: str) -> None:
    assert plain(title) == text


def test_an_item_without_a_kind_is_kept() -> None:
    item = {"title": "DD1391-100", "lprice": "129000", "link": "https://a.example/1"}
    assert read_item(item) == Offer("DD1391-100", 129_000, "https://a.example/1", "")
