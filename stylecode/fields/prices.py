"""The price in won, where one is printed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stylecode.fields.digits import as_digits
from stylecode.fields.layout import FieldRow

_AMOUNT = re.compile(
    r"(?P<before>(?:PRICE|가격|소비자가|KRW|WON|[₩￦WVY])[ :.]{0,3})?"
    r"(?<![\d.,/-])(?P<amount>\d{1,3}(?:[.,]\d{3}){1,2})(?![\d/-]|[.,]\d)"
    r"(?P<after> ?(?:원|WON|KRW))?(?![A-Z])"
)
_LEAST_PRICE, _MOST_PRICE = 1_000, 5_000_000


def price_of(rows: Sequence[FieldRow]) -> int | None:
    """The one amount that is marked as won, else the only amount at all; None if in doubt."""
    marked: set[int] = set()
    bare: set[int] = set()
    for row in rows:
        for match in _AMOUNT.finditer(as_digits(row.text)):
            amount = int(re.sub(r"\D", "", match["amount"]))
            sure = bool(match["before"] or match["after"])
            if not _LEAST_PRICE <= amount <= _MOST_PRICE or amount % 10:
                continue
            if not row.evidence(*match.span()).so:
                continue
            if sure:
                marked.add(amount)
            elif "." not in match["amount"]:
                bare.add(amount)
    amounts = marked or bare
    return amounts.pop() if len(amounts) == 1 else None
