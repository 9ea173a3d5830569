"""Amounts of won as people type them: 100000, 100,000원, ₩100,000, 10만, 12만 5천원, 12.5만."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from stylecode.grammar.normalise import known_form

LEAST_WON, MOST_WON = 1_000, 100_000_000
"""A watch's price in won."""

_WON_DIGITS = r"\d{1,3}(?:,\d{3})+|\d+"
_WON_AMOUNT = (
    rf"(?P<sign>[₩￦]\s*)?(?:(?P<man>(?:{_WON_DIGITS})(?:\.\d+)?)\s*만\s*)?"
    rf"(?:(?P<chon>\d(?:\.\d+)?)\s*천\s*)?(?P<rest>{_WON_DIGITS})?\s*(?P<won>원|krw|won)?"
)
# "10만원 이하", "under 100,000": how people say the same.
_LAST = re.compile(
    rf"(?:^|\s)(?:(?:under|below|less\sthan)\s)?{_WON_AMOUNT}"
    r"(?:\s?(?:이하|미만|보다|밑|아래|까지|or\s(?:less|lower|below))(?:으?로|이?면|에서)?)?(?:\s?(?:싸|내려|떨어|낮)[가-힣]*)?$",
    re.IGNORECASE,
)
_ROUND = 10  # no shop asks 309,339 won
_AMOUNT_BESIDE = re.compile(rf"(?<![\w.,$€£-]){_WON_AMOUNT}(?![A-Za-z0-9])", re.IGNORECASE)
_SMALL_SIZE = re.compile(r"(?<![\w.,$€£-])(?:[3-9]|[1-5]\d)(?:[.,]5)?(?![\w.,])")  # of US, UK, EU


def amount_beside(text: str) -> int | None:
    """The amount in what stands beside a code; None where there is none.

    A bare number below `LEAST_WON` is no amount. What has digits and is neither an amount nor a
    size ("-5000", "1e5") counts as 0; the amount may be out of the range that a watch takes.
    """
    text = _SMALL_SIZE.sub(" ", " ".join(unicodedata.normalize("NFKC", text).split()))
    last: int | None = None
    for found in _AMOUNT_BESIDE.finditer(text):
        won = _won(found)
        if won is not None and (won >= LEAST_WON or _marked(found)):
            last = won
    return 0 if last is None and any(map(str.isdigit, text)) else last


def split_amount(text: str) -> tuple[str, int | None]:
    """What stands before the amount at the text's end, and the amount; None where there is none.

    For codes of no known shape: a number that may be a whole code is no amount.
    """
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    found = _LAST.search(text)
    won = _won(found) if found else None
    if found is None or won is None or (not _marked(found) and won < LEAST_WON):
        return text, None
    before = text[: found.start()].strip()
    if not _marked(found) and not before and (known_form(text) or won % _ROUND):
        return text, None
    return before, won


def _won(found: re.Match[str]) -> int | None:
    parts = ((found["man"], 10_000), (found["chon"], 1_000), (found["rest"], 1))
    told = [Decimal(part.replace(",", "")) * worth for part, worth in parts if part]
    return int(sum(told)) if told else None


def _marked(found: re.Match[str]) -> bool:
    """Whether something says that it is money."""
    return bool(found["sign"] or found["man"] or found["chon"] or found["won"])
