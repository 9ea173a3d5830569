"""A cell that says whether something is in stock. Pure."""

from __future__ import annotations

import re
import unicodedata

_YES = {"", "-", "y", "yes", "true", "t", "o", "ok"}
_NO = {"n", "no", "false", "f", "x"}
# "-2": more was ordered than there is. "3-5" says nothing.
_QUANTITY = re.compile(r"(?P<minus>-)?(?P<amount>\d{1,9})(?:\.0+)?\+?(?:개|족|켤레|ea|pcs|pairs?)?")
_OUT = re.compile(
    r"품절(?!임박|직전|전|아님)|매진(?!임박|직전)|단종|절판|없음|없슴|판매(?:중지|중단|종료|완료|불가)"
    r"|(?:재?입고|출시|발매)(?:예정|대기)|미입고|예약|솔드아웃|구매불가|주문불가"
    r"|soldout|outofstock|nostock|unavailable|discontinued|back-?order|pre-?order|comingsoon"
)
_IN = re.compile(
    r"있음|있슴|판매중|판매가능|구매가능|주문가능|정상|임박|직전|남음|남았|남은|여유|충분|넉넉|보유"
    r"|instock|available|lowstock|plenty|\d+(?:개|족|켤레|ea|pcs)"
)


def in_stock(cell: str) -> bool:
    """Whether it can be had; an empty cell says yes. Raises ValueError for other words."""
    word = "".join(unicodedata.normalize("NFKC", cell).lower().split())
    if amount := _QUANTITY.fullmatch(word):
        return not amount["minus"] and int(amount["amount"]) > 0
    if word in _NO or _OUT.search(word):
        return False
    if word in _YES or _IN.search(word):
        return True
    raise ValueError(f"in_stock {cell[:40]!r} is neither yes nor no")
