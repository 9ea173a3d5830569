"""An answer as it is kept: pages, of which a person sees one at a time.

Kakao takes three messages and ten quick replies at once; what is beyond lies on the next page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Annotated

from pydantic import Field, TypeAdapter

from bot.channels.kakao import limits
from bot.channels.kakao.components import (
    Component,
    Extra,
    Output,
    QuickReply,
    Response,
    SimpleText,
    Template,
)

_SIGNS = re.compile(r"^[^\w\-./␣]+(?=\w)|[\s→▶]+$")


class Option(Component):
    """A quick reply: its label, what it says for the person, and its button data."""

    label: str
    says: str
    data: str


class Page(Component):
    """What one response shows; `spoken` are options that stand on its cards."""

    outputs: Annotated[tuple[Output, ...], Field(min_length=1, max_length=limits.OUTPUTS)]
    options: tuple[Option, ...] = ()
    spoken: tuple[Option, ...] = ()

    @classmethod
    def saying(cls, text: str, *options: Option) -> Page:
        """One text."""
        said = SimpleText(text=limits.shorten(text, limits.SIMPLE_TEXT))
        return cls(outputs=(Output(simple_text=said),), options=options)

    def response(self, more: Sequence[Option] = ()) -> Response:
        """The response; `more` options stand at its end, in the place of its last own ones.

        Those can still be said by their words (`options_of`).
        """
        room = limits.QUICK_REPLIES - len(more)
        shown = (*self.options[:room], *more)[: limits.QUICK_REPLIES]
        quick = tuple(map(quick_reply, shown))
        return Response(template=Template(outputs=self.outputs, quick_replies=quick))


Pages = tuple[Page, ...]
_PAGES: TypeAdapter[Pages] = TypeAdapter(Pages)


def dump(pages: Pages) -> str:
    """As they are stored."""
    return _PAGES.dump_json(pages, by_alias=True, exclude_none=True).decode()


def load(text: str) -> Pages:
    """What `dump` gave."""
    return _PAGES.validate_json(text)


def quick_reply(option: Option) -> QuickReply:
    """The option as Kakao shows it."""
    return QuickReply(
        label=limits.shorten(option.label, limits.BUTTON_LABEL),
        message_text=limits.shorten(option.says, limits.SIMPLE_TEXT),
        extra=Extra(data=option.data),
    )


def bare(label: str) -> str:
    """A label without the signs around it: what a person says by pressing it."""
    return _SIGNS.sub("", label) or label.strip()


def distinct(choices: Iterable[tuple[str, str]]) -> tuple[Option, ...]:
    """Options of (label, data), each saying something of its own: two "D" are "D" and "D (2)"."""
    options: dict[str, Option] = {}
    seen: dict[str, int] = {}
    for label, data in choices:
        if data in options or not label.strip():
            continue
        words = bare(label)
        number = seen[_plain(words)] = seen.get(_plain(words), 0) + 1
        says = words if number == 1 else f"{words} ({number})"
        options[data] = Option(label=label, says=says, data=data)
    return tuple(options.values())


def chosen(options: Iterable[Option], text: str) -> str:
    """The data of the option that a person said, or ""."""
    said = {_plain(option.says): option.data for option in reversed(tuple(options))}
    # A character may itself be one of the signs around labels: first as it was said.
    return said.get(_plain(text)) or said.get(_plain(bare(text)), "")


def options_of(pages: Pages) -> tuple[Option, ...]:
    """All options of an answer, each once; those that a person sees first come first."""
    found = (option for page in pages for option in (*page.options, *page.spoken))
    return tuple({option.data: option for option in found}.values())


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()
