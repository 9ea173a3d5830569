"""Typed texts: which codes stand in them, and what is no part of these."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stylecode import Reason, TypedCode, key, read
from stylecode.grammar.brands import grammar
from stylecode.grammar.normalise import known_form
from tests.examples import examples

MESSAGES = [
    # names of models, sizes, prices, talk
    ("조던4 레트로 FQ8138-100 285 있나요", "FQ8138-100"),
    ("젤카야노 31 1011B867-400 275mm", "1011B867-400"),
    ("삼바 B75807(공용) 240 9만9천원", "B75807"),
    ("GT-2160 1203A320-100 270", "1203A320-100"),
    ("New Balance 530 MR530EMA us 9.5, under $100?", "MR530EMA"),
    ("올드스쿨 VN000D3HY28 / 260 / 새상품", "VN000D3HY28"),
    ("selling FU9006 size 8, paid 120 bucks", "FU9006"),
    ("IE3437 265", "IE3437"),
    ("CN8607 002 275", "CN8607-002"),
    ("나이키 CN8607 250", "CN8607-250"),
    ("FV5029-010-265", "FV5029-010"),
    ("HF4340-800GS", "HF4340-800"),
    ("1127895 BBLC 250 있어요?", "1127895-BBLC"),
    ("호카 1127895 240", "1127895"),
    ("bb550-wtg 235", "BB550WTG"),
    ("MR530 SG 살게요", "MR530SG"),
    ("L47453900, 110,000원, 2켤레", "L47453900"),
    # digits alone: a brand, a label, a separator, or nothing beside them
    ("374915-01 260", "374915-01"),
    ("푸마 374915 01 260", "374915-01"),
    ("에어조던 4 555088 610 270", "555088-610"),
    ("품번 1016223 240", "1016223"),
    ("클라우드몬스터 61.98025 270", "61.98025"),
    # several
    ("1) GW2871 265\n2) 374915-01 270\n3) M9160C", "GW2871 374915-01 M9160C"),
    ("① DV0833-105 ② FU9006", "DV0833-105 FU9006"),
    ("B75806,IE3437、GW2871", "B75806 IE3437 GW2871"),
    ("[재입고] CT8012-047 / 555088-610 전사이즈", "CT8012-047 555088-610"),
    ("IE6604\n100911862", "IE6604 100911862"),
    ("GW2871 265, FU9006 270", "GW2871 FU9006"),
    ("GW2871 99999999999", "GW2871"),
    ("DZ5485-410 vs DZ5485-612 뭐가 나아요?", "DZ5485-410 DZ5485-612"),
    ("CT8012-047 그리고 ct8012 047", "CT8012-047"),
    # numbers of other things
    ("FZ5808-100 보내 주세요 010 1234 5678 / 12월 5일까지", "FZ5808-100"),
    ("주문번호 2026112012345, HM4740-100 교환", "HM4740-100"),
    ("우리은행 1002-123-456789 입금했어요 ID2070", "ID2070"),
    ("2026.11.30 입고 DH2920-111", "DH2920-111"),
    ("24.12.05 GW2871", "GW2871"),
    ("FW2026 신상 H67123", "H67123"),
    ("b75806@shop.example 로 GY7924 보내 주세요", "GY7924"),
    # as people see it
    ("ＣＴ８０１２－０４７", "CT8012-047"),
    ("CT8012ー047", "CT8012-047"),
    ("CT8012–047", "CT8012-047"),
    ("CT8012\u200b-\u2060047", "CT8012-047"),
    ("\u202aCT8012-047\u202c", "CT8012-047"),
    ("СТ8012-047", "CT8012-047"),  # Cyrillic
    ("**CT8012-047**", "CT8012-047"),
    ("「CT8012-047」👟🔥", "CT8012-047"),
    ("#CT8012047", "CT8012-047"),
    ("나이키CT8012-047은요?", "CT8012-047"),
    ("NIKECT8012-047", "CT8012-047"),
    ("1️⃣CT8012-047 2️⃣FU9006", "CT8012-047 FU9006"),
    # addresses
    ("https://www.adidas.co.kr/samba-og-shoes/B75807.html", "B75807"),
    ("https://shop.example/kr/dunk-low-retro-dd1391-103?size=270", "DD1391-103"),
    ("m.shop.kr/goods/view?no=1234567&style_no=374915-01", "374915-01"),
    ("https://search.example/all?query=%EB%82%98%EC%9D%B4%ED%82%A4+CN8607+002", "CN8607-002"),
    ("https://l.example/?u=https%3A%2F%2Fshop.kr%2Fp%2FNBPDFS101G", "NBPDFS101G"),
    ("https://shop.example/pd/990v6/M990GL6.html", "M990GL6"),
    # a code that no brand is known to print
    ("how much is K12-88X", "K12-88X"),
    ("품번: ABC-1234 블랙", "ABC-1234"),
    ("Q87TR WHT", "Q87TR WHT"),
    ("CT 8012 047", "CT8012-047"),
]


@pytest.mark.parametrize(("text", "codes"), MESSAGES)
def test_codes_are_found_in_the_midst_of_a_message(text: str, codes: str) -> None:
    found = [each.code for each in read(text).codes]
    assert found == ([codes] if codes == "Q87TR WHT" else codes.split())


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        ("CT8O12-O47", "CT8012-047"),
        ("CT8012-l47", "CT8012-147"),
        ("b758O7", "B75807"),
        ("MR53OEMA", "MR530EMA"),
        ("NBPDFSOO3G", "NBPDFS003G"),
        ("VNOA5KRSY28", "VN0A5KRSY28"),
        ("374915-O1", ""),  # digits alone: nothing says that it is one
        ("SOLO-2010", ""),
    ],
)
def test_look_alikes_are_settled_and_what_was_typed_stays_beside(text: str, likely: str) -> None:
    found = read(text).codes
    wanted = TypedCode(likely, text.upper()) if likely else None
    assert [each for each in found if each.typed] == ([wanted] if wanted else [])


@pytest.mark.parametrize(
    ("text", "code", "typed"),
    [("M9160C-001", "M9160C", "M9160C-001"), ("S00A5C0-F83", "S00A5C0-F83", "")],
)
def test_what_a_dash_ties_to_a_code_may_belong_to_it(text: str, code: str, typed: str) -> None:
    assert read(text).codes == (TypedCode(code, typed),)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("010-1234-5678", Reason.PHONE),
        ("전화번호는 02-123-4567 입니다", Reason.PHONE),
        ("8801234567890", Reason.BARCODE),
        ("2026-11-20", Reason.DATE),
        ("주문번호 B75806", Reason.ORDER),
        ("송장 6012-3456-7890", Reason.ORDER),
        ("call me 555-123-4567", Reason.PHONE),
        ("129,000원", Reason.PRICE),
        ("270mm", Reason.SIZE),
        ("사이즈 270 있나요", Reason.SIZE),
        ("A1", Reason.TOO_SHORT),
        ("안녕하세요", None),
        ("👟", None),
        ("", None),
    ],
)
def test_without_a_code_the_reason_is_told(text: str, reason: Reason | None) -> None:
    found = read(text)
    assert (found.codes, found.words, found.reason) == ((), "", reason)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("나이키 덩크", "나이키 덩크"),
        ("조던1 로우 범고래 찾아 주세요", "조던 1 로우 범고래"),
        ("뉴발란스 2002R 얼마예요?", "뉴발란스 2002R"),
        ("nike dunk low panda please", "nike dunk low panda"),
        ("GEL-KAYANO 14", "GEL-KAYANO 14"),
        ("고마워요 잘 봤어요", ""),
        ("오늘 날씨 좋네요", ""),
        ("how much is it?", ""),
        ("운동화", ""),
    ],
)
def test_words_to_search_for(text: str, words: str) -> None:
    found = read(text)
    assert (found.codes, found.words) == ((), words)


@pytest.mark.parametrize(
    "address",
    [
        "https://shop.example/products/1234567",
        "https://naver.me/5xYz12AB",
        "https://shop.example/kr/t/dunk-low-retro-shoes",
        "www.shop.example/goods?id=98765432",
        "https://shop.example/pd/suede-classic/374915.html?color=01",
    ],
)
def test_an_address_without_a_code_is_but_an_address(address: str) -> None:
    found = read(f"이거 얼마예요 {address}")
    assert (found.codes, found.link) == ((), True)


SURROUNDED = st.sampled_from(
    ["{}", "이거 {} 있나요?", "{} 270", "270 {}", "[{}]", "{}👟", "{} 12만원", "how much is {}"]
)
SURE = [shape for shape in grammar().shapes if shape.strength >= 2.0 and not shape.needs_name]


@settings(max_examples=examples(200), deadline=None)
@given(st.data(), SURROUNDED)
def test_strong_shapes_are_found_whatever_stands_around(data: st.DataObject, around: str) -> None:
    shape = data.draw(st.sampled_from(SURE))
    chars = [data.draw(st.sampled_from(sorted(slot))) for slot in shape.slots]
    code = shape.spelled(tuple(("-", char) for char in chars))
    found = [key(each.code) for each in read(around.format(code)).codes]
    assert key(code) in found


@settings(max_examples=examples(300), deadline=None)
@given(st.text(max_size=60) | st.text(alphabet="DN13900 -./:#()원만가A@", max_size=60))
def test_any_text_is_read_and_a_code_read_again_is_the_same(text: str) -> None:
    for each in read(text).codes:
        assert any(map(str.isdigit, each.code))
        if known_form(each.code):
            assert each.code in [again.code for again in read(each.code).codes]


@pytest.mark.parametrize("part", ["DD1391-100 ", "1-", "010-", "a@", "%25", "주문번호", "111,"])
def test_long_texts_are_read_fast(part: str) -> None:
    text = (part * 5_000)[:5_000]
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 5  # about 0.3 on an idle core
