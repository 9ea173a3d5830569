"""Naver's answer, from bytes to offers. Pure; whatever the bytes are, the result is offers or
`AnswerUnreadable`."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from lookup.errors import AnswerUnreadable
from lookup.titles import is_offer_for
from lookup.types import Offer

# Under 1,000 won nothing on feet is sold: such prices are placeholders ("문의", option base
# prices). Above 50,000,000 won lie only placeholders for sold-out goods, like 99,999,999; the
# dearest sneakers sold in Korean shops stay below.
LOWEST_PRICE_WON = 1_000
HIGHEST_PRICE_WON = 50_000_000
LONGEST_TITLE = 300
LONGEST_LINK = 2_000

_NOT_NEW = frozenset(str(kind) for kind in range(4, 13))  # used, discontinued, upcoming
_BOLD = re.compile(r"</?b>", re.IGNORECASE)
# Control characters, lone surrogates (no database takes them) and text-direction overrides.
_UNPRINTABLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+"
)


def read_json(body: bytes) -> dict[str, Any]:
    """The JSON object in `body` (UTF-8, as the contract says). Raises `AnswerUnreadable`."""
    try:
        # ValueError covers wrong encodings, broken JSON and absurdly long numbers.
        answer = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise AnswerUnreadable(f"answer is no UTF-8 JSON ({type(error).__name__})") from None
    if not isinstance(answer, dict):
        raise AnswerUnreadable("answer is no JSON object")
    return answer


def read_error(body: bytes) -> tuple[str, str] | None:
    """(errorCode, errorMessage) where `body` is an error body, else None."""
    try:
        answer = read_json(body)
    except AnswerUnreadable:
        return None
    if "errorCode" not in answer and "errorMessage" not in answer:
        return None
    return _text(answer.get("errorCode")), _text(answer.get("errorMessage"))[:LONGEST_TITLE]


def read_offers(answer: dict[str, Any], code: str) -> tuple[Offer, ...]:
    """The offers for `code`, lowest price first. Raises `AnswerUnreadable` without `items`.

    Items that are unreadable, not new, without a plausible price or of other goods are left out.
    """
    items = answer.get("items")
    if not isinstance(items, list):
        raise AnswerUnreadable("answer has no list of items")
    read = (read_item(item) for item in items if isinstance(item, dict))
    offers = (offer for offer in read if offer and is_offer_for(offer.title, code))
    return tuple(sorted(offers, key=lambda offer: offer.price_won))


def read_item(item: dict[str, Any]) -> Offer | None:
    """One row of `items` as an offer, or None where it is none."""
    if _text(item.get("productType")) in _NOT_NEW:
        return None
    price = read_price(item.get("lprice"))
    title = plain(_text(item.get("title")))
    link = _web_link(item.get("link"))
    if price is None or not title or not link:
        return None
    mall = plain(_text(item.get("mallName")))
    return Offer(title, price, link, mall, _web_link(item.get("image")))


def read_price(value: object) -> int | None:
    """Whole won, or None for '', '0', junk and implausible prices. "129,000" is understood."""
    text = _text(value).replace(",", "")
    if not re.fullmatch(r"[0-9]{1,12}", text):
        return None
    price = int(text)
    return price if LOWEST_PRICE_WON <= price <= HIGHEST_PRICE_WON else None


def plain(text: str) -> str:
    """A title as a person reads it: no `<b>`, entities resolved, one line, at most 300 long."""
    resolved = html.unescape(_BOLD.sub("", text))
    return " ".join(_UNPRINTABLE.sub(" ", resolved).split())[:LONGEST_TITLE].rstrip()


def _text(value: object) -> str:
    """Strings and whole numbers as text (gateways turn "129000" into 129000); else ''."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
        return str(value)
    return ""


def _web_link(value: object) -> str:
    """`value` where it is a plain http(s) address, else ''."""
    link = html.unescape(_text(value))
    fits = len(link) <= LONGEST_LINK and re.fullmatch(r"https?://[^\s<>\"]+", link)
    return link if fits and not _UNPRINTABLE.search(link) else ""
