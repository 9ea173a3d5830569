"""Watches where something fails: a channel, a source, the process; and prices at the limit."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.talk.errors import PersonGone
from bot.talk.types import Reply, TextSent
from lookup.types import Condition, SourceState
from storage.store import Store
from storage.types import Who
from tests.bot.test_watching import ANN, CODE, EVERY, MINSU, House
from tests.fakes.outbox import FakeOutbox
from tests.fakes.prices import offer, quote
from tests.waiting import PATIENCE_S, until


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/p.db", tmp_path / "photos")
    yield House(store)
    await store.close()


class CrackedOutbox(FakeOutbox):
    """Breaks on one person in a way that no contract tells of."""

    async def post(self, who: Who, reply: Reply) -> None:
        if who.user == "0":
            raise RuntimeError("this person breaks the channel")
        await super().post(who, reply)


async def test_a_watch_that_breaks_holds_up_no_other(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.outbox = CrackedOutbox()
    house.watchman = house.another()
    for number in range(5):
        await house.command("watch", CODE, Who("telegram", str(number), "ko"))
    await house.command("watch", "FU9006", MINSU)
    assert len(await house.later(99_000)) == 4
    assert "could not be looked at" in caplog.text
    assert {who.user for who, _ in house.outbox.sent} == {"1", "2", "3", "4"}
    assert await house.later() == []  # tried again, and none of the others is told twice


@pytest.mark.parametrize("state", [SourceState.RETIRED, SourceState.QUOTA, SourceState.DOWN])
async def test_without_a_price_nothing_is_said_and_nothing_forgotten(
    house: House, state: SourceState
) -> None:
    await house.command("watch", f"{CODE} 100,000원")
    house.prices.set(CODE, quote(CODE, state=state))
    assert await house.later() == []
    (watch,) = await house.store.watches.of(MINSU)
    assert (watch.last_won, watch.below_won) == (129_000, 100_000)
    assert len(await house.later(99_999)) == 1


async def test_a_used_pair_is_no_fall(house: House) -> None:
    await house.command("watch", f"{CODE} 100,000원")
    used = replace(offer(30_000), condition=Condition.USED)
    new = quote(CODE, 129_000)
    house.prices.set(CODE, replace(new, offers=(used, *new.offers)))
    assert await house.later() == []


async def test_a_watch_survives_the_process(house: House, tmp_path: Path) -> None:
    await house.command("watch", CODE, ANN)
    await house.store.close()
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/p.db", tmp_path / "photos")
    again = House(store)
    try:
        assert len(await again.later(99_000)) == 1
        assert await again.later(99_000) == []
    finally:
        await store.close()


async def test_a_watch_switched_off_during_the_check_is_not_told(house: House) -> None:
    await house.command("watch", CODE)
    house.prices.set_prices(CODE, 99_000)
    house.now += 2 * EVERY
    house.prices.gate = asyncio.Event()
    looking = asyncio.create_task(house.watchman.look())
    await until(lambda: house.prices.checks)
    (watch,) = await house.store.watches.of(MINSU)
    await house.press(f"unwatch:0:{watch.id}")
    house.prices.gate.set()
    await looking
    assert house.outbox.sent == []


async def test_who_blocked_the_bot_is_told_only_the_newest_price(house: House) -> None:
    await house.command("watch", CODE)
    house.outbox.errors = [PersonGone("blocked"), PersonGone("blocked")]
    await house.later(99_000)
    await house.later(80_000)
    visit = await house.handle(TextSent("visit", "hello"))
    told = [reply.text for reply in visit.sent if "내려갔어요" in reply.text]
    assert len(told) == 1
    assert "80,000원" in told[0]


async def test_a_process_that_stops_in_the_middle_leaves_the_rest_to_others(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    await house.command("watch", CODE)
    house.prices.set_prices(CODE, 99_000)
    house.now += 2 * EVERY
    house.prices.gate = asyncio.Event()
    looking = asyncio.create_task(house.watchman.look())
    await until(lambda: house.prices.checks)
    looking.cancel()
    await asyncio.gather(looking, return_exceptions=True)
    house.prices.gate.set()
    other = house.another()
    assert await other.look() == 0  # claimed still
    house.now += timedelta(minutes=11)
    assert await other.look() == 1
    assert len(house.outbox.sent) == 1
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_a_process_that_is_asked_to_stop_gives_back_what_it_did_not_look_at(
    house: House,
) -> None:
    await house.command("watch", CODE)
    await house.command("watch", "FU9006", ANN)
    house.prices.set_prices(CODE, 99_000)
    house.now += 2 * EVERY
    house.prices.gate = asyncio.Event()
    looking = asyncio.create_task(house.watchman.look())
    await until(lambda: house.prices.checks)
    house.watchman.stop()  # a source is slow: it is not waited for
    assert await asyncio.wait_for(looking, PATIENCE_S) == 2
    assert house.outbox.sent == []
    house.prices.gate.set()
    assert await house.another().look() == 2
    assert len(house.outbox.sent) == 1


async def test_a_process_that_stops_finishes_the_message_that_it_is_sending(house: House) -> None:
    class Stopping(FakeOutbox):
        async def post(self, who: Who, reply: Reply) -> None:
            first.stop()
            await super().post(who, reply)

    house.outbox = Stopping()
    first = house.another()
    for number in range(3):
        await house.command("watch", CODE, Who("telegram", str(number), "ko"))
    house.prices.set_prices(CODE, 99_000)
    house.now += 2 * EVERY
    assert await first.look() == 3
    assert len(house.outbox.sent) == 1
    assert await house.another().look() == 2
    assert len({who.user for who, _ in house.outbox.sent}) == len(house.outbox.sent) == 3


class DyingOutbox(FakeOutbox):
    """Takes a message; the process dies before it hears so."""

    async def post(self, who: Who, reply: Reply) -> None:
        await super().post(who, reply)
        raise asyncio.CancelledError


async def test_a_crash_behind_the_sending_tells_nobody_twice(house: House) -> None:
    await house.command("watch", CODE)
    house.outbox = DyingOutbox()
    house.prices.set_prices(CODE, 99_000)
    house.now += 2 * EVERY
    with pytest.raises(asyncio.CancelledError):
        await house.another().look()
    taken = house.outbox.sent
    house.outbox = FakeOutbox()
    house.now += 2 * EVERY
    assert await house.another().look() == 1
    assert (len(taken), house.outbox.sent) == (1, [])
