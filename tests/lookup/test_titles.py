"""Titles as shops write them, with what a person would say: is this the product, new?

A listing to choose from several codes is "no": its price may belong to the other one.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lookup.judging.titles import carries_code, is_offer_for
from lookup.judging.words import is_other_goods

RIGHT = [
    ("나이키 덩크 로우 레트로 화이트 블랙 DD1391-100", "DD1391-100"),
    ("[나이키] DD1391 100 덩크 로우 판다 270", "DD1391-100"),
    ("NIKE DUNK LOW RETRO DD1391100", "DD1391-100"),
    ("나이키DD1391-100덩크로우", "DD1391-100"),
    ("나이키 덩크 로우 (DD1391-100)", "DD1391-100"),
    ("Nike Dunk Low dd1391-100 US9", "DD1391-100"),
    ("나이키 덩크 DD1391_100_270mm 정품 100%", "DD1391-100"),
    ("나이키 덩크 로우 DD1391 - 100 매장정품", "DD1391-100"),
    ("나이키 ＤＤ１３９１－１００ 덩크", "DD1391-100"),
    ("[국내매장판] 나이키 에어포스 1 '07 CW2288-111 올백", "CW2288-111"),
    ("나이키 에어포스1 07 CW2288–111 화이트", "CW2288-111"),
    ("CN8607/002 나이키 에어맥스", "CN8607-002"),
    ("나이키 여성 코트 비전 CD5434 화이트 111", "CD5434-111"),
    ("조던 1 미드 554724-092 시카고 블랙토", "554724-092"),
    ("에어 조던1 레트로 하이 OG 555088 610", "555088-610"),
    ("[해외] 조던 555088-610 US 9.5", "555088-610"),
    ("아디다스 슈퍼스타 FU9006", "FU9006"),
    ("[adidas](FU9006) 공용 운동화", "FU9006"),
    ("아디다스 오리지널 ZX8000 FU9006 2024년 신상", "FU9006"),
    ("아디다스 ZX 8000 FU9006 FW2024", "FU9006"),
    ("아디다스 삼바 OG B75806 화이트", "B75806"),
    ("아디다스 가젤 H67123 남녀공용 스니커즈", "H67123"),
    ("아디다스 EE8484 슬리퍼 아딜렛 남성 여성", "EE8484"),
    ("푸마 스웨이드 클래식 374915 01", "374915-01"),
    ("PUMA 푸마 374915-01 남여공용 스니커즈 백화점정품", "374915 01"),
    ("푸마 37491501 스웨이드 클래식 XXI", "374915-01"),
    ("뉴발란스 992 그레이 M992GR 메이드 인 USA", "M992GR"),
    ("뉴발란스 M 992 GR 그레이", "M992GR"),
    ("뉴발란스 운동화 NBPDEF704W 화이트", "NBPDEF704W"),
    ("뉴발란스 U9060NRG (2023) 남여공용", "U9060NRG"),
    ("컨버스 척테일러 올스타 하이 블랙 M9160C", "M9160C"),
    ("컨버스 척70 클래식 162058C 파치먼트", "162058C"),
    ("컨버스 런스타하이크 A02123C-BLK", "A02123C"),
    ("반스 올드스쿨 VN000D3HY28 블랙", "VN000D3HY28"),
    ("VANS 어센틱 VN-0EE3WHT", "VN-0EE3WHT"),
    ("반스 어센틱 VN0EE3WHT 트루화이트", "VN-0EE3WHT"),
    ("휠라 레이트레이서 FS1SIA3280X_WWT", "FS1SIA3280X-WWT"),
    ("휠라 디스럽터2 1XM00998D 화이트", "1XM00998D"),
    ("스케쳐스 고워크 조이 SN 144844 올리브", "SN144844"),
    ("아식스 젤카야노 14 1201A019.108 크림", "1201A019-108"),
    ("오니츠카타이거 멕시코66 1183A201 003", "1183A201.003"),
    ("호카 클리프톤 9 1127895-BBLC 블랙", "1127895-BBLC"),
    ("HOKA 본디8 1123202 WWH 화이트", "1123202-WWH"),
    ("살로몬 XT-6 L47453900 블랙", "L47453900"),
    ("MLB 빅볼청키 A 32SHCD111-50I 뉴욕양키스", "32SHCD111-50I"),
    ("엠엘비 청키라이너 3ASXCA12N-50WHS", "3ASXCA12N-50WHS"),
    ("디스커버리 버킷 디워커 DX-SHB1-111", "DX-SHB1-111"),
    ("팀버랜드 6인치 프리미엄 부츠 TB0100617131 옐로우", "TB0100617131"),
    ("크록스 바야밴드 클로그 205089-001", "205089-001"),
    ("나이키 덩크 로우 DD1391-100 신발끈 2개 증정", "DD1391-100"),
    ("나이키 덩크 DD1391-100 (사은품: 깔창)", "DD1391-100"),
    ("뉴발란스 M992GR 오솔라이트 인솔 적용", "M992GR"),
    ("아디다스 FU9006 슈레이스 포함 새상품", "FU9006"),
    ("스케쳐스 슬립온 SN144844 신발끈 없는 운동화", "SN144844"),
    ("푸마 374915-01 중고등학생 운동화 새학기", "374915-01"),
    ("컨버스 M9160C 중고 아님 새상품 정품박스", "M9160C"),
    ("나이키 줌 CU4826-002 Unused Brand New", "CU4826-002"),
    ("반스 VN0A38G1R1Q 빈티지 화이트", "VN0A38G1R1Q"),
    ("아디다스 EE8484 슬리퍼런스 쪼리", "EE8484"),
    ("팀버랜드 옐로우 부츠 TB0 100617131", "TB0100617131"),
    ("나이키 DD1391 블랙 100 매장정품", "DD1391-100"),
    ("Nike Dunk DD1391-100 with stickers", "DD1391-100"),
    ("나이키 DD1391-100 정품 스티커 확인", "DD1391-100"),
    ("나이키 DD1391-100 상품권 증정 행사", "DD1391-100"),
    ("Nike Dunk DD1391-100 shoes used in skateboarding", "DD1391-100"),
    ("나이키 DD1391-100 사용감 좋은 운동화", "DD1391-100"),
    ("나이키 DD1391-100 품절 임박", "DD1391-100"),
    # Right, but written so that only a person sees it.
    ("나이키 덩크 로우 판다 블랙 화이트 DDI391-I00", "DD1391-100"),
    ("반스 올드스쿨 VN000D3HY281 블랙 화이트", "VN000D3HY28"),
    ("NIKEDD1391-100 DUNK", "DD1391-100"),
]

WRONG = [
    ("나이키 덩크 로우 DD1391-101 미드나잇", "DD1391-100"),
    ("나이키 덩크 로우 DD1391-1001", "DD1391-100"),
    ("나이키 덩크 로우 DD1391 103 정품 100%", "DD1391-100"),
    ("나이키 덩크 로우 DD1391-101 사이즈 100 270", "DD1391-100"),
    ("나이키 덩크 하이 DD1399-100", "DD1391-100"),
    ("나이키 덩크 로우 판다 화이트 블랙", "DD1391-100"),
    ("나이키 덩크 로우 ADD1391-100", "DD1391-100"),
    ("[택1] 나이키 덩크 로우 DD1391-100 DD1391-101 CW1590-100", "DD1391-100"),
    ("나이키 운동화 모음전 CW2288-111 / DD8959-100", "CW2288-111"),
    ("아디다스 슈퍼스타 EG4958 FU9006 모음", "FU9006"),
    ("아디다스 FU90061 러닝화", "FU9006"),
    ("아디다스 XFU9006", "FU9006"),
    ("푸마 374915-011 스웨이드", "374915-01"),
    ("푸마 스웨이드 374915-02 블랙", "374915-01"),
    ("푸마 1374915-01", "374915-01"),
    ("뉴발란스 992 M992GL 그레이", "M992GR"),
    ("뉴발란스 M992그레이GR", "M992GR"),
    ("컨버스 162058 척70", "162058C"),
    ("반스 올드스쿨 VN000D3HNVY", "VN000D3HY28"),
    ("아식스 젤카야노 14 1201A019-107", "1201A019-108"),
    ("호카 클리프톤 9 1127895-WWH", "1127895-BBLC"),
    ("MLB 빅볼청키 32SHCD111-50W", "32SHCD111-50I"),
    ("스케쳐스 고워크 SN144845", "SN144844"),
    ("캠핑 의자 경량 DD1391", "DD1391-100"),
    ("100매 A4 용지", "DD1391-100"),
    ("[중고] 나이키 덩크 로우 DD1391-100 270", "DD1391-100"),
    ("중고나이키 DD1391-100 상태 A급", "DD1391-100"),
    ("Nike Dunk Low DD1391-100 USED", "DD1391-100"),
    ("Nike Dunk Low DD1391-100 pre-owned", "DD1391-100"),
    ("유즈드 나이키 덩크 DD1391-100", "DD1391-100"),
    ("[리퍼브] 아디다스 슈퍼스타 FU9006", "FU9006"),
    ("아디다스 FU9006 리퍼 상품", "FU9006"),
    ("뉴발란스 M992GR refurbished", "M992GR"),
    ("뉴발란스 M992GR 전시상품 할인", "M992GR"),
    ("구제 컨버스 M9160C 척테일러", "M9160C"),
    ("second-hand Converse M9160C", "M9160C"),
    ("덩크 로우 DD1391-100 호환 신발끈 120cm", "DD1391-100"),
    ("나이키 DD1391-100 교체용 운동화끈 화이트", "DD1391-100"),
    ("Rope Laces for Nike Dunk DD1391-100", "DD1391-100"),
    ("Shoelaces DD1391-100 flat white", "DD1391-100"),
    ("나이키 슈레이스 DD1391-100 순정", "DD1391-100"),
    ("뉴발란스 M992GR 전용 깔창 쿠션", "M992GR"),
    ("M992GR insole replacement", "M992GR"),
    ("아식스 1201A019-108 인솔 교체용", "1201A019-108"),
    ("조던1 555088-610 주름방지 프로텍터 실드", "555088-610"),
    ("에어조던 555088-610 미니어처 키링", "555088-610"),
    ("나이키 DD1391-100 빈박스 270", "DD1391-100"),
    ("Nike DD1391-100 empty box only", "DD1391-100"),
    ("우드 슈트리 (DD1391-100 추천)", "DD1391-100"),
    ("나이키 덩크 DD1391-1001 100% 정품", "DD1391-100"),
    ("나이키 덩크 DD1391-10 0", "DD1391-100"),
    ("푸마 380190-010 01", "380190-01"),
    ("아디다스 FU900 1+1", "FU9001"),
    ("에어포스 특가 309,339원", "309339"),
    ("나이키 DD1391-100 1회 착용", "DD1391-100"),
    ("나이키 DD1391-100 한번 신은 제품", "DD1391-100"),
    ("나이키 DD1391-100 사용감 있음", "DD1391-100"),
    ("나이키 DD1391-100 진열상품", "DD1391-100"),
    ("Nike Dunk DD1391-100 worn once", "DD1391-100"),
    ("Nike Dunk DD1391-100 open box", "DD1391-100"),
    ("Nike Dunk DD1391-100 out of stock", "DD1391-100"),
    ("나이키 DD1391-100 매진", "DD1391-100"),
    ("나이키 DD1391-100 출시예정", "DD1391-100"),
    ("나이키 DD1391-100 외 3종", "DD1391-100"),
    ("DD1391-100 Replacement Laces", "DD1391-100"),
    ("T-Shirt To Match Dunk Low Panda DD1391-100", "DD1391-100"),
    ("Crease Protectors DD1391-100", "DD1391-100"),
    ("Nike DD1391-100 box only", "DD1391-100"),
    ("DD1391-100 포스터 액자", "DD1391-100"),
    ("DD1391-100 폰케이스", "DD1391-100"),
    ("DD1391-100 밑창 보강 패드", "DD1391-100"),
    ("DD1391-100 신발 세정제", "DD1391-100"),
    ("DD1391-100 운동화 세탁 서비스", "DD1391-100"),
    ("DD1391-100 디자인 유사 운동화", "DD1391-100"),
    # Other goods, but written so that only a person sees it.
    ("덩크 로우 DD1391-100 커스텀 스트랩 밴드 장식", "DD1391-100"),
]


def _table() -> list[tuple[str, str, bool]]:
    return [(*row, True) for row in RIGHT] + [(*row, False) for row in WRONG]


def test_precision_and_recall_over_the_table() -> None:
    judged = [(title, code, right, is_offer_for(title, code)) for title, code, right in _table()]
    kept = [row for row in judged if row[3]]
    hits = [row for row in kept if row[2]]
    assert len(judged) >= 100
    precision, recall = len(hits) / len(kept), len(hits) / len(RIGHT)
    mistakes = [row for row in judged if row[2] is not row[3]]
    print(f"precision {precision:.3f}, recall {recall:.3f} over {len(judged)} titles: {mistakes}")
    assert precision >= 0.98, mistakes
    assert recall >= 0.90, mistakes


@pytest.mark.parametrize(
    ("title", "code"), [("나이키 DD1391-100", "DD1391"), ("DD1391-100 DD1391-101", "DD1391")]
)
def test_a_style_without_its_colour_fits_every_colour(title: str, code: str) -> None:
    assert carries_code(title, code)


def test_a_code_without_its_dash_still_knows_its_parts() -> None:
    assert carries_code("나이키 CD5434 화이트 111", "CD5434111")
    assert not carries_code("나이키 CD5434-111 / CD5434-100", "CD5434111")


@pytest.mark.parametrize("code", ["", " ", "-", "한글"])
def test_a_code_without_characters_fits_nothing(code: str) -> None:
    assert not carries_code("나이키 DD1391-100 한글 -", code)


def test_words_are_told_apart() -> None:
    assert not is_other_goods("나이키 슬리퍼 베나시")
    assert is_other_goods("나이키 슬리퍼 리퍼")
    assert not is_other_goods("운동화 깔창 추가증정")
    assert is_other_goods("운동화 깔창 (추가증정) 교체 신발끈")


@settings(deadline=None)
@given(st.text(), st.text())
def test_any_two_texts_are_judged(title: str, code: str) -> None:
    assert is_offer_for(title, code) in {True, False}


@settings(deadline=None)
@given(
    st.from_regex(r"[A-Z]{2}[0-9]{4}-[0-9]{3}", fullmatch=True),
    st.sampled_from(["", " ", "-", "_", ".", " - ", "–"]),
    st.sampled_from(["나이키 {} 덩크", "({})", "{}", "덩크{}정품", "NIKE {} 270"]),
)
def test_a_code_is_found_in_every_spelling(code: str, gap: str, frame: str) -> None:
    assert carries_code(frame.format(code.replace("-", gap).lower()), code)
