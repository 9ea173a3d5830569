"""What a code costs, in words: the goods' name, the lowest price, how many shops, the offers."""

from __future__ import annotations

import re

from bot.sentences import Sentences
from bot.talk.desk import KST
from bot.talk.prices.shown_prices import OFFERS_SHOWN
from bot.talk.types import PriceCard
from lookup.types import Condition, Offer, OfferNote, PriceAnswer, PriceQuote
from stylecode import key as code_key

GOODS_NAME_LENGTH = 60
"""Characters of the goods' name."""

_TITLE_LENGTH = 40  # characters of an offer's own name in its line
_MALL = 24  # characters of a mall's name
_FEWEST_FOR_MIDDLE = 3  # prices whose middle says something
_SOURCE_NAMES = {
    "naver": "name-naver",
    "catalogue": "name-catalogue",
    "elevenst": "name-elevenst",
    "serpapi_naver": "name-serpapi-naver",
    "serpapi_google_shopping": "name-google",
}
_NOTES = {
    OfferNote.ABROAD: "offer-abroad",
    OfferNote.SET: "offer-set",
    OfferNote.KIDS: "offer-kids",
    OfferNote.RESALE: "offer-resale",
    OfferNote.SAMPLE: "offer-sample",
}
# "[무료배송]", "(정품)", "★당일발송★": what shops call out around a name.
_CALLED_OUT = re.compile(r"\[[^\]]*\]|【[^】]*】|★[^★]*★|\([^()]*\)")
_SIZE_BEHIND = re.compile(r"\s(?:2[0-9]|3[0-2])[05](?:\s?mm)?$", re.IGNORECASE)  # rows of one size
_EDGES_OF_NAME = " -–·,./|*_:"

Pair = tuple[Offer, PriceQuote]


def cheapest(answer: PriceAnswer) -> list[Pair]:
    """The offers that are shown, each with the quote that it came in."""
    offers = [(offer, quote) for quote in answer.quotes for offer in quote.offers]
    # One new pair's prices first: a used one or a set of several says little beside them.
    offers.sort(key=lambda pair: (not pair[0].comparable, pair[0].price_won))
    return offers[:OFFERS_SHOWN]


def price_card(
    say: Sentences, answer: PriceAnswer, rest: str = "", *, large: bool = False
) -> PriceCard:
    """The answer's card; `rest` is what else its text says, below the offers."""
    best = answer.best
    return PriceCard(
        code=answer.code,
        name=_goods(answer),
        price=money(say, best.price_won) if best else "",
        summary=_summary(say, answer),
        places=tuple(_place(say, *pair) for pair in cheapest(answer)),
        rest=rest,
        large=large,
    )


def card_text(say: Sentences, card: PriceCard, offers: list[Pair]) -> str:
    """The card in lines, for channels that show text."""
    lowest = say("lowest-price", price=card.price) if card.price else ""
    head = [card.code, card.name, lowest, card.summary]
    lines = [
        say("offer-line", place=place, price=money(say, offer.price_won), what=what, where=where)
        for place, ((offer, _), where) in enumerate(zip(offers, card.places, strict=True), 1)
        for what in [_cut(_name(offer, card.code), _TITLE_LENGTH)]
    ]
    parts = ["\n".join(filter(None, head)), "\n".join(lines), card.rest]
    return "\n\n".join(filter(None, parts))


def money(say: Sentences, won: int) -> str:
    """An amount in the language's way."""
    return say("price", won=won)


def source_name(say: Sentences, source: str, own: str) -> str:
    """A source's name in the person's language, else what it calls itself."""
    return say(_SOURCE_NAMES[source]) if source in _SOURCE_NAMES else own


def mall_of(say: Sentences, offer: Offer, quote: PriceQuote) -> str:
    """Who sells: the mall, or the source where none is named."""
    return _cut(" ".join(offer.mall.split()) or _source(say, quote), _MALL)


def _summary(say: Sentences, answer: PriceAnswer) -> str:
    """How many shops, and the middle; what to know where nothing can be bought."""
    if answer.best is None:
        return say("sample-prices" if answer.offers else "no-offers")
    shops = say("price-shops", count=answer.shops) if answer.shops > 1 else ""
    if answer.median is None or answer.count < _FEWEST_FOR_MIDDLE:
        return shops
    middle = say("price-middle", price=money(say, answer.median))
    return " · ".join(filter(None, (shops, middle)))


def _place(say: Sentences, offer: Offer, quote: PriceQuote) -> str:
    """Where an offer is, when that was seen, and what sets it apart from a new pair at home."""
    mall, source = mall_of(say, offer, quote), _source(say, quote)
    time = f"{quote.fetched_at.astimezone(KST):%H:%M}"
    where = say("offer-place", mall=mall, source=source, time=time, own=int(mall == source))
    remark = "offer-used" if offer.condition is Condition.USED else _NOTES.get(offer.note)
    return f"{where} · {say(remark)}" if remark else where


def _source(say: Sentences, quote: PriceQuote) -> str:
    return source_name(say, quote.source, quote.source_name)


def _goods(answer: PriceAnswer) -> str:
    """What the goods are called: by the shop's own list, else by the cheapest of new pairs."""
    own = [offer for quote in answer.quotes for offer in quote.offers if not offer.mall]
    others = sorted(answer.offers, key=lambda offer: offer.price_won)
    names = (_name(offer, answer.code) for offer in (*own, *others) if offer.comparable)
    return _cut(_SIZE_BEHIND.sub("", next(filter(None, names), "")), GOODS_NAME_LENGTH)


def _name(offer: Offer, code: str) -> str:
    """An offer's title without its code and what shops call out; whole, where that is all."""
    title = " ".join(offer.title.split())
    if offer.note is OfferNote.SAMPLE:
        return title  # its label is no shop's call
    bare = _without_code(_CALLED_OUT.sub(" ", title), code)
    name = " ".join(bare.split()).strip(_EDGES_OF_NAME)
    return name if any(char.isalpha() for char in name) else title


def _without_code(title: str, code: str) -> str:
    characters = code_key(code)
    if not characters:
        return title
    spelt = r"[\W_]{0,3}".join(map(re.escape, characters))
    return re.sub(rf"(?<![A-Za-z0-9]){spelt}(?![A-Za-z0-9])", " ", title, flags=re.IGNORECASE)


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
