"""What a response is made of. Each part checks Kakao's limits when it is made, so nothing that
Kakao would refuse can be sent; `limits` makes texts fit before.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from bot.channels.kakao import limits


def _text(limit: int) -> AfterValidator:
    def check(text: str) -> str:
        if not text.strip() or limits.length(text) > limit:
            raise ValueError(f"must have 1 to {limit} characters")
        return text

    return AfterValidator(check)


def _address(url: str) -> str:
    if limits.web_address(url) != url:
        raise ValueError("must be a plain http or https address")
    return url


Address = Annotated[str, AfterValidator(_address)]
Label = Annotated[str, _text(limits.BUTTON_LABEL)]
Utterance = Annotated[str, _text(limits.SIMPLE_TEXT)]


class Component(BaseModel):
    """Frozen; in JSON its names are Kakao's."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True
    )


class Extra(Component):
    """What a pressed button sends back in `action.clientExtra`."""

    data: str


class Link(Component):
    """Where a tap leads."""

    web: Address


class Thumbnail(Component):
    """A picture; with `fixed_ratio` it is shown whole."""

    image_url: Address
    fixed_ratio: bool | None = None
    link: Link | None = None


class Button(Component):
    """A button of a card: opens an address, or says something for the person."""

    label: Label
    action: Literal["webLink", "message"]
    web_link_url: Address | None = None
    message_text: Utterance | None = None
    extra: Extra | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.web_link_url if self.action == "webLink" else self.message_text) is None:
            raise ValueError(f"a {self.action} button needs its target")
        return self


class QuickReply(Component):
    """A button under the newest message, gone once anything is said."""

    label: Label
    action: Literal["message"] = "message"
    message_text: Utterance
    extra: Extra | None = None


class SimpleText(Component):
    """A message; the app folds it after 500 characters."""

    text: Annotated[str, _text(limits.SIMPLE_TEXT)]


class SimpleImage(Component):
    """A picture."""

    image_url: Address
    alt_text: Annotated[str, _text(limits.ALT_TEXT)]


class TextCard(Component):
    """A text with buttons."""

    title: Annotated[str, _text(limits.CARD_TITLE)] | None = None
    description: Annotated[str, _text(limits.CARD_TEXT)] | None = None
    buttons: Annotated[tuple[Button, ...], Field(max_length=limits.BUTTONS)] = ()

    @model_validator(mode="after")
    def _fits(self) -> Self:
        together = limits.length(self.title or "") + limits.length(self.description or "")
        if not 0 < together <= limits.CARD_TEXT:
            raise ValueError(f"title and description must have 1 to {limits.CARD_TEXT} characters")
        return self


class BasicCard(Component):
    """A picture with a text and buttons."""

    title: Annotated[str, _text(limits.CARD_TITLE)] | None = None
    description: Annotated[str, _text(limits.BASIC_TEXT)] | None = None
    thumbnail: Thumbnail
    buttons: Annotated[tuple[Button, ...], Field(max_length=limits.BUTTONS)] = ()


class CommerceCard(Component):
    """One thing on sale."""

    title: Annotated[str, _text(limits.COMMERCE_TITLE)]
    description: Annotated[str, _text(limits.COMMERCE_DESCRIPTION)] | None = None
    price: Annotated[int, Field(strict=True, gt=0)]
    currency: Literal["won"] = "won"
    thumbnails: Annotated[tuple[Thumbnail, ...], Field(min_length=1, max_length=1)]
    buttons: Annotated[tuple[Button, ...], Field(max_length=limits.BUTTONS)] = ()


class Header(Component):
    """The line above a list."""

    title: Annotated[str, _text(limits.LIST_TITLE)]


class ListItem(Component):
    """A line of a list."""

    title: Annotated[str, _text(limits.ITEM_TITLE)]
    description: Annotated[str, _text(limits.ITEM_DESCRIPTION)] | None = None
    image_url: Address | None = None
    link: Link | None = None


class ListCard(Component):
    """Several things on sale."""

    header: Header
    items: Annotated[tuple[ListItem, ...], Field(min_length=1, max_length=limits.ITEMS)]
    buttons: Annotated[tuple[Button, ...], Field(max_length=limits.LIST_BUTTONS)] = ()


class Output(Component):
    """One message of a response: exactly one of its parts is there."""

    simple_text: SimpleText | None = None
    simple_image: SimpleImage | None = None
    text_card: TextCard | None = None
    basic_card: BasicCard | None = None
    commerce_card: CommerceCard | None = None
    list_card: ListCard | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if len(self.model_dump(exclude_none=True)) != 1:
            raise ValueError("must be exactly one component")
        return self


Outputs = Annotated[tuple[Output, ...], Field(min_length=1, max_length=limits.OUTPUTS)]
QuickReplies = Annotated[tuple[QuickReply, ...], Field(max_length=limits.QUICK_REPLIES)]


class Template(Component):
    """What the person sees."""

    outputs: Outputs
    quick_replies: QuickReplies = ()


class Response(Component):
    """An answer."""

    version: Literal["2.0"] = "2.0"
    template: Template

    def wire(self) -> bytes:
        """As JSON; raises ValueError when it is larger than Kakao takes."""
        body = self.model_dump_json(by_alias=True, exclude_none=True).encode()
        if len(body) > limits.BODY_BYTES:
            raise ValueError("the response is too large")
        return body


class Notice(Component):
    """What the block's own waiting message may show as `{{#webhook.text}}`."""

    text: Annotated[str, _text(limits.SIMPLE_TEXT)]


class Later(Component):
    """ "The answer will come to the callback address"."""

    version: Literal["2.0"] = "2.0"
    use_callback: Literal[True] = True
    data: Notice

    def wire(self) -> bytes:
        """As JSON."""
        return self.model_dump_json(by_alias=True).encode()
