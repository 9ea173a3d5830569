"""What stands beside codes in a typed text: prices, sizes, dates, numbers of other things."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stylecode.errors import Reason
from stylecode.tag import negatives
from stylecode.typed.types import Kind, Part

_FREE_START = r"(?<![A-Z0-9])(?<![A-Z0-9][-._/])"
_FREE_END = r"(?![A-Z0-9])(?![-._/][A-Z0-9])"
_AMOUNT_TYPED = r"(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d{1,2})?)"
_MONEY = "WON|KRW|USD|DOLLARS?|BUCKS|EUROS?|YEN|달러|불|유로|엔|위안"
_TYPED_PRICES = (
    rf"(?:[₩￦\\$€£¥]|KRW|USD) ?{_AMOUNT_TYPED}(?: ?만| ?천)?",
    rf"{_FREE_START}{_AMOUNT_TYPED} ?(?:만 ?(?:\d ?천|\d{{1,4}}|\d,\d{{3}})? ?원?|천 ?원|원)",
    rf"{_FREE_START}{_AMOUNT_TYPED} ?(?:{_MONEY})(?![A-Z])",
    rf"{_FREE_START}\d{{1,3}}(?:,\d{{3}})+(?![A-Z0-9])",
    rf"{_FREE_START}\d{{2,3}}K{_FREE_END}",
)
_WHOSE = r"(?: ?(?:MENS?|WOMENS?|M|W)(?![A-Z]))?"
_IN_FRONT = rf"(?:US|UK|EUR?|FR|JP|KR|CM|MM|BR|SIZES?|SZ|사이즈|치수|발){_WHOSE}"
_AFTER = r"(?:MM|CM|밀리|센치|센티|사이즈|호|US|UK|EUR?)"
_MILLIMETRES = "(?:1[2-9][05]|2[0-9][05]|3[01][05])"
_TYPED_SIZES = (
    rf"{_FREE_START}{_IN_FRONT} ?[:.=]? ?\d{{1,3}}(?:[.,]5)?(?: ?[CY])?{_FREE_END}",
    rf"{_FREE_START}\d{{1,3}}(?:[.,]\d)? ?{_AFTER}{_FREE_END}(?! ?[:=]? ?\d)",
    rf"{_FREE_START}{_MILLIMETRES}(?: ?[~/,-] ?{_MILLIMETRES})*{_FREE_END}",
)
_NAMED = r"(?:번호|코드|NO\.?|NUMBER|NR\.?|#|ID)"
_OF = (
    "주문|송장|운송장|배송|택배|예약|접수|회원|고객|인증|문의|승인|결제|사업자|우편|등록|계좌"
    "|비밀|ORDER|TRACKING|INVOICE|BOOKING|RESERVATION|ACCOUNT|PARCEL|CUSTOMER|MEMBER"
)
_SAID_ALONE = "송장|운송장|계좌|우편번호|INVOICE|TRACKING"
_CALLED_AT = "전화|연락처|핸드폰|휴대폰|TEL|FAX|PHONE|MOBILE"
_ANY_ID = r"[A-Z]{0,4}[-#]?\d[A-Z0-9]*(?:[-. ]?\d[A-Z0-9]*)*"
_NUMBERS_OF = (
    rf"(?<![A-Z])(?:{_OF}) ?{_NAMED} ?(?:[:=#.]|은|는|이|가|IS)? ?{_ANY_ID}",
    rf"(?<![A-Z])(?:{_SAID_ALONE}) ?(?:[:=#.]|은|는)? ?{_ANY_ID}",
    r"\S+@[^\s@]+\.[A-Z]{2,}",  # an address of mail
)
_LIST_NUMBERS = (r"(?m:^) *\d{1,3}(?:\.(?=[ A-Z])|[)\]]) *", r"(?<=\s)\d{1,2}\)(?= ?[A-Z0-9가-힣])")
_COUNTS = (
    rf"{_FREE_START}\d{{1,3}} ?(?:켤레|족|쌍|개|장|명|번|분|시|층|박스|PAIRS?|PCS|EA)(?![A-Z])",
)
_CALLS = (
    r"(?<![\w-])\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?![\w-])",
    r"\+\d[\d ().-]{7,}\d",
    rf"(?<![A-Z])(?:{_CALLED_AT}) ?{_NAMED}? ?(?:[:=#.]|은|는|이|가)? ?\d[\d ().-]{{5,}}\d",
)


def _either(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in patterns))


_TYPED_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.ITEM, _either(_LIST_NUMBERS)),
    (Kind.ORDER, _either(_NUMBERS_OF)),
    (Kind.PHONE, _either(_CALLS)),
    (Kind.PRICE, _either(_TYPED_PRICES)),
    (Kind.SIZE, _either(_TYPED_SIZES)),
    (Kind.COUNT, _either(_COUNTS)),
)
_PRINTED_KINDS = (Kind.PHONE, Kind.BARCODE, Kind.DATE)


def parts_beside(text: str) -> Iterator[Part]:
    """Parts of a text in capitals that say something else than a code; they may overlap."""
    for kind, pattern in _TYPED_KINDS:
        for match in pattern.finditer(text):
            yield Part(kind, *match.span())
    for kind in _PRINTED_KINDS:
        for start, end in negatives.found(text, Reason(kind)):
            yield Part(kind, start, end)
