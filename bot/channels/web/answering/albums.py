"""One summary for photos that were sent at once.

The page says which turns they are, in a turn of its own that comes last. It is answered once they
are, like any other turn: after a crash again, and by one process only.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.channels.web.answering.replies import LoggedReplies
from bot.channels.web.types import ChatLog
from bot.channels.web.wire import PageSaid, code_of
from bot.sentences import language_of, sentences
from bot.talk.ports import People
from bot.talk.types import Reply, Who
from storage.types import ChatEntry

_LOOK_AGAIN_S = 0.3
_ALBUM_WAIT_S = 600.0  # for photos that another process reads, or that never came


async def album_summary(
    chat: ChatLog, people: People, who: Who, said: PageSaid, replies: LoggedReplies
) -> None:
    """Say how many of the photos had a code; nothing where fewer than two of them came."""
    entries = await _answered(chat, who, frozenset(said.turns))
    photos = {entry.turn for entry in entries if entry.author == "person"}
    if len(photos) < 2:
        return
    codes = {entry.turn for entry in entries if entry.author == "bot" and code_of(entry)}
    say = sentences(language_of(await people.language(who), who.locale))
    without = len(photos - codes)
    counts = {"photos": len(photos), "codes": len(codes), "without": without}
    await replies.send(Reply(say("album-summary", **counts)))


async def _answered(chat: ChatLog, who: Who, turns: frozenset[str]) -> Sequence[ChatEntry]:
    """All entries of these turns, once none of them waits for its answer any more."""
    try:
        async with asyncio.timeout(_ALBUM_WAIT_S):
            while True:
                entries = [entry for entry in await chat.entries(who) if entry.turn in turns]
                if not any(entry.pending for entry in entries):
                    return entries
                await asyncio.sleep(_LOOK_AGAIN_S)
    except TimeoutError:
        return ()
