"""Which offers of one answer stay, how they are marked, and how answers become one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lookup import Condition, Offer, OfferNote, PriceAnswer, PriceQuote, SourceState
from lookup.judging.fit import fitting
from lookup.judging.merge import without_duplicates

CODE = "DD1391-100"


def offer(title: str, won: int = 129_000, mall: str = "가게", link: str = "") -> Offer:
    return Offer(title, won, link or f"https://shop.example/{won}", mall)


@pytest.mark.parametrize(
    ("title", "mall", "note"),
    [
        ("나이키 DD1391-100", "가게", OfferNote.NONE),
        ("[해외구매대행] 나이키 DD1391-100", "가게", OfferNote.ABROAD),
        ("나이키 DD1391-100 관부가세 포함", "가게", OfferNote.ABROAD),
        ("나이키 DD1391-100", "미국직구몰", OfferNote.ABROAD),
        ("나이키 DD1391-100 1+1", "가게", OfferNote.SET),
        ("나이키 DD1391-100 커플 2족", "가게", OfferNote.SET),
        ("나이키 DD1391-100", "KREAM", OfferNote.RESALE),
        ("나이키 DD1391-100 11+12", "가게", OfferNote.NONE),
    ],
)
def test_marks(title: str, mall: str, note: OfferNote) -> None:
    assert [kept.note for kept in fitting([offer(title, mall=mall)], CODE)] == [note]


@pytest.mark.parametrize(
    "words",
    [
        "단종",
        "[품절]",
        "일시품절",
        "판매종료",
        "SOLD OUT",
        "레플리카",
        "커스텀",
        "대여",
        "B급",
        "반품 상품",
    ],
)
def test_what_is_not_to_be_had_new_is_dropped(words: str) -> None:
    assert fitting([offer(f"나이키 덩크 DD1391-100 {words}")], CODE) == ()


@pytest.mark.parametrize(
    "words", ["품절임박", "품절 대란", "단종 아님", "양말 증정", "대여점 아님"]
)
def test_what_is_still_to_be_had_stays(words: str) -> None:
    assert len(fitting([offer(f"나이키 덩크 DD1391-100 {words}")], CODE)) == 1


def test_children_among_grown_ups_go_and_grown_ups_among_children_stay() -> None:
    plain = [offer(f"나이키 DD1391-100 {n}호점", 119_000 + n) for n in range(3)]
    kids = [offer(f"나이키 GS DD1391-100 {n}호점", 89_000 + n) for n in range(3)]
    assert len(fitting([*plain, kids[0]], CODE)) == 3
    assert len(fitting([*kids, plain[0]], CODE)) == 4
    half = fitting([plain[0], kids[0]], CODE)
    assert [kept.note for kept in half] == [OfferNote.KIDS, OfferNote.NONE]
    assert len(fitting(kids[:1], CODE)) == 1


def quote(source: str, *offers: Offer) -> PriceQuote:
    return PriceQuote(CODE, source, source, SourceState.OK, datetime.now(UTC), offers)


def test_the_same_offer_from_two_sources_is_shown_once_at_its_lowest_price() -> None:
    naver = quote(
        "naver",
        offer("덩크 DD1391-100", 119_000, "몰", "https://m.shop.example/p/7?utm_source=naver&n=1"),
        offer("덩크 DD1391-100", 125_000, "슈즈 몰", "https://a.example/1"),
        offer("덩크 DD1391-100", 125_000, "다른 몰", "https://a.example/2"),
    )
    google = quote(
        "google",
        offer("덩크", 118_000, "Mall", "https://www.shop.example/p/7/?n=1&gclid=x"),
        offer("덩크 dd1391-100", 125_000, "슈즈몰", "https://b.example/1"),
    )
    merged = without_duplicates([naver, google])
    assert [[kept.price_won for kept in one.offers] for one in merged] == [[125_000] * 2, [118_000]]
    assert [kept.mall for kept in merged[0].offers] == ["슈즈 몰", "다른 몰"]


def test_offers_without_address_or_words_are_not_merged() -> None:
    row = Offer("덩크", 99_000, "", "")
    assert len(without_duplicates([quote("catalogue", row, row)])[0].offers) == 2


def test_a_quote_with_nothing_to_merge_is_the_same_object() -> None:
    one = quote("a", offer("x DD1391-100"))
    assert without_duplicates([one])[0] is one
    assert without_duplicates([quote("b", Offer("x", 1, "http://[", "m"))])[0].offers


def test_lowest_median_and_number() -> None:
    used = Offer("덩크", 40_000, "", "", condition=Condition.USED)
    pair = Offer("덩크", 200_000, "", "", note=OfferNote.SET)
    new = [Offer("덩크", won, "", "") for won in (99_000, 119_000, 130_001, 140_000)]
    answer = PriceAnswer(CODE, (quote("a", used, *new[:2]), quote("b", *new[2:], pair)), "link")
    assert (answer.lowest, answer.median, answer.count) == (99_000, 124_500, 4)
    assert answer.best == new[0]
    alone = PriceAnswer(CODE, (quote("a", used),), "link")
    assert (alone.lowest, alone.median, alone.count, alone.best) == (None, None, 0, used)
