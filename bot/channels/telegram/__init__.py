"""Telegram: updates into events, replies into messages; python-telegram-bot is the transport."""

from bot.channels.telegram.channel import TelegramChannel

__all__ = ["TelegramChannel"]
