"""`python -m benchmarks.day`: a day's use, with all price services failing in turn.

The real conversation over a real SQLite file, the real look-up over HTTP to stand-ins of the
services, a scripted reader; the clock runs ahead, so that the day takes about a minute. Everybody
sends photos, presses what they are offered, some watch a price; the process restarts at noon. The
last table has the verdicts; it ends with 1 where one of them is not met.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import random
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter

from benchmarks.day.check import look_back, size_now
from benchmarks.day.report import Day, report
from benchmarks.day.shops import open_shops
from benchmarks.day.town import EVERY, MIDNIGHT, TOWN_CHANNELS, Town, who_is
from bot.talk.prices.price_memory import PriceRecorder
from bot.talk.watches.watchman import AT_ONCE, Watchman
from storage.store import Store
from storage.tables.watches import WatchTable

_AT_ONCE = 128  # people who come at the same time: waiting for one's prices holds up nobody
_FALL = 18  # the hour at which all prices fall


async def simulate(people: int, seed: int = 7) -> Day:
    """A day of so many people."""
    day, since = Day(people), perf_counter()
    day.quotas = {"naver": 6 * people, "elevenst": people // 2, "serpapi": people // 8}
    with tempfile.TemporaryDirectory() as folder:
        store = await Store.open(f"sqlite+aiosqlite:///{folder}/day.db", Path(folder) / "photos")
        recorder = PriceRecorder(store.prices_seen)
        codes = tuple(f"DV{number}" for number in range(2000, 2000 + max(10, people // 4)))
        clock = [MIDNIGHT]
        opened = open_shops(store, codes, day.quotas, lambda: clock[0], recorder.hear)
        async with opened as shops:
            town = Town(store, shops, recorder, day)
            await _live(town, codes, clock, random.Random(seed))
            await town.settled()
            await recorder.stop()
            await look_back(day, store, Path(folder) / "photos", list(town.told))
            day.calls, day.refusals = shops.calls(), shops.refusals()
        await store.close()
    day.took_s = perf_counter() - since
    return day


async def _live(
    town: Town, codes: tuple[str, ...], clock: list[datetime], chance: random.Random
) -> None:
    """Hour after hour; each person comes once, in a random hour between 0 and 24."""
    hours: list[list[int]] = [[] for _ in range(24)]
    for number in range(town.day.people):
        hours[chance.randrange(24)].append(number)
    outboxes = dict.fromkeys(TOWN_CHANNELS, town)
    rows = WatchTable(town.store.database, lambda: town.now)
    men = [
        Watchman(rows, town.shops.lookup, town.store.people, outboxes, EVERY, lambda: town.now)
        for _ in range(2)
    ]
    for hour, numbers in enumerate(hours):
        town.shops.hour(hour, fallen=hour >= _FALL)
        if hour == 12:
            await town.settled()
            town.restart()
        for start in range(0, len(numbers), _AT_ONCE):
            part = timedelta(hours=hour + start / max(1, len(numbers)))
            clock[0] = town.now = MIDNIGHT + part
            batch = numbers[start : start + _AT_ONCE]
            await asyncio.gather(*(_come(town, number, codes, chance) for number in batch))
        for _ in range(max(1, town.day.watches // AT_ONCE + 1)):
            await asyncio.gather(*(man.look() for man in men))
        gc.collect()
        town.day.sizes[hour] = size_now(len(asyncio.all_tasks()))


async def _come(town: Town, number: int, codes: tuple[str, ...], chance: random.Random) -> None:
    who = who_is(number, "ko")
    code = chance.choice(codes)
    await town.visit(who, code, chance)
    if number % 4 == 0:
        await town.visit(who, chance.choice(codes), chance)
    if number % 20 == 0 and town.now < MIDNIGHT + timedelta(hours=_FALL):
        await town.watch(who, code)


def main() -> int:
    """Print the tables; 1 where the day did not end well."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.day", description=__doc__)
    parser.add_argument("--people", type=int, default=2_000, help="how many (default: 2000)")
    day = asyncio.run(simulate(parser.parse_args().people))
    print(report(day))
    return 0 if day.well else 1


if __name__ == "__main__":
    sys.exit(main())
