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


def split_amount(text: str) -> tuple[str, int | None]:
    """What stands before the amount at the text's end, and the amount; None where there is none.

    A bare number below `LEAST_WON` is no amount: it may be the last part of a code; nor is a number
    that may be a whole code. The amount may be out of the range that a watch takes; what stands
    behind a code and is no amount ("-5000", "1e5") counts as 0.
    """
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    found = _LAST.search(text)
    if not found or not (found["man"] or found["chon"] or found["rest"]):
        return _without_junk(text)
    parts = ((found["man"], 10_000), (found["chon"], 1_000), (found["rest"], 1))
    won = sum(Decimal(part.replace(",", "")) * worth for part, worth in parts if part)
    bare = not (found["sign"] or found["man"] or found["chon"] or found["won"])
    before = text[: found.start()].strip()
    if bare and won < LEAST_WON:
        return _without_junk(text)
    if bare and not before and (known_form(text) or won % _ROUND):
        return text, None
    return before, int(won)


def _without_junk(text: str) -> tuple[str, int | None]:
    """The text; or its code and 0, where something with a digit follows a code of a known shape."""
    words = text.split()
    for end in range(len(words), 0, -1):
        if known_form(" ".join(words[:end])):
            junk = any(char.isdigit() for char in "".join(words[end:]))
            return (" ".join(words[:end]), 0) if junk else (text, None)
    return text, None
