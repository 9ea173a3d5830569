"""The language in which the channel's own sentences are said."""

from __future__ import annotations

from bot.channels.telegram.logs import LOG
from bot.channels.telegram.ports import Tongues
from bot.sentences import language_of
from bot.talk.types import Who


async def tongue(people: Tongues, who: Who) -> str:
    """The language that the person chose, else Telegram's hint. Never raises."""
    try:
        chosen = await people.language(who)
    except Exception:
        LOG.exception("a person's language could not be looked up")
        chosen = None
    return language_of(chosen, who.locale)
