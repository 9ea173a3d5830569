"""Errors inside the Telegram channel.

bot.errors.DeliveryError
├── bot.errors.PersonGone   blocked the bot, left, or the chat is gone: nothing more to send
├── Refused                 Telegram will not do this call; `reason` is its description
├── Unreachable             no usable answer from Telegram for now: the turn is run again later
└── TokenRejected           the token is wrong: the channel stops
"""

from __future__ import annotations

from bot.errors import DeliveryError, PersonGone

__all__ = ["PersonGone", "Refused", "TokenRejected", "Unreachable"]


class Refused(DeliveryError):
    """Telegram answered that it will not do this."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason.lower()

    @property
    def unchanged(self) -> bool:
        """The message already is what the edit would make it."""
        return "message is not modified" in self.reason

    @property
    def other_kind(self) -> bool:
        """The message is a picture where a text was expected, or the other way round."""
        return "there is no text in" in self.reason or "there is no caption in" in self.reason


class Unreachable(DeliveryError):
    """Network trouble, a timeout, or an error on Telegram's side that outlasted our patience."""


class TokenRejected(DeliveryError):
    """Telegram does not know the token."""
