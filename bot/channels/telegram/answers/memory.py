"""Which of our messages answers which of a person's: what edits and replies are about."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.channels.telegram.answers.replies import TelegramReplies
from bot.channels.telegram.calls.calls import CallTiming
from bot.channels.telegram.own_answer import OwnAnswer
from bot.channels.telegram.ports import PostStore
from bot.channels.telegram.updates.incoming import Incoming
from bot.channels.telegram.updates.raw import CHANNEL, AlbumPart
from bot.talk.types import MarkSent, PhotoSent, Pressed, TextSent
from storage.database import utc_now
from storage.types import Post


class PostMemory:
    """The posts of this channel."""

    def __init__(self, posts: PostStore, timing: CallTiming) -> None:
        self._posts = posts
        self._quiet = timedelta(seconds=timing.quiet_s)

    async def album_came(self, parts: Sequence[tuple[str, str, AlbumPart]]) -> None:
        """Photos of albums were received: (key of the update, person, part)."""
        now = utc_now()
        await self._posts.seen(
            [
                Post(
                    *(CHANNEL, part.chat, part.message, person, key, now),
                    album=part.album,
                    addressed=part.chat > 0,  # in a group that is told by its caption
                )
                for key, person, part in parts
            ]
        )

    async def meant(self, key: str, incoming: Incoming) -> Incoming | None:
        """The update as it is meant; None where nothing is to be done.

        `key` is its own. An edit that changes nothing changes nothing here; one that does is
        answered in the place of the earlier answer.
        """
        if incoming.press or isinstance(incoming.event, OwnAnswer):
            return incoming
        if isinstance(incoming.event, MarkSent | Pressed):
            return await self._under_its_photo(incoming, incoming.event)
        if incoming.album and not incoming.addressed and not await self._album_named_us(incoming):
            return None
        known = await self._posts.get(CHANNEL, incoming.place.chat, incoming.message)
        if incoming.album and known and not known.addressed:
            known = replace(known, addressed=True)
            await self._posts.save(known)  # the album's other photos wait to know
        if incoming.edited and known and known.content:
            return self._edited(key, incoming, known)
        return await self._belonging(incoming)

    async def answered(self, key: str, incoming: Incoming, replies: TelegramReplies) -> None:
        """Remember what was answered to a message."""
        elsewhere = isinstance(incoming.event, OwnAnswer | MarkSent | Pressed)
        if incoming.press or not incoming.message or elsewhere:
            return
        chat = incoming.place.chat
        known = await self._posts.get(CHANNEL, chat, incoming.message)
        post = known or Post(CHANNEL, chat, incoming.message, incoming.who.user, key, utc_now())
        await self._posts.save(
            replace(
                post,
                event_key=key,
                content=incoming.content,
                album=incoming.album,
                addressed=True,
                code=replies.code,
                interaction=replies.interaction,
                answer=replies.answer,
                counted=False,
            )
        )

    async def _under_its_photo(self, incoming: Incoming, event: MarkSent | Pressed) -> Incoming:
        """What is done in the Mini App is answered under the photo that it was done on."""
        post = await self._posts.of_interaction(CHANNEL, incoming.who.user, event.interaction)
        here = post is not None and post.chat == incoming.place.chat
        return replace(incoming, message=post.message) if post and here else incoming

    async def _album_named_us(self, incoming: Incoming) -> bool:
        """Whether another photo of a group's album names us; its caption may come last."""
        chat = incoming.place.chat
        while True:
            posts = await self._posts.album(CHANNEL, chat, incoming.album)
            if any(post.addressed for post in posts):
                return True
            mine = [post.seen_at for post in posts if post.message == incoming.message]
            left_s = _seconds_until(max(mine, default=utc_now() - self._quiet) + self._quiet)
            if left_s <= 0:
                return False
            await asyncio.sleep(min(left_s, 0.3))

    def _edited(self, key: str, incoming: Incoming, known: Post) -> Incoming | None:
        if known.event_key != key and known.content == incoming.content:
            return None
        event = incoming.event
        if isinstance(event, PhotoSent) and _picture(known.content) == _picture(incoming.content):
            # Only its caption is another one: a code there is what the person says it is.
            if not incoming.caption:
                return None
            event = TextSent(event.key, incoming.caption, known.interaction or None)
        elif isinstance(event, TextSent):
            event = replace(event, interaction=event.interaction or known.interaction or None)
        return replace(incoming, event=event, answer=known.answer)

    async def _belonging(self, incoming: Incoming) -> Incoming:
        """A text that replies to an answer, or to what was answered, is about the same row."""
        event, chat = incoming.event, incoming.place.chat
        if not isinstance(event, TextSent) or event.interaction or not incoming.replied:
            return incoming
        post = await self._posts.of_answer(CHANNEL, chat, incoming.replied)
        post = post or await self._posts.get(CHANNEL, chat, incoming.replied)
        if post is None or post.user != incoming.who.user or not post.interaction:
            return incoming
        return replace(incoming, event=replace(event, interaction=post.interaction))


def _picture(content: str) -> str:
    """The part of a fingerprint that names the picture, "" for a text's."""
    kind, _, rest = content.partition(":")
    return rest.rpartition(":")[0] if kind == "photo" else ""


def _seconds_until(time: datetime) -> float:
    return (time - utc_now()).total_seconds()
