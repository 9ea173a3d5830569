"""Photos without a code: what looks a little like one must not be called one."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stylecode import ReadLine, key, rank
from tests.stylecode.tags import TAGS, Tag, lines_of, sure

WITHOUT_CODE = {
    "factory": "20190609\nLMB 140403",
    "date and factory": "05/22 NC13932\n70PS",
    "till": "SHOEMARKER\n642-02-28010\nAUTH 853420\nPOS NO.2743 BILL 524438\n149 800",
    "till in words": "007 OLD SKOOL 2 111,900\n003 SOCKS 3P\nTOTAL 203,700\nTID: 64226763",
    "card": "CARD NO: 9814-91##-####-5893\nAPPROVAL NO. 08972133",
    "till of a brand's shop": "NIKE\n506749416\nSUBTOTAL 77.000\nVAT 7.000\nTOTAL 84.000",
    "glued": "613083 NO8106",
    "business number": "123-45-67890",
    "address": "TEHERAN-RO 978 69 F90261-3",
    "telephone": "+82-2-437-8587\nF82-2-437-8587\n1-800-166-6940",
    "web": "WWW.NEWBALANCE.COM\nINFO@ADIDAS.CO.KR",
    "order": "PO# 1386492681\nP.O. NO. 55284916\nLOT 99999\nCTN 82 OF 58",
    "model": "MODEL\nCLIFTON 8\nAIR MAX 90\nGEL-KAYANO 28\n2750 COTU CLASSIC",
    "sizes": "FU40.5 JP260 MEX 26\nUS 9.5 UK 8.5\n270MM 2589MM",
    "registration": "RN 56323 CA 05553",
    "sums": "43.00C\n203.60C\n126 000\n276 000",
    "won": "50.90091\n94.90021\n134.00094",  # as 원 behind a price is read
    "millimetres": "Y255MM\nF235MM",  # as 치수 255mm is read
    "half a UPC": "019451 96661",
    "bars": "J019098369784\n193212281\n8 80149 058464 1\n4 063135 64726 3",
    "words": "COURT VISION LO\nDISRUPTOR 2\nCHUCK 70 HI",
}


@pytest.mark.parametrize("text", WITHOUT_CODE.values(), ids=WITHOUT_CODE)
def test_what_holds_no_code(text: str) -> None:
    assert rank(lines_of(text)) == ()


@pytest.mark.parametrize("line", ["FS1FLZ7", "32SHCD1"])
def test_the_beginning_of_a_brands_code_is_none(line: str) -> None:
    assert rank([replace(one, codelike=0.97) for one in lines_of(line)]) == ()


@pytest.mark.parametrize("line", ["ZZ22761", "XB06572", "FK13196", "LP78206", "VA54720"])
def test_factory_codes_are_no_codes(line: str) -> None:
    assert rank(lines_of(f"{line}\nMADE IN KOREA\nXT-6")) == ()


def doubtful(text: str) -> ReadLine:
    """As clutter is read: each character one of many."""
    return ReadLine(text, tuple(((char, 0.3), ("8", 0.2), ("W", 0.1)) for char in text), 0.02)


@pytest.mark.parametrize("text", ["OOZ9 IYZ090", "8SZZ-V89080", "X555RW8", "4195 2615", "HY2244"])
def test_clutter_is_no_code(text: str) -> None:
    assert rank([replace(doubtful(text), x=10, y=10, height=20, width=100)]) == ()


def test_a_code_that_is_hard_to_read_is_still_offered() -> None:
    text = "FD2764-107"
    assert rank([ReadLine(text, sure(text, 0.75))])[0].code == text


def cut(text: str, start: bool = False, end: bool = False) -> ReadLine:
    return ReadLine(text, sure(text, 0.99), 0.9, 10, 10, 20, 120, cut_start=start, cut_end=end)


@pytest.mark.parametrize("text", ["DD1391", "GZ5174", "M2002R", "B58061"])
def test_what_the_photos_edge_cuts_off_is_no_code(text: str) -> None:
    assert rank([cut(text, end=True)]) == ()
    assert rank([cut(text, start=True)]) == ()


def test_a_whole_code_at_the_edge_is_one() -> None:
    whole = rank([cut("DD1391-100")])[0].confidence
    assert whole > rank([cut("DD1391-100", end=True)])[0].confidence > 0.6


def test_the_edge_only_counts_where_the_code_is() -> None:
    line = cut("GZ5174 MADE IN CHI", end=True)
    assert rank([line]) == rank([replace(line, cut_end=False)])


@settings(deadline=None)
@given(st.from_regex(r"[0-9]{1,15}", fullmatch=True))
def test_a_number_alone_is_no_code(number: str) -> None:
    assert rank(lines_of(number)) == ()


@settings(deadline=None)
@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ -./", max_size=30))
def test_letters_alone_are_no_code(words: str) -> None:
    assert rank([ReadLine(words, sure(words, 0.999))]) == ()


@pytest.mark.parametrize("tag", TAGS, ids=str)
def test_a_receipt_beside_a_tag_hides_no_code(tag: Tag) -> None:
    paper = [replace(line, x=line.x + 3000) for line in lines_of(WITHOUT_CODE["till"])]
    ranked = rank([*lines_of(tag.text), *paper])
    assert key(ranked[0].code) == key(tag.code)
