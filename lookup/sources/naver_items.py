"""Naver's answer, from bytes to offers. Pure; whatever the bytes are, the result is offers or
`AnswerUnreadable`."""

from __future__ import annotations

from typing import Any

from lookup.errors import AnswerUnreadable
from lookup.judging.fit import fitting
from lookup.sources.fields import LONGEST_TITLE, plain, read_json, read_price, text_of, web_link
from lookup.types import Offer

__all__ = ["plain", "read_error", "read_item", "read_json", "read_offers", "read_price"]

_NOT_NEW = frozenset(str(kind) for kind in range(4, 13))  # used, discontinued, upcoming


def read_error(body: bytes) -> tuple[str, str] | None:
    """(errorCode, errorMessage) where `body` is an error body, else None."""
    try:
        answer = read_json(body)
    except AnswerUnreadable:
        return None
    if "errorCode" not in answer and "errorMessage" not in answer:
        return None
    return text_of(answer.get("errorCode")), text_of(answer.get("errorMessage"))[:LONGEST_TITLE]


def read_offers(answer: dict[str, Any], code: str) -> tuple[Offer, ...]:
    """The offers for `code`, lowest price first. Raises `AnswerUnreadable` without `items`.

    Items that are unreadable, not new, without a plausible price or of other goods are left out.
    """
    items = answer.get("items")
    if not isinstance(items, list):
        raise AnswerUnreadable("answer has no list of items")
    read = (read_item(item) for item in items if isinstance(item, dict))
    return fitting((offer for offer in read if offer), code)


def read_item(item: dict[str, Any]) -> Offer | None:
    """One row of `items` as an offer, or None where it is none."""
    if text_of(item.get("productType")) in _NOT_NEW:
        return None
    price = read_price(item.get("lprice"))
    title = plain(text_of(item.get("title")))
    link = web_link(item.get("link"))
    if price is None or not title or not link:
        return None
    mall = plain(text_of(item.get("mallName")))
    return Offer(title, price, link, mall, web_link(item.get("image")))
