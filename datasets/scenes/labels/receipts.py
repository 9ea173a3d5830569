"""Till receipts as Korean shops and others print them: many numbers, no style code."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from datasets.scenes.labels import layout as lay
from datasets.scenes.labels import wording
from datasets.scenes.labels.barcodes import barcode, digits_of
from datasets.scenes.labels.layout import Block
from datasets.scenes.labels.maker import Maker

_STORES = (
    *("ABC-MART 강남점", "슈마커 홍대점", "풋락커 명동", "롯데백화점 잠실점", "(주)이랜드월드"),
    *("ABC MART", "FOLDER", "LESMORE", "SHOEMARKER", "FOOT LOCKER", "NIKE SEOUL", "아디다스 명동"),
)
_ITEMS = (
    *(
        "나이키 에어맥스 90",
        "아디다스 슈퍼스타",
        "컨버스 척70",
        "반스 올드스쿨",
        "운동화",
        "양말 3족",
    ),
    *("AIR MAX 90", "SUPERSTAR", "CHUCK 70 HI", "OLD SKOOL", "SOCKS 3P", "SHOE CLEANER", "INSOLE"),
)


def amount(rng: random.Random) -> str:
    """A sum in won."""
    return f"{rng.randrange(1, 300)},{rng.randrange(0, 1000, 100):03}"


def _digits(form: str, rng: random.Random) -> str:
    """`form` with a digit for every 9."""
    return re.sub("9", lambda _: rng.choice("0123456789"), form)


def receipt(m: Maker) -> Block:
    """A till receipt: the shop, items, amounts, card and approval numbers."""
    rng = m.rng
    cap = rng.uniform(0.65, 0.85)
    head = [m.text(rng.choice(_STORES), 1.0, 1.7, strong=True)] if not m.one_in(5) else []
    if m.one_in(2):
        head.insert(0, m.text(rng.choice(("영수증", "RECEIPT", "신용승인", "[매출]")), 1.0, 1.5))
    head += [lay.text(m.style, line, cap) for line in _shop_lines(rng)]
    items = [_item(m, cap) for _ in range(rng.randint(1, 4))]
    sums = [
        [lay.text(m.style, name, cap), lay.text(m.style, amount(rng), cap)]
        for name in rng.choice((("합계", "부가세", "받을금액"), ("SUBTOTAL", "VAT", "TOTAL")))
    ]
    tail = [lay.text(m.style, line, cap) for line in _card_lines(rng)]
    if m.one_in(3):
        tail.append(barcode(rng, m.style, rng.uniform(8, 13), rng.uniform(1.2, 2.0)))
    table = lay.table(sums, 0.25, 0.0)
    rules = [lay.rule(table.w + 4, 0.05) for _ in range(2)] if m.one_in(2) else []
    return lay.vstack([*head, *rules[:1], *items, *rules[1:], table, *tail], m.gap())


def _item(m: Maker, cap: float) -> Block:
    rng = m.rng
    name, number = rng.choice(_ITEMS), _item_number(rng)
    price = lay.text(m.style, f"{rng.randint(1, 2)}  {amount(rng)}", cap)
    first = lay.text(m.style, f"{rng.randint(1, 9):03} {name}" if m.one_in(2) else name, cap)
    if m.one_in(3):
        return lay.hstack([first, price], 1.2)
    second = lay.hstack([lay.text(m.style, number, cap), price], 1.5)
    return lay.vstack([first, second], 0.35)


def _item_number(rng: random.Random) -> str:
    """What tills print for an item: the barcode's digits or the shop's own number."""
    return rng.choice(
        (digits_of(rng), digits_of(rng), _digits("*999999", rng), _digits("999-99", rng))
    )


def _shop_lines(rng: random.Random) -> list[str]:
    korean: tuple[Callable[[], str], ...] = (
        lambda: _digits("사업자번호 999-99-99999", rng),
        lambda: _digits("사업자등록번호: 999-99-99999", rng),
        lambda: f"TEL {wording.phone(rng)}",
        lambda: f"전화: {wording.phone(rng)}",
        lambda: _digits("POS: 99-9999", rng),
        lambda: _digits("POS NO.9999 BILL 999999", rng),
        lambda: f"[판매] {_day(rng)} {_clock(rng)}",
        lambda: f"{_day(rng)} {_clock(rng)}",
        lambda: _digits("계산원 999999 NO.9999", rng),
        lambda: _digits("CASHIER 99999", rng),
    )
    return [make() for make in rng.sample(korean, rng.randint(2, 5))]


def _card_lines(rng: random.Random) -> list[str]:
    makers: tuple[Callable[[], str], ...] = (
        lambda: _digits("카드번호 9999-99**-****-9999", rng),
        lambda: _digits("CARD NO: 9999********9999", rng),
        lambda: _digits("승인번호 99999999", rng),
        lambda: _digits("APPROVAL NO. 99999999", rng),
        lambda: _digits("AUTH 999999", rng),
        lambda: _digits("가맹점번호 999999999", rng),
        lambda: _digits("거래번호 99999-99999", rng),
        lambda: _digits("TID: 99999999", rng),
        lambda: rng.choice(("일시불", "VISA", "신한카드", "현금영수증")) + f" {amount(rng)}",
        lambda: rng.choice(("교환 환불은 7일 이내", "THANK YOU", "감사합니다")),
    )
    return [make() for make in rng.sample(makers, rng.randint(2, 5))]


def _day(rng: random.Random) -> str:
    joint = rng.choice("-/.")
    return f"20{rng.randint(18, 26)}{joint}{rng.randint(1, 12):02}{joint}{rng.randint(1, 28):02}"


def _clock(rng: random.Random) -> str:
    return f"{rng.randint(10, 21)}:{rng.randint(0, 59):02}:{rng.randint(0, 59):02}"
