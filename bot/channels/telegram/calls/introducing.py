"""The menu of commands that Telegram shows."""

from __future__ import annotations

from bot.channels.telegram.calls.wire import Wire
from bot.channels.telegram.errors import TokenRejected
from bot.channels.telegram.logs import LOG
from bot.sentences import Sentences, sentences
from bot.talk.commands import CHAT_COMMANDS
from bot.talk.errors import DeliveryError


async def introduce(wire: Wire) -> None:
    """Set the menu; without it the bot works all the same. Raises `TokenRejected`."""
    try:
        await wire.set_commands(menu(sentences("en")), None)
        await wire.set_commands(menu(sentences("ko")), "ko")
    except TokenRejected:
        raise
    except DeliveryError as error:
        LOG.warning("the menu of commands was not set: %s", error)


def menu(say: Sentences) -> dict[str, str]:
    """Names of commands, and what each does."""
    return {command.name: say(command.sentence) for command in CHAT_COMMANDS if command.menu}
