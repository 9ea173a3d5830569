"""One call to Telegram: waits where told to, tries again where that helps, sorts the errors."""

from __future__ import annotations

import asyncio
import random
import warnings
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.errors import DeliveryError, PersonGone
from bot.telegram.errors import Refused, TokenRejected, Unreachable
from bot.telegram.logs import LOG

T = TypeVar("T")

_GONE = ("chat not found", "not enough rights", "have no rights", "chat_write_forbidden")


@dataclass(frozen=True, slots=True)
class Timing:
    """Waits in seconds; tests make them short."""

    poll_s: float = 30.0  # how long Telegram holds a getUpdates call with nothing to say
    first_wait_s: float = 0.5  # after the first failure; doubles with each further one
    longest_wait_s: float = 30.0
    tries: int = 5  # of one call, before it counts as unreachable
    press_s: float = 0.25  # how long a press waits for a toast before it is answered without
    stop_s: float = 5.0  # how long running turns get at the end

    def wait_s(self, failures: int) -> float:
        """How long to wait after this many failures in a row (1 or more)."""
        longest = min(self.first_wait_s * 2.0 ** min(failures - 1, 16), self.longest_wait_s)
        return longest * random.uniform(0.75, 1.0)


def retry_after_s(error: RetryAfter) -> float:
    """The wait that a 429 asks for; int or timedelta, by version and setting of the library."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()


def sort_out(error: TelegramError) -> DeliveryError:
    """Our error for the library's."""
    reason = error.message
    if isinstance(error, Forbidden):
        return PersonGone(reason)
    if isinstance(error, InvalidToken):
        return TokenRejected("the token was rejected")  # theirs may print it
    # BadRequest is a NetworkError for the library; a too large upload is one for us, not for it.
    refusals = (BadRequest, ChatMigrated, EndPointNotFound)
    if isinstance(error, refusals) or "request entity too large" in reason.lower():
        gone = any(words in reason.lower() for words in _GONE)
        return PersonGone(reason) if gone else Refused(reason)
    return Unreachable(reason)


async def patiently(do: Callable[[], Awaitable[T]], timing: Timing, what: str) -> T:
    """Do one call; 429 is waited out, trouble on the way is tried again.

    Raises `Refused`, `PersonGone`, `TokenRejected`, and `Unreachable` after `timing.tries`.
    """
    failures = 0
    while True:
        try:
            return await do()
        except RetryAfter as error:
            wait_s = retry_after_s(error) + 0.1
            LOG.info("Telegram asks to wait %.0f s before %s", wait_s, what)
        except TelegramError as error:
            sorted_out = sort_out(error)
            failures += 1
            if not isinstance(sorted_out, Unreachable) or failures >= timing.tries:
                raise sorted_out from None
            wait_s = timing.wait_s(failures)
            LOG.info("%s failed, trying again: %s", what, sorted_out)
        await asyncio.sleep(wait_s)
