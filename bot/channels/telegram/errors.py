"""Errors inside the Telegram channel.

bot.talk.errors.DeliveryError
├── bot.talk.errors.PersonGone   blocked the bot, left, or the chat is gone: nothing more to send
├── Refused                 Telegram will not do this call; `reason` is its description
├── FloodWait               Telegram wants `wait_s` seconds of silence: run again after them
├── AnsweredElsewhere       another process holds the update by now: nothing more to do here
├── Unreachable             no usable answer from Telegram for now: the turn is run again later
└── TokenRejected           the token is wrong: the channel stops

bot.talk.errors.BotError
└── UnreadableUpdate        an update that is not what Telegram sends: given up at once
"""

from __future__ import annotations

from bot.talk.errors import BotError, DeliveryError, PersonGone

__all__ = [
    "AnsweredElsewhere",
    "FloodWait",
    "PersonGone",
    "Refused",
    "TokenRejected",
    "Unreachable",
    "UnreadableUpdate",
]

_BAD_BUTTONS = ("button_", "button url", "wrong http url", "inline keyboard", "web app", "webapp")


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

    @property
    def no_topic(self) -> bool:
        """The topic is gone; the chat is still there."""
        return "message thread not found" in self.reason or "topic_deleted" in self.reason

    @property
    def bad_button(self) -> bool:
        """A button is what Telegram does not take; the message itself may be fine."""
        return any(words in self.reason for words in _BAD_BUTTONS)


class FloodWait(DeliveryError):
    """Too many messages; the chat wants to be left alone for a while."""

    def __init__(self, wait_s: float) -> None:
        super().__init__(f"Telegram asks to wait {wait_s:.0f} s")
        self.wait_s = wait_s


class AnsweredElsewhere(DeliveryError):
    """This process was silent for longer than its hold lasts, and another took the update."""


class Unreachable(DeliveryError):
    """Network trouble, a timeout, or an error on Telegram's side that outlasted our patience."""


class TokenRejected(DeliveryError):
    """Telegram does not know the token."""


class UnreadableUpdate(BotError):
    """The library cannot make an update of it; trying again would not help."""
