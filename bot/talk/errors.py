"""Errors of the bot.

BotError
├── SettingsError     a setting is missing or wrong; one line that names it, never a secret's value
├── FetchError        the photo could not be fetched from the channel
│   └── FetchTooLarge the channel says that the file is larger than we take
├── BadButton         a press that makes no sense (any more); answered with a sentence
└── DeliveryError     the channel could not deliver a reply
    └── PersonGone    the person blocked the bot or left; nothing more to send
"""

from __future__ import annotations


class BotError(Exception):
    """Base of everything this package raises on purpose."""


class SettingsError(BotError):
    """A setting is missing or wrong."""


class FetchError(BotError):
    """A photo could not be fetched from its channel."""


class FetchTooLarge(FetchError):
    """The channel says that the file is too large."""


class BadButton(BotError):
    """A press that makes no sense, or no longer does."""


class DeliveryError(BotError):
    """A reply could not be delivered."""


class PersonGone(DeliveryError):
    """The person cannot be reached any more."""
