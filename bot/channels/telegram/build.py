"""The Telegram channel from its settings."""

from __future__ import annotations

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.ports import TelegramShelves
from bot.settings import Settings
from bot.talk.types import Handler


def build_telegram(
    settings: Settings, handler: Handler, shelves: TelegramShelves
) -> TelegramChannel | None:
    """The channel, or None without a token. Raises `SettingsError`."""
    if settings.telegram_bot_token is None:
        return None
    secret = settings.telegram_webhook_secret
    return TelegramChannel(
        handler,
        shelves,
        settings.telegram_bot_token.get_secret_value(),
        settings.telegram_api_url,
        settings.telegram_file_url,
        settings.telegram_webhook_url,
        secret.get_secret_value() if secret else None,
        mark_page=mark_page(settings.public_url),
    )


def mark_page(public_url: str | None) -> str:
    """The Mini App's address; "" where Telegram would not open it: it takes https alone."""
    return f"{public_url}/mark" if public_url and public_url.startswith("https://") else ""
