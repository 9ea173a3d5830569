"""What every source on the web is handed beside its own settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import aiohttp

from lookup.sources.quota import MemoryBook
from lookup.types import QuotaBook


def utc_now() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class CallManners:
    """How a service is treated; how often it may be called, its source's settings say.

    `deadline_s` for one question, second try included; `failures` in a row after which it rests for
    `rest_s` seconds.
    """

    deadline_s: float = 2.5
    tries: int = 2
    failures: int = 6
    rest_s: float = 30.0


@dataclass(frozen=True, slots=True)
class Means:
    """The same for all sources: the connection, the manners, the book of calls, the clock."""

    session: aiohttp.ClientSession
    manners: CallManners = CallManners()
    book: QuotaBook = field(default_factory=MemoryBook)
    now: Callable[[], datetime] = utc_now
