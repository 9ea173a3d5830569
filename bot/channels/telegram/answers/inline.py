"""Inline mode: "@bot CODE" in any chat shows prices to send there.

A query is worth an answer for some seconds only, so nothing of it is stored: one that a crash or
a newer one overtook is dropped.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import Any

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)

from bot.channels.telegram.answers.language import sentences_for
from bot.channels.telegram.calls.calls import CallTiming
from bot.channels.telegram.calls.outgoing import (
    TEXT_LIMIT,
    html,
    is_link,
    keyboard,
    links_only,
    shorten,
)
from bot.channels.telegram.calls.wire import Wire
from bot.channels.telegram.logs import LOG
from bot.channels.telegram.updates.raw import CHANNEL, key_of, person_of
from bot.sentences import Sentences
from bot.talk.errors import DeliveryError
from bot.talk.ports import Languages
from bot.talk.types import Handler, PriceAsked, Reply, Who
from lookup.types import Offer

LONGEST_QUERY = 256  # Telegram's own limit
OFFERS = 10
_REMEMBERED = 1000
_QUERIES_AT_ONCE = 16


class InlineMode:
    """Answers inline queries, each person's newest alone."""

    def __init__(self, handler: Handler, people: Languages, wire: Wire, timing: CallTiming) -> None:
        self._handler = handler
        self._people = people
        self._wire = wire
        self._timing = timing
        self._seen: deque[int] = deque(maxlen=_REMEMBERED)  # updates delivered before
        self._newest: dict[str, asyncio.Task[None]] = {}
        self._free = asyncio.Semaphore(_QUERIES_AT_ONCE)

    def take(self, update: dict[str, Any]) -> None:
        """Answer a query unless it came before; an older one of the person is dropped."""
        if update["update_id"] in self._seen:
            return
        self._seen.append(update["update_id"])
        person = person_of(update)
        if older := self._newest.get(person):
            older.cancel()
        task = asyncio.create_task(self._answer(update))
        self._newest[person] = task
        task.add_done_callback(lambda done: self._forget(person, done))

    async def stop(self) -> None:
        """Drop what is not answered yet."""
        tasks = list(self._newest.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _forget(self, person: str, task: asyncio.Task[None]) -> None:
        if self._newest.get(person) is task:
            del self._newest[person]

    async def _answer(self, update: dict[str, Any]) -> None:
        try:
            query = Update.de_json(update, self._wire.bot).inline_query
            if query is None:
                return
            await asyncio.sleep(self._timing.pause_s)  # more keys may be on their way
            user = query.from_user
            who = Who(CHANNEL, str(user.id), user.language_code or "")
            say = await sentences_for(self._people, who)
            replies = await self._asked(who, key_of(update["update_id"]), query)
            button = say("telegram-inline-button")
            await self._wire.answer_inline(query.id, articles(replies, say), button)
        except DeliveryError as error:
            LOG.info("an inline query was not answered: %s", error)  # too old, most likely
        except Exception:
            LOG.exception("an inline query could not be answered")

    async def _asked(self, who: Who, key: str, query: InlineQuery) -> list[Reply]:
        """The conversation's answers; none where there is nothing to ask or it takes too long."""
        text = query.query.strip()
        if not text or len(text) > LONGEST_QUERY:
            return []
        replies = _AllReplies()
        try:
            async with asyncio.timeout(self._timing.inline_s), self._free:
                await self._handler.handle(who, PriceAsked(key, text), replies)
        except TimeoutError:
            LOG.info("an inline query took too long")
        return replies.sent


class _AllReplies:
    """A sink that keeps them: one for each code."""

    def __init__(self) -> None:
        self.sent: list[Reply] = []

    async def send(self, reply: Reply) -> None:
        self.sent.append(reply)

    async def working(self) -> None:
        """Telegram shows this by itself."""


def articles(replies: Sequence[Reply], say: Sentences) -> list[InlineQueryResultArticle]:
    """What is offered to send: all prices of each code, then single offers; or what to type."""
    told = [reply for reply in replies if reply.code and reply.text.strip()]
    if not told:
        return [_hint(say, replies[0].text if replies else "")]
    if len(told) > 1:
        return [_whole(say, reply, f"all-{place}") for place, reply in enumerate(told)]
    offers = told[0].offers[:OFFERS]
    singles = (_single(i, told[0], offer, say) for i, offer in enumerate(offers))
    return [_whole(say, told[0], "all"), *singles]


def _whole(say: Sentences, reply: Reply, name: str) -> InlineQueryResultArticle:
    best = f" · {_price(reply.offers[0], say)}" if reply.offers else ""
    return InlineQueryResultArticle(
        name,
        shorten(reply.code + best, 120),
        _message(html(reply, TEXT_LIMIT)),
        reply_markup=keyboard(links_only(reply.rows)),
        description=shorten(" · ".join(reply.text.split("\n")[1:]), 200) or None,
    )


def _single(number: int, reply: Reply, offer: Offer, say: Sentences) -> InlineQueryResultArticle:
    headline = f"{_price(offer, say)} · {offer.mall}" if offer.mall else _price(offer, say)
    text = f"{reply.code}\n{headline}\n{offer.title}\n{offer.link}"
    return InlineQueryResultArticle(
        f"offer-{number}",
        shorten(headline, 120),
        _message(html(Reply(text, code=reply.code), TEXT_LIMIT)),
        description=shorten(offer.title, 200) or None,
        thumbnail_url=offer.image if is_link(offer.image) else None,
    )


def _hint(say: Sentences, said: str) -> InlineQueryResultArticle:
    """What to type; `said` is what the conversation says about the text so far."""
    title, hint = say("telegram-inline-title"), say("telegram-inline-hint")
    description = shorten(" ".join(said.split()), 200) or hint
    return InlineQueryResultArticle("hint", title, _message(hint), description=description)


def _message(text: str) -> InputTextMessageContent:
    preview = LinkPreviewOptions(is_disabled=True)
    return InputTextMessageContent(text, parse_mode="HTML", link_preview_options=preview)


def _price(offer: Offer, say: Sentences) -> str:
    return say("price", won=offer.price_won)
