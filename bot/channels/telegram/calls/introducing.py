"""The menu of commands that Telegram shows."""

from __future__ import annotations

from bot.channels.telegram.calls.wire import Wire
from bot.channels.telegram.errors import TokenRejected
from bot.channels.telegram.logs import LOG
from bot.channels.telegram.sentences import COMMANDS
from bot.talk.errors import DeliveryError


async def introduce(wire: Wire) -> None:
    """Set the menu; without it the bot works all the same. Raises `TokenRejected`."""
    try:
        await wire.set_commands(COMMANDS["en"], None)
        await wire.set_commands(COMMANDS["ko"], "ko")
    except TokenRejected:
        raise
    except DeliveryError as error:
        LOG.warning("the menu of commands was not set: %s", error)
