"""The channel's logger, and what keeps the token out of every log."""

from __future__ import annotations

import logging
import warnings

from telegram.warnings import PTBDeprecationWarning

LOG = logging.getLogger("bot.channels.telegram")
_HIDDEN = "<token>"


class TokenFilter(logging.Filter):
    """Replaces the token wherever a record would print it, in tracebacks too."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token

    def filter(self, record: logging.LogRecord) -> bool:
        """Always True: the record stays, the token goes."""
        message = record.getMessage()
        if self._token in message:
            record.msg, record.args = message.replace(self._token, _HIDDEN), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = record.exc_text.replace(self._token, _HIDDEN)
        return True


def guard(token: str) -> None:
    """Keep `token` and what people send out of our log and of the libraries' logs."""
    shield = TokenFilter(token)
    for name in ("bot.channels.telegram", "httpx", "telegram.ext.ExtBot"):
        logging.getLogger(name).addFilter(shield)
    # Each call is an INFO line of httpx and several DEBUG lines of httpcore, address and all;
    # python-telegram-bot prints whole messages and file paths at DEBUG.
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # The library warns of its own use of it, at each 429.
    warnings.filterwarnings("ignore", ".*retry_after", PTBDeprecationWarning)
    # It logs every 429 with a traceback; `bot.channels.telegram.calls.calls` honours and logs them
    # in one line.
    logging.getLogger("telegram.ext.AIORateLimiter").setLevel(logging.CRITICAL)
