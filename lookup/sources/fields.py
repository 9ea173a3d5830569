"""Fields of any service's answer, from whatever they are to plain values. Pure; never raises."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from lookup.errors import AnswerUnreadable

# Under 1,000 won nothing on feet is sold: such prices are placeholders ("문의", option base
# prices). Above 50,000,000 won lie only placeholders for sold-out goods, like 99,999,999; the
# dearest sneakers sold in Korean shops stay below.
LOWEST_PRICE_WON = 1_000
HIGHEST_PRICE_WON = 50_000_000
MOST_PARTS = 50_000
"""Elements or values of an answer; 100 rows have some 2,000. Python holds 100 bytes for each, and
nothing else runs while it makes them."""

LONGEST_TITLE = 300
LONGEST_LINK = 2_000

# What searches set their hits in. Other signs in brackets, like "<정품>", are part of the title.
_MARKUP = re.compile(r"</?(?:b|strong|em|mark|span|br)(?:\s[^<>]*)?/?>", re.IGNORECASE)
# Money that is not won, as in "$1,299.00", "JP¥15,000", "129 EUR".
_FOREIGN = re.compile(r"[$€£¥￥]|円|元|달러|\b(?:USD?|EUR|GBP|JPY|CNY|RMB|HKD|AUD|CAD)\b", re.I)
_PRICE_TEXT = re.compile(
    r"(?:₩|￦|\\|KRW)?\s*([0-9][0-9,]{0,14})(?:\.0{1,2})?\s*(?:원|KRW)?", re.IGNORECASE
)
# Control characters, lone surrogates (no database takes them) and text-direction overrides.
_UNPRINTABLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+"
)


def read_json(body: bytes) -> dict[str, Any]:
    """The JSON object in `body` (UTF-8). Raises `AnswerUnreadable`, also for too many parts."""
    if body.count(b"{") + body.count(b"[") + body.count(b",") > MOST_PARTS:
        raise AnswerUnreadable(f"answer has more than {MOST_PARTS} parts")
    try:
        # ValueError covers wrong encodings, broken JSON and absurdly long numbers.
        answer = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise AnswerUnreadable(f"answer is no UTF-8 JSON ({type(error).__name__})") from None
    if not isinstance(answer, dict):
        raise AnswerUnreadable("answer is no JSON object")
    return answer


def read_price(value: object) -> int | None:
    """Whole won, or None for '', '0', junk and implausible prices.

    "129,000", "129,000원", "₩129,000" and 129000.0 are understood.
    """
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        value = int(value)
    match = _PRICE_TEXT.fullmatch(text_of(value))
    if match is None:
        return None
    price = int(match[1].replace(",", ""))
    return price if LOWEST_PRICE_WON <= price <= HIGHEST_PRICE_WON else None


def is_foreign(value: object) -> bool:
    """Whether a price is told in another currency than won."""
    return _FOREIGN.search(text_of(value)) is not None


def plain(text: str) -> str:
    """A title as a person reads it: no `<b>`, entities resolved, one line, at most 300 long."""
    resolved = _MARKUP.sub("", html.unescape(html.unescape(_MARKUP.sub("", text))))
    return " ".join(_UNPRINTABLE.sub(" ", resolved).split())[:LONGEST_TITLE].rstrip()


def text_of(value: object) -> str:
    """Strings and whole numbers as text (gateways turn "129000" into 129000); else ''."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
        return str(value)
    return ""


def web_link(value: object) -> str:
    """`value` where it is a plain http(s) address, else ''."""
    link = html.unescape(text_of(value))
    fits = len(link) <= LONGEST_LINK and re.fullmatch(r"https?://[^\s<>\"]+", link)
    return link if fits and not _UNPRINTABLE.search(link) else ""
