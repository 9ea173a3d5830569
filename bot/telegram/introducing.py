"""The menu of commands that Telegram shows."""

from __future__ import annotations

from bot.errors import DeliveryError
from bot.telegram.errors import TokenRejected
from bot.telegram.logs import LOG
from bot.telegram.sentences import COMMANDS
from bot.telegram.wire import Wire


async def introduce(wire: Wire) -> None:
    """Set the menu; without it the bot works all the same. Raises `TokenRejected`."""
    try:
        await wire.set_commands(COMMANDS["en"], None)
        await wire.set_commands(COMMANDS["ko"], "ko")
    except TokenRejected:
        raise
    except DeliveryError as error:
        LOG.warning("the menu of commands was not set: %s", error)
