"""Replies of the conversation as Kakao's pages. Pure: pictures and files were stored before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels.kakao import limits
from bot.channels.kakao.cards import (
    choices_of,
    link_button,
    link_buttons,
    link_cards,
    main_choices,
    offer_card,
    photo_card,
)
from bot.channels.kakao.components import Button, Output, SimpleImage, TextCard
from bot.channels.kakao.limits import pieces, shorten, web_address
from bot.channels.kakao.pages import Option, Page, Pages, distinct
from bot.channels.kakao.said import PAGE_VERB, RESULT_VERB
from bot.sentences import Sentences
from bot.talk.types import Reply

_MOST_PIECES = 5  # texts that one reply may be parted into
_PAGE_BYTES = 20_000  # bytes of a page's messages; the rest is for its quick replies
_BRIEF = 300


@dataclass(frozen=True, slots=True)
class SkillAnswer:
    """A reply, and the addresses of its picture and its document ("" where there is none)."""

    reply: Reply
    picture: str = ""
    document: str = ""


class Renderer:
    """Renders in one language for one turn."""

    def __init__(self, say: Sentences, turn: int, spare_picture: str = "") -> None:
        """`spare_picture` stands on cards whose offer has none; "": no server for pictures."""
        self.say = say
        self._turn = turn
        self._spare = spare_picture

    def pages(self, answers: Sequence[SkillAnswer]) -> Pages:
        """All answers to one event, one after the other."""
        outputs = [output for answer in answers for output in self._outputs(answer)]
        replies = [answer.reply for answer in answers]
        pressed = [c for reply in replies for c in choices_of(reply) if c.data]
        options = distinct((choice.label, choice.data) for choice in pressed)
        last = replies[-1].rows[-1] if replies and replies[-1].rows else ()
        pinned = {choice.data for choice in last if choice.data} if len(last) <= 3 else set()
        return self._parted(outputs, options, pinned)

    def album(self, answers: Sequence[Sequence[SkillAnswer]]) -> Pages:
        """The answers to several photos sent at once: a card for each."""
        shown = [(i, answer) for i, each in enumerate(answers, 1) for answer in each]
        pressed = [c for _, answer in shown for c in main_choices(answer.reply)]
        options = {o.data: o for o in distinct((c.label, c.data) for c in pressed)}
        cards: list[Output] = []
        for place, answer in shown:
            reply = answer.reply
            code = shorten(reply.code, limits.ITEM_TITLE)
            title = self.say("kakao-photo-title", place=place, code=code).strip(" ·")
            mine = [options[choice.data] for choice in main_choices(reply) if choice.label.strip()]
            cards.append(photo_card(reply, title, mine, answer.picture))
        return self._parted(cards, (), set(), tuple(options.values()))

    def plain(self, key: str) -> Pages:
        """One sentence."""
        return (Page.saying(self.say(key)),)

    def trouble(self) -> Pages:
        """An apology."""
        return self.plain("trouble")

    def waiting(self, key: str) -> Page:
        """A sentence above the button that fetches the answer."""
        return Page.saying(self.say(key), self.result_option())

    def result_option(self) -> Option:
        """The button that fetches the turn's answer."""
        label = self.say("kakao-result-button")
        return Option(label=label, says=label, data=f"{RESULT_VERB}:{self._turn}")

    def _outputs(self, answer: SkillAnswer) -> list[Output]:
        reply = answer.reply
        outputs: list[Output] = []
        if address := web_address(answer.picture):
            alt = shorten(reply.code.strip() or self.say("kakao-drawing"), limits.ALT_TEXT)
            outputs.append(Output(simple_image=SimpleImage(image_url=address, alt_text=alt)))
        text = "\n".join([(reply.text or reply.toast).strip(), *_cut_labels(reply)]).strip()
        if reply.offers:
            card = [offer_card(self.say, reply, self._spare)]
            return [*outputs, *_texts(text), *card]
        buttons = [*self._download(answer), *link_buttons(choices_of(reply))]
        if reply.document and not answer.document:
            text = "\n\n".join(filter(None, (text, self.say("kakao-no-file"))))
        if not buttons:
            return [*outputs, *_texts(text)]
        if text and limits.length(text) <= limits.CARD_TEXT and len(buttons) <= limits.BUTTONS:
            card_with_text = TextCard(description=text, buttons=tuple(buttons))
            return [*outputs, Output(text_card=card_with_text)]
        title = reply.code.strip() or self.say("kakao-links")
        return [*outputs, *_texts(text), *link_cards(title, buttons)]

    def _download(self, answer: SkillAnswer) -> list[Button]:
        address = web_address(answer.document)
        if not address:
            return []
        return [link_button(self.say("kakao-file-button"), address)]

    def _parted(
        self,
        outputs: Sequence[Output],
        options: tuple[Option, ...],
        pinned: set[str],
        spoken: tuple[Option, ...] = (),
    ) -> Pages:
        """Pages of three messages and ten quick replies; the pinned ones stand on every page."""
        chunks = _chunks(outputs or [_text(self.say("short-help"))])
        if len(chunks) == 1 and len(options) <= limits.QUICK_REPLIES:
            return (Page(outputs=chunks[0], options=options, spoken=spoken),)
        views = _views(options, pinned, first=len(chunks) == 1)
        brief = self._brief(chunks[0])
        shown = [(chunk, views[0]) for chunk in chunks] + [(brief, view) for view in views[1:]]
        return tuple(
            Page(outputs=chunk, options=self._turning(view, place, len(shown)), spoken=spoken)
            for place, (chunk, view) in enumerate(shown)
        )

    def _turning(self, view: tuple[Option, ...], place: int, count: int) -> tuple[Option, ...]:
        """The view with the way to the next page and back."""
        back, more = self.say("kakao-back-button"), self.say("kakao-more-button")
        ways = [self._way(more, place + 1)] if place + 1 < count else []
        ways += [self._way(back, place - 1)] if place else []
        return (*view, *ways)

    def _way(self, label: str, place: int) -> Option:
        return Option(label=label, says=label, data=f"{PAGE_VERB}:{self._turn}:{place}")

    def _brief(self, chunk: tuple[Output, ...]) -> tuple[Output, ...]:
        """What stands above further choices: the text alone, and that one may type instead."""
        said = [o.simple_text.text for o in chunk if o.simple_text]
        text = shorten(said[0], _BRIEF) if said else ""
        return (_text("\n\n".join(filter(None, (text, self.say("kakao-type-hint"))))),)


