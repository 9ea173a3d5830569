"""Price memory and watches from the settings and the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot.pictures.price_chart import ChartDrawer
from bot.running.schedule import PeriodicJob
from bot.settings import Settings
from bot.talk.desk import Memory
from bot.talk.prices.price_memory import PriceRecorder, day_of
from bot.talk.watches.watchman import Outbox, PriceCheck, Watchman
from storage.store import Store

PUSHING = frozenset({"web", "telegram"})
"""Channels that can send a message without an event; KakaoTalk cannot."""

_LOOK = timedelta(minutes=1)  # between two looks for watches that are due
_LOOK_JITTER = _LOOK / 4
_OFF_KEPT_FOR = timedelta(days=7)  # a press that comes again still finds its watch


def memory_of(settings: Settings, store: Store, recorder: PriceRecorder) -> Memory:
    """What the conversation remembers beyond one answer."""
    return Memory(
        recorder,
        ChartDrawer(),
        store.watches,
        store.told,
        store.kept,
        PUSHING,
        timedelta(hours=settings.watch_every_hours),
        timedelta(days=settings.watch_kept_days),
    )


def watch_job(
    settings: Settings,
    store: Store,
    prices: PriceCheck,
    outboxes: Mapping[str, Outbox | None],
    clock: Callable[[], datetime],
) -> PeriodicJob:
    """The looks at watched prices; channels that are None are not served."""
    serving = {channel: outbox for channel, outbox in outboxes.items() if outbox is not None}
    every = timedelta(hours=settings.watch_every_hours)
    man = Watchman(store.watches, prices, store.people, serving, every, clock)
    return PeriodicJob("looking at watches", man.look, man.stop, _LOOK, jitter=_LOOK_JITTER)


async def tidy_memory(settings: Settings, store: Store, now: datetime) -> None:
    """Drop watches that have ended and prices seen long ago. Raises `DatabaseError`."""
    await store.watches.sweep(now - _OFF_KEPT_FOR, now - timedelta(days=settings.watch_kept_days))
    await store.prices_seen.sweep(day_of(now - timedelta(days=settings.prices_kept_days)))
