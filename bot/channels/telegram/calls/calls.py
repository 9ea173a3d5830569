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

from bot.channels.telegram.errors import FloodWait, Refused, TokenRejected, Unreachable
from bot.channels.telegram.logs import LOG
from bot.talk.errors import DeliveryError, PersonGone

T = TypeVar("T")

_GONE_REASONS = (
    *("chat not found", "not enough rights to send text", "have no rights"),
    *("chat_write_forbidden", "topic_closed", "group chat was deactivated"),
    *("user is deactivated", "peer_id_invalid", "group chat was deleted"),
)


@dataclass(frozen=True, slots=True)
class CallTiming:
    """Waits in seconds; tests make them short."""

    poll_s: float = 30.0  # how long Telegram holds a getUpdates call with nothing to say
    first_wait_s: float = 0.5  # after the first failure; doubles with each further one
    longest_wait_s: float = 30.0
    tries: int = 5  # of one call, before it counts as unreachable
    patience_s: float = 5.0  # a flood wait up to this is slept out in place, a longer one put off
    press_s: float = 0.25  # how long a press waits for a toast before it is answered without
    stop_s: float = 3.0  # how long running turns get at the end
    lease_s: float = 6.0  # how long a process that died still holds what it was answering
    quiet_s: float = 1.5  # an album is complete when this long no photo of it came
    typing_s: float = 4.0  # "typing…" is shown again this often; Telegram shows it for 5 s
    pause_s: float = 0.3  # after a key press in inline mode, before prices are looked up
    inline_s: float = 8.0  # Telegram drops an inline query about 10 s after it was made

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
    if isinstance(error, RetryAfter):
        return FloodWait(retry_after_s(error) + 0.1)
    if isinstance(error, Forbidden):
        return PersonGone(reason)
    if isinstance(error, InvalidToken):
        return TokenRejected("the token was rejected")  # theirs may print it
    if "temporarily unavailable" in reason.lower():  # of a file; Telegram says so with a 400
        return Unreachable(reason)
    # BadRequest is a NetworkError for the library; a too large upload is one for us, not for it.
    refusals = (BadRequest, ChatMigrated, EndPointNotFound)
    if isinstance(error, refusals) or "request entity too large" in reason.lower():
        gone = any(words in reason.lower() for words in _GONE_REASONS)
        return PersonGone(reason) if gone else Refused(reason)
    return Unreachable(reason)


async def patiently(do: Callable[[], Awaitable[T]], timing: CallTiming, what: str) -> T:
    """Do one call; trouble on the way is tried again, a short flood wait is slept out.

    Raises `Refused`, `PersonGone`, `TokenRejected`, `FloodWait` for longer waits, `ChatMigrated`,
    and `Unreachable` after `timing.tries`.
    """
    failures = 0
    while True:
        try:
            return await do()
        except ChatMigrated:
            raise
        except TelegramError as error:
            sorted_out = sort_out(error)
        if isinstance(sorted_out, FloodWait):
            LOG.info("%s: %s", what, sorted_out)
            if sorted_out.wait_s > timing.patience_s:
                raise sorted_out
            await asyncio.sleep(sorted_out.wait_s)
            continue
        failures += 1
        if not isinstance(sorted_out, Unreachable) or failures >= timing.tries:
            raise sorted_out
        LOG.info("%s failed, trying again: %s", what, sorted_out)
        await asyncio.sleep(timing.wait_s(failures))
