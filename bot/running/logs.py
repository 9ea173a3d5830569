"""Logging to standard error, with every secret of the settings blotted out."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from copy import copy

LOG_FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
_NEWS_S = 60.0  # the same traceback tells nothing new before
# These write whole request addresses, and Telegram's hold the token; or a line each minute.
TALKATIVE = ("httpx", "httpcore", "aiosqlite", "alembic", "apscheduler", "PIL", "asyncio")


class Blotting(logging.Formatter):
    """Formats as usual, then puts *** in the place of each secret, tracebacks included.

    A fault's traceback is written once in `_NEWS_S` seconds, in between its last line alone: a
    disk that is full would soon be fuller.
    """

    def __init__(self, secrets: Sequence[str]) -> None:
        super().__init__(LOG_FORMAT)
        self._secrets = sorted(filter(None, secrets), key=len, reverse=True)
        self._told: dict[tuple[str, int, type[BaseException]], float] = {}

    def format(self, record: logging.LogRecord) -> str:
        """The record as text, without secrets."""
        text = super().format(record) if self._is_news(record) else self._in_brief(record)
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return text

    def _is_news(self, record: logging.LogRecord) -> bool:
        """Whether this place has not logged this kind of fault lately."""
        kind = record.exc_info[0] if record.exc_info else None
        if kind is None:
            return True
        fault = record.pathname, record.lineno, kind  # as many as there are such lines
        before = self._told.get(fault, -_NEWS_S)
        news = record.created - before >= _NEWS_S
        if news:
            self._told[fault] = record.created
        return news

    def _in_brief(self, record: logging.LogRecord) -> str:
        brief = copy(record)
        brief.exc_info = brief.exc_text = None
        fault = record.exc_info[1] if record.exc_info else None
        return f"{super().format(brief)} ({type(fault).__name__}: {fault})"


def start(level: str, secrets: Sequence[str]) -> None:
    """Log to standard error from now on."""
    handler = logging.StreamHandler()
    handler.setFormatter(Blotting(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))
