"""Amounts of won as people type them: 100000, 100,000원, ₩100,000, 10만, 12만 5천원, 12.5만."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

LEAST, MOST = 1_000, 100_000_000
"""A watch's price in won."""

_NUMBER = r"\d{1,3}(?:,\d{3})+|\d+"
_AMOUNT = (
    rf"(?P<sign>[₩￦]\s*)?(?:(?P<man>(?:{_NUMBER})(?:\.\d+)?)\s*만\s*)?"
    rf"(?:(?P<chon>\d(?:\.\d+)?)\s*천\s*)?(?P<rest>{_NUMBER})?\s*(?P<won>원|krw|won)?"
)
_LAST = re.compile(rf"(?:^|\s){_AMOUNT}$", re.IGNORECASE)


def split_amount(text: str) -> tuple[str, int | None]:
    """What stands before the amount at the text's end, and the amount; None where there is none.

    A bare number below `LEAST` is no amount: it may be the last part of a code. The amount may be
    out of the range that a watch takes.
    """
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    found = _LAST.search(text)
    if not found or not (found["man"] or found["chon"] or found["rest"]):
        return text, None
    parts = ((found["man"], 10_000), (found["chon"], 1_000), (found["rest"], 1))
    won = sum(Decimal(part.replace(",", "")) * worth for part, worth in parts if part)
    bare = not (found["sign"] or found["man"] or found["chon"] or found["won"])
    if bare and won < LEAST:
        return text, None
    return text[: found.start()].strip(), int(won)
