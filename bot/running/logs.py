"""Logging to standard error, with every secret of the settings blotted out."""

from __future__ import annotations

import logging
from collections.abc import Sequence

LOG_FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
# These write whole request addresses, and Telegram's hold the token; or a line each minute.
TALKATIVE = ("httpx", "httpcore", "aiosqlite", "alembic", "apscheduler", "PIL", "asyncio")


class Blotting(logging.Formatter):
    """Formats as usual, then puts *** in the place of each secret, tracebacks included."""

    def __init__(self, secrets: Sequence[str]) -> None:
        super().__init__(LOG_FORMAT)
        self._secrets = sorted(filter(None, secrets), key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """The record as text, without secrets."""
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return text


def start(level: str, secrets: Sequence[str]) -> None:
    """Log to standard error from now on."""
    handler = logging.StreamHandler()
    handler.setFormatter(Blotting(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))
