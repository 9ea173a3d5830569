"""Cards: what is on sale, links, and the short answer to one photo of several."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from bot.channels.kakao import limits
from bot.channels.kakao.components import (
    BasicCard,
    Button,
    CommerceCard,
    Extra,
    Header,
    Link,
    ListCard,
    ListItem,
    Output,
    TextCard,
    Thumbnail,
)
from bot.channels.kakao.limits import shorten, web_address
from bot.channels.kakao.pages import Option
from bot.sentences import Sentences
from bot.talk.types import Choice, Reply
from lookup.types import Offer


def choices_of(reply: Reply) -> list[Choice]:
    """All buttons of a reply in one row."""
    return list(chain.from_iterable(reply.rows))


def link_button(label: str, address: str) -> Button:
    """A button that opens an address."""
    words = shorten(label, limits.BUTTON_LABEL) or shorten(address, limits.BUTTON_LABEL)
    return Button(label=words, action="webLink", web_link_url=address)


def link_buttons(choices: Sequence[Choice], but: Sequence[str] = ()) -> list[Button]:
    """Buttons that open addresses, without those that a card's own lines open already."""
    return [
        link_button(choice.label, address)
        for choice in choices
        if choice.url and choice.url not in but and (address := web_address(choice.url))
    ]


def saying(option: Option) -> Button:
    """A card's button that says something for the person."""
    return Button(
        label=shorten(option.label, limits.BUTTON_LABEL),
        action="message",
        message_text=shorten(option.says, limits.SIMPLE_TEXT),
        extra=Extra(data=option.data),
    )


def link_cards(title: str, buttons: Sequence[Button]) -> list[Output]:
    """Cards that carry these buttons."""
    starts = range(0, len(buttons), limits.BUTTONS)
    return [
        Output(
            text_card=TextCard(
                title=shorten(title, limits.CARD_TITLE),
                buttons=tuple(buttons[start : start + limits.BUTTONS]),
            )
        )
        for start in starts
    ]


def offer_card(say: Sentences, reply: Reply, spare_picture: str) -> Output:
    """The reply's offers with picture, price and link; `spare_picture` where one has none."""
    links = link_buttons(choices_of(reply), [offer.link for offer in reply.offers])
    otherwise = links[0].web_link_url or "" if links else ""
    only = reply.offers[0]
    picture = web_address(only.image) or spare_picture
    if len(reply.offers) == 1 and picture:
        return _commerce_card(say, only, picture, otherwise, links)
    items = [_item(say, offer, spare_picture, otherwise) for offer in reply.offers[: limits.ITEMS]]
    header = shorten(reply.code or _price(say, only), limits.LIST_TITLE)
    buttons = tuple(links[: limits.LIST_BUTTONS])
    card = ListCard(header=Header(title=header), items=tuple(items), buttons=buttons)
    return Output(list_card=card)


def _commerce_card(
    say: Sentences, offer: Offer, picture: str, otherwise: str, links: list[Button]
) -> Output:
    address = web_address(offer.link) or otherwise
    link = Link(web=address) if address else None
    shop = [link_button(say("kakao-shop-button"), address)] if address else []
    card = CommerceCard(
        title=shorten(_title(say, offer), limits.COMMERCE_TITLE),
        description=shorten(offer.mall, limits.COMMERCE_DESCRIPTION) or None,
        price=offer.price_won,
        thumbnails=(Thumbnail(image_url=picture, fixed_ratio=True, link=link),),
        buttons=tuple([*shop, *links][: limits.BUTTONS]),
    )
    return Output(commerce_card=card)


def _item(say: Sentences, offer: Offer, spare_picture: str, otherwise: str) -> ListItem:
    address = web_address(offer.link) or otherwise
    where = f" · {' '.join(offer.mall.split())}" if offer.mall.strip() else ""
    return ListItem(
        title=shorten(f"{_price(say, offer)}{where}", limits.ITEM_TITLE),
        description=shorten(_title(say, offer), limits.ITEM_DESCRIPTION),
        image_url=web_address(offer.image) or spare_picture or None,
        link=Link(web=address) if address else None,
    )


def _title(say: Sentences, offer: Offer) -> str:
    return " ".join(offer.title.split()) or _price(say, offer)


def _price(say: Sentences, offer: Offer) -> str:
    return say("price", won=offer.price_won)


def photo_card(reply: Reply, title: str, options: Sequence[Option], picture: str) -> Output:
    """The answer to one of several photos, short enough to stand beside two others."""
    title = shorten(title, limits.CARD_TITLE)
    buttons = [saying(option) for option in options[: limits.BUTTONS]]
    buttons += link_buttons(choices_of(reply))[: limits.BUTTONS - len(buttons)]
    text = reply.text or reply.toast
    if address := web_address(picture):
        return Output(
            basic_card=BasicCard(
                title=title,
                description=shorten(text, limits.BASIC_TEXT) or None,
                thumbnail=Thumbnail(image_url=address, fixed_ratio=True),
                buttons=tuple(buttons),
            )
        )
    room = limits.CARD_TEXT - limits.length(title)
    card = TextCard(title=title, description=shorten(text, room) or None, buttons=tuple(buttons))
    return Output(text_card=card)


def main_choices(reply: Reply) -> list[Choice]:
    """The three buttons that matter most: the first one, and the last two."""
    pressed = [choice for choice in choices_of(reply) if choice.data]
    return pressed if len(pressed) <= limits.BUTTONS else [pressed[0], *pressed[-2:]]
