"""One summary for an album: its photos come as updates of their own, some perhaps late.

Each photo brings an item of its own into the inbox that asks for the summary. These items wait
for each other, for the photos to be answered and for a quiet moment; the first sends the summary,
a later one changes it where it counts more by then. So a crash or a second delivery at any moment
ends with the one summary.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from bot.channels.telegram.answers.once import Once
from bot.channels.telegram.calls.calls import CallTiming
from bot.channels.telegram.errors import Refused
from bot.channels.telegram.ports import InboxStore, PostStore
from bot.channels.telegram.updates.incoming import Incoming
from bot.channels.telegram.updates.raw import CHANNEL, album_key, number_of
from bot.sentences import Sentences
from bot.talk.types import Reply
from storage.database import utc_now
from storage.types import Post

_SUMMARY = 0
"""Its number among its item's messages: there is no other."""


class Albums:
    """Sums albums up."""

    def __init__(self, inbox: InboxStore, posts: PostStore, timing: CallTiming) -> None:
        self._inbox = inbox
        self._posts = posts
        self._quiet = timedelta(seconds=timing.quiet_s)

    async def sum_up(self, once: Once, say: Sentences) -> None:
        """Send or change the summary once the album is answered. Raises `DeliveryError`."""
        incoming = once.incoming
        posts = await self._settled(once.note.key, incoming)
        if len(posts) < 2 or all(post.counted for post in posts):
            return
        codes = sum(bool(post.code) for post in posts)
        without = len(posts) - codes
        reply = Reply(say("album-summary", photos=len(posts), codes=codes, without=without))
        summary = next((post.summary for post in posts if post.summary), None)
        if summary is None or not await _changed(once, summary, reply):
            summary = await _sent(once, reply, posts[0].message)
        messages = [post.message for post in posts]
        await self._posts.sum_up(CHANNEL, incoming.place.chat, messages, summary)

    async def _settled(self, key: str, incoming: Incoming) -> Sequence[Post]:
        """The album's photos once all are answered and no further one came for a while."""
        pause_s = 0.1
        while True:
            posts = await self._posts.album(CHANNEL, incoming.place.chat, incoming.album)
            if not posts:
                return ()  # forgotten meanwhile
            newest = max(post.seen_at for post in posts)
            left_s = (newest + self._quiet - utc_now()).total_seconds()
            if left_s <= 0 and not await self._inbox.waiting(CHANNEL, _before(key, posts)):
                return [post for post in posts if post.addressed]
            await asyncio.sleep(max(pause_s, min(left_s, self._quiet.total_seconds())))
            pause_s = min(pause_s * 1.5, 2.0)


async def _changed(once: Once, summary: int, reply: Reply) -> bool:
    try:
        await once.wire.edit_text(once.incoming.place, summary, reply)
    except Refused as error:
        return error.unchanged
    return True


async def _sent(once: Once, reply: Reply, answers: int) -> int:
    note, place = once.note, once.incoming.place
    if _SUMMARY not in note.sent:
        note.sent[_SUMMARY] = await once.post(
            _SUMMARY,
            lambda: once.wire.send_text(place, reply, answers),
            lambda message: [lambda: once.wire.edit_text(place, message, reply)],
        )
        note.intended = None
        await note.save()
    return note.sent[_SUMMARY]


def _before(key: str, posts: Sequence[Post]) -> list[str]:
    """What must be finished first: the photos, and the earlier items that ask for the summary."""
    photos = [post.event_key for post in posts]
    others = [album_key(photo) for photo in photos if number_of(photo) < number_of(key)]
    return photos + others
