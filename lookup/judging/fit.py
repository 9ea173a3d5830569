"""Which offers of one answer are for the code itself, and what a person should know about them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from lookup.judging.titles import is_offer_for
from lookup.types import Offer, OfferNote

MOST_READ = 500
"""Offers of one answer that are judged; services are asked for 100 at most."""

_ABROAD = re.compile(
    r"해외|직구|구매\s?대행|직배송|관부가세|(?<![a-z])(?:import|overseas|from\s(?:us|usa|japan|china))(?![a-z])",
    re.IGNORECASE,
)
_SET = re.compile(
    r"1\s?\+\s?1(?![0-9])|(?<![0-9])[2-9]\s?족|[2-9]\s?켤레|세트\s?(?:상품|구성|할인)|묶음"
)
_KIDS_TITLE = re.compile(
    r"키즈|아동|주니어|유아|토들러|베이비|어린이|초등|여아|남아(?![가-힣])|아기(?!자기)"
    r"|(?<![A-Za-z0-9-])(?:GS|TD|PS|TDE|PSE|BGS?|BP|BT|GTD|INF|KIDS?|YOUTH|BOYS|GIRLS|JUNIOR"
    r"|TODDLERS?|INFANTS?|PRESCHOOL|GRADE SCHOOL)(?![A-Za-z0-9-])",
    re.IGNORECASE,
)
_RESALE = re.compile(r"크림|솔드아웃|^(?:kream|soldout|stockx|goat|flight club)\b", re.IGNORECASE)


def fitting(offers: Iterable[Offer], code: str) -> tuple[Offer, ...]:
    """The offers of one answer that sell `code` itself, new, marked, lowest price first."""
    few = islice(offers, MOST_READ)
    kept = [_marked(offer) for offer in few if is_offer_for(offer.title, code)]
    return tuple(sorted(_without_other_sizes(kept), key=lambda offer: offer.price_won))


def _marked(offer: Offer) -> Offer:
    return replace(offer, note=_note(offer))


def _note(offer: Offer) -> OfferNote:
    if _SET.search(offer.title):
        return OfferNote.SET
    if _ABROAD.search(f"{offer.title} {offer.mall}"):
        return OfferNote.ABROAD
    return OfferNote.RESALE if _RESALE.search(offer.mall) else OfferNote.NONE


def _without_other_sizes(offers: list[Offer]) -> list[Offer]:
    """Children's shoes have codes of their own, built like the others.

    So a few offers that say "kids" among others that do not are other goods that borrow the code;
    where most say so, the code is a children's code. Half and half is told, not judged.
    """
    kids = [offer for offer in offers if _KIDS_TITLE.search(offer.title)]
    if len(kids) * 2 < len(offers):
        return [offer for offer in offers if offer not in kids]
    if len(kids) * 2 > len(offers):
        return offers
    return [
        replace(offer, note=OfferNote.KIDS)
        if offer in kids and offer.note is OfferNote.NONE
        else offer
        for offer in offers
    ]
