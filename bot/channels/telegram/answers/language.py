"""The language in which the channel's own sentences are said."""

from __future__ import annotations

from bot.channels.telegram.logs import LOG
from bot.sentences import Sentences, language_of, sentences
from bot.talk.ports import Languages
from bot.talk.types import Who


async def sentences_for(people: Languages, who: Who) -> Sentences:
    """Those in the language that the person chose, else by Telegram's hint. Never raises."""
    try:
        chosen = await people.language(who)
    except Exception:
        LOG.exception("a person's language could not be looked up")
        chosen = None
    return sentences(language_of(chosen, who.locale))
