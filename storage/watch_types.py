"""What storage tells about prices seen and watches: frozen, money in won, times aware UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from storage.types import Who


@dataclass(frozen=True, slots=True)
class PriceSeen:
    """What a source asked for a code on a day of Korea.

    `lowest_won` is the day's lowest; `median_won` and `offers` are those of its newest answer.
    """

    code_key: str
    source: str
    source_name: str
    day: date
    lowest_won: int
    median_won: int
    offers: int


@dataclass(frozen=True, slots=True)
class Watch:
    """A person's watch on a code; `who.locale` is the language that it was set in.

    `below_won` None: any fall below `start_won` counts. `last_won` is what the newest check (or
    the setting of the watch) found. `events` are the keys of the newest events that changed it.
    """

    id: int
    who: Who
    code: str
    active: bool
    changed_at: datetime
    below_won: int | None = None
    start_won: int | None = None
    last_won: int | None = None
    checked_at: datetime | None = None
    alerted_won: int | None = None
    alerted_at: datetime | None = None
    waiting_won: int | None = None
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WatchSet:
    """How a watch is switched on: see `Watch`; `next_check` is when it is looked at first.

    `alerted_won` is a price that the person is being told right now.
    """

    code: str
    below_won: int | None
    now_won: int | None
    next_check: datetime
    alerted_won: int | None = None