def _text(text: str) -> Output:
    return Page.saying(text).outputs[0]


def _cut_labels(reply: Reply) -> list[str]:
    """The whole words of buttons that have no room for them."""
    labels = [choice.label.strip() for choice in choices_of(reply) if choice.data]
    return [f"• {label}" for label in labels if limits.length(label) > limits.BUTTON_LABEL]


def _texts(text: str) -> list[Output]:
    return [_text(piece) for piece in pieces(text, limits.SIMPLE_TEXT, _MOST_PIECES)]


def _chunks(outputs: Sequence[Output]) -> list[tuple[Output, ...]]:
    """Three messages at most, and not too many bytes, in each."""
    chunks: list[tuple[Output, ...]] = []
    size = 0
    for output in outputs:
        own = len(output.model_dump_json(by_alias=True, exclude_none=True).encode())
        if chunks and len(chunks[-1]) < limits.OUTPUTS and size + own <= _PAGE_BYTES:
            chunks[-1] = (*chunks[-1], output)
            size += own
        else:
            chunks.append((output,))
            size = own
    return chunks


def _views(
    options: tuple[Option, ...], pinned: set[str], *, first: bool
) -> list[tuple[Option, ...]]:
    """The options in portions that leave room for the ways to turn the page.

    The `first` page needs one way only.
    """
    if len(options) <= limits.QUICK_REPLIES - 2:
        return [options]
    fixed = tuple(option for option in options if option.data in pinned)
    loose = [option for option in options if option.data not in pinned]
    room = limits.QUICK_REPLIES - 2 - len(fixed)
    begin = room + first
    starts = range(begin, len(loose), room)
    portions = [loose[:begin], *(loose[start : start + room] for start in starts)]
    return [(*portion, *fixed) for portion in portions]
