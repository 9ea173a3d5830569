"""Checks watched prices and tells people of falls, each once.

Any number of processes may run one. A watch is taken in the database before it is looked at, and
the hold on it is renewed right before the message is sent. The watch remembers the price as told
before it is sent, and forgets that where sending fails: no channel can say after a crash whether
it took a message, and a fall told twice is worse than one that `/watches` shows anyway. So a crash
in between counts as told. `bot.running` has it look again and again.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Protocol

from bot.sentences import language_of, sentences
from bot.talk.errors import DeliveryError, PersonGone
from bot.talk.ports import Languages
from bot.talk.types import Reply
from bot.talk.watches.watch_alerts import alert, fell
from lookup.types import PriceAnswer
from storage.types import Lease, Who
from storage.watch_types import Watch
from stylecode import key as code_key

log = logging.getLogger(__name__)

AT_ONCE = 50
"""Watches taken in one look, so that what piled up is spread over time."""

_WATCH_LEASE = timedelta(minutes=10)  # longer than 50 codes take whose sources are all slow
_TOLD_AGAIN = timedelta(minutes=10)  # a message that could not be sent is tried again after this


class Outbox(Protocol):
    """A channel that can send without an event; `WebChannel`, `TelegramChannel`."""

    async def post(self, who: Who, reply: Reply) -> None:
        """Send a message. Raises `PersonGone` where it never can, else `DeliveryError`."""
        ...


class PriceCheck(Protocol):
    """Prices without hurry; `lookup.service.PriceLookup` is the real one. Never raises."""

    async def check(self, code: str) -> PriceAnswer:
        """What the sources say that can be asked within their quotas."""
        ...


class WatchRows(Protocol):
    """What the watchman needs of the watches; `storage.tables.watches.WatchTable`."""

    async def take(self, lease: Lease, now: datetime, limit: int) -> Sequence[Watch]:
        """Take watches that are due and that nobody holds."""
        ...

    async def hold(self, number: int, lease: Lease) -> bool:
        """Go on holding a watch; False where it is switched off, gone or another's."""
        ...

    async def release(self, owner: str) -> None:
        """Give back what was taken and not looked at."""
        ...

    async def checked(
        self, number: int, owner: str, won: int | None, now: datetime, next_check: datetime
    ) -> None:
        """Let go of a watch that was looked at."""
        ...

    async def alerted(self, number: int, owner: str, won: int, now: datetime) -> None:
        """The person is being told this price."""
        ...

    async def untold(self, watch: Watch, owner: str) -> None:
        """The message was not sent after all: what the person heard before counts again."""
        ...

    async def wait(self, number: int, owner: str, won: int, now: datetime) -> None:
        """The person is to be told at the next visit."""
        ...


class Watchman:
    """`every` is how often each watch is looked at; `outboxes` are by channel."""

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        rows: WatchRows,
        prices: PriceCheck,
        people: Languages,
        outboxes: Mapping[str, Outbox],
        every: timedelta,
        clock: Callable[[], datetime],
    ) -> None:
        self._rows = rows
        self._prices = prices
        self._people = people
        self._outboxes = outboxes
        self._every = every
        self._clock = clock
        self._lease = Lease(_WATCH_LEASE)
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Look no more: a look under way ends after the person who is being told."""
        self._stopping.set()

    async def look(self) -> int:
        """Look at all watches that are due now, the same code once; how many were taken.

        Raises `DatabaseError` where none can be taken.
        """
        due = await self._rows.take(self._lease, self._clock(), AT_ONCE)
        by_code = sorted(due, key=lambda watch: code_key(watch.code))
        for _, group in groupby(by_code, key=lambda watch: code_key(watch.code)):
            watches = list(group)
            answer = await self._asked(watches[0].code)
            for watch in watches:
                if answer is None or self._stopping.is_set():
                    await self._rows.release(self._lease.owner)
                    return len(due)
                await self._judged(watch, answer)
        return len(due)

    async def _asked(self, code: str) -> PriceAnswer | None:
        """What a code costs; None where the process stops while slow sources are being asked."""
        asking = asyncio.ensure_future(self._prices.check(code))
        stopping = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait({asking, stopping}, return_when=asyncio.FIRST_COMPLETED)
            return asking.result() if asking.done() else None
        finally:
            asking.cancel()
            stopping.cancel()

    async def _judged(self, watch: Watch, answer: PriceAnswer) -> None:
        try:
            await self._judge(watch, answer)
        except Exception:
            # Tried again when the hold on it ends; the others must not wait behind it.
            log.exception("watch %d could not be looked at", watch.id)

    async def _judge(self, watch: Watch, answer: PriceAnswer) -> None:
        won, again = answer.lowest, self._every * random.uniform(0.85, 1.15)
        if won is not None and fell(watch, won) and not await self._told(watch, won, answer):
            again = _TOLD_AGAIN
        now = self._clock()
        await self._rows.checked(watch.id, self._lease.owner, won, now, now + again)

    async def _told(self, watch: Watch, won: int, answer: PriceAnswer) -> bool:
        """Tell the person; False where it has to be tried again."""
        if not await self._rows.hold(watch.id, self._lease):
            return True  # switched off meanwhile, or another process's by now
        outbox = self._outboxes.get(watch.who.channel)
        if outbox is None:
            await self._rows.wait(watch.id, self._lease.owner, won, self._clock())
            return True
        say = sentences(language_of(await self._people.language(watch.who), watch.who.locale))
        await self._rows.alerted(watch.id, self._lease.owner, won, self._clock())
        try:
            await outbox.post(watch.who, alert(say, watch, won, answer))
        except PersonGone as error:
            log.info("nobody to tell about a price: %s", error)
            await self._rows.wait(watch.id, self._lease.owner, won, self._clock())
        except DeliveryError as error:
            log.warning("an alert was not delivered, it is tried again: %s", error)
            await self._rows.untold(watch, self._lease.owner)
            return False
        except Exception:
            await self._rows.untold(watch, self._lease.owner)
            raise
        return True
