"""Long polling: what was received is stored before the next call acknowledges it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from bot.channels.telegram.calls.calls import CallTiming
from bot.channels.telegram.calls.wire import Wire
from bot.channels.telegram.errors import FloodWait, TokenRejected
from bot.channels.telegram.logs import LOG
from bot.talk.errors import DeliveryError

Take = Callable[[Sequence[dict[str, Any]]], Awaitable[None]]


async def poll(wire: Wire, take: Take, timing: CallTiming) -> None:
    """Receive forever. `take` stores updates, or raises where it could not.

    Raises `TokenRejected`; everything else is tried again.
    """
    offset: int | None = None
    failures = 0
    while True:
        try:
            updates = await wire.updates(offset)
            if updates:
                await take(updates)
                offset = max(update["update_id"] for update in updates) + 1
            failures = 0
        except TokenRejected:
            raise
        except FloodWait as error:
            LOG.warning("no updates for now: %s", error)
            await asyncio.sleep(error.wait_s)
        except DeliveryError as error:
            failures += 1
            LOG.warning("no updates for now: %s", error)
        except Exception:
            # Not stored, so not acknowledged: the next call brings the same updates again.
            failures += 1
            LOG.exception("updates could not be stored")
        if failures:
            await asyncio.sleep(timing.wait_s(failures))
