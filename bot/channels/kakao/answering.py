"""Which response a request gets: its answer, an answer that waited, or "still reading"."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.channels.kakao import pages as stored
from bot.channels.kakao import said as saids
from bot.channels.kakao.callback import Callbacks
from bot.channels.kakao.components import Later, Notice, Response
from bot.channels.kakao.pages import Option, Page, options_of
from bot.channels.kakao.pictures import Hosts
from bot.channels.kakao.request import Asked
from bot.channels.kakao.said import Said
from bot.channels.kakao.turns import Timing, Turns
from bot.channels.kakao.types import Table
from storage.types import KakaoTurn, Who

KAKAO = "kakao"
_REFUSALS = {
    "foreign": "kakao-foreign-picture",
    "declined": "kakao-declined",
    "media": "kakao-not-a-photo",
}

log = logging.getLogger(__name__)


class Responder:
    """Knows the person's turns; holds no state beside what runs right now."""

    def __init__(
        self, turns: Turns, table: Table, callbacks: Callbacks, hosts: Hosts, timing: Timing
    ) -> None:
        self._turns = turns
        self._table = table
        self._callbacks = callbacks
        self._hosts = hosts
        self._timing = timing
        self._late: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Take over what was left unanswered."""
        self._turns.start(self._adopted)

    async def stop(self) -> None:
        """End; late answers that are not out yet wait behind the button."""
        await self._turns.stop()
        for task in self._late:
            task.cancel()
        await asyncio.gather(*self._late, return_exceptions=True)

    async def answer(self, asked: Asked, until: float) -> Response | Later:
        """The response to a request, at loop time `until` at the latest."""
        who = Who(KAKAO, asked.user, asked.locale)
        said = saids.said(asked, await self._options(who, asked), self._fetchable)
        if said.kind in _REFUSALS:
            renderer = await self._turns.renderer(who)
            return renderer.plain(_REFUSALS[said.kind])[0].response()
        if said.kind in {"result", "page"}:
            return await self._asked_again(who, said, asked, until)
        photo = said.kind == "photo"
        unseen = timedelta(seconds=self._timing.unseen_again_s)
        again_s = self._timing.photo_again_s if photo else self._timing.text_again_s
        again = timedelta(seconds=again_s)
        turn = await self._table.open(who, said.fingerprint, said.dump(), again, unseen)
        return await self._followed(who, turn, asked, until, photo=photo)

    def _fetchable(self, url: str) -> bool:
        return self._hosts.picture(url) is not None

    async def _options(self, who: Who, asked: Asked) -> tuple[Option, ...]:
        """The buttons that the person saw last; asked for only where the words may be one."""
        if asked.data or asked.pictures or not asked.text or len(asked.text) > 100:
            return ()
        seen = await self._table.newest_shown(who)
        return options_of(stored.load(seen.body)) if seen and seen.body else ()

    async def _followed(
        self, who: Who, turn: KakaoTurn, asked: Asked, until: float, *, photo: bool
    ) -> Response | Later:
        """The turn's answer, or word that it takes longer."""
        self._turns.answer(turn)
        pages = stored.load(turn.body) if turn.body else await self._turns.answered(turn.id, until)
        if pages:
            return await self._shown(who, turn.id, pages[0])
        renderer = await self._turns.renderer(who, turn.id)
        if self._callbacks.usable(asked.callback):
            left = timedelta(seconds=self._timing.callback_until_s - self._timing.deadline_s)
            await self._table.promise(turn.id, asked.callback, datetime.now(UTC) + left)
            self._spawn(self._deliver(who, turn.id, photo=photo))
            return Later(data=Notice(text=renderer.say(_notice(photo, callback=True))))
        return renderer.waiting(_notice(photo, callback=False)).response()

    async def _asked_again(
        self, who: Who, said: Said, asked: Asked, until: float
    ) -> Response | Later:
        """ "See the result", or another page of an answer."""
        number, place = _place(said)
        turn = await self._own(who, number) if number else await self._awaited(who)
        if turn is None:
            renderer = await self._turns.renderer(who)
            key = "button-not-yours" if number else "kakao-nothing-waiting"
            return renderer.plain(key)[0].response()
        if turn.body is None or not place:
            return await self._followed(who, turn, asked, until, photo=True)
        pages = stored.load(turn.body)
        return await self._shown(who, turn.id, pages[min(place, len(pages) - 1)])

    async def _own(self, who: Who, number: int) -> KakaoTurn | None:
        """The turn if it is the person's; whether another's exists is not told."""
        turn = await self._table.get(number)
        return turn if turn and turn.who == who else None

    async def _awaited(self, who: Who) -> KakaoTurn | None:
        """The oldest answer that the person has not seen, else the newest that they have."""
        unseen = await self._table.unseen(who)
        return unseen[0] if unseen else await self._table.newest_shown(who)

    async def _shown(self, who: Who, turn: int, page: Page) -> Response:
        """The page, with a way to the next answer that waits."""
        await self._table.show(turn)
        now = datetime.now(UTC)
        waiting = [
            other
            for other in await self._table.unseen(who)
            if other.id != turn and not _on_its_way(other, now)
        ]
        if not waiting:
            return page.response()
        renderer = await self._turns.renderer(who, waiting[0].id)
        return page.response([renderer.result_option()])

    def _adopted(self, turn: KakaoTurn) -> None:
        if _on_its_way(turn, datetime.now(UTC)):
            self._spawn(self._deliver(turn.who, turn.id, photo=True))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._late.add(task)
        task.add_done_callback(self._late.discard)

    async def _deliver(self, who: Who, turn: int, *, photo: bool) -> None:
        """Post the answer as soon as it is there; shortly before a minute, that it is not."""
        try:
            loop = asyncio.get_running_loop()
            until = loop.time() + self._timing.callback_s - self._timing.deadline_s
            await asyncio.sleep(self._timing.settle_s)
            pages = await self._turns.answered(turn, until)
            url = await self._table.use_callback(turn)
            if not url:
                return
            renderer = await self._turns.renderer(who, turn)
            page = pages[0] if pages else renderer.waiting(_notice(photo, callback=False))
            # Posted once, whatever becomes of it: what was not taken waits behind the button.
            if await self._callbacks.post(url, page.response().wire()) and pages:
                await self._table.show(turn)
        except Exception:
            log.exception("a late answer could not be sent; it waits to be fetched")


def _notice(photo: bool, *, callback: bool) -> str:
    if callback:
        return "kakao-reading-callback" if photo else "kakao-working-callback"
    return "kakao-reading" if photo else "kakao-working"


def _place(said: Said) -> tuple[int, int]:
    """Number of the turn (0: not named) and of the page."""
    _, number, place = [*said.text.split(":"), "", ""][:3]
    return _number(number), _number(place)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else 0


def _on_its_way(turn: KakaoTurn, now: datetime) -> bool:
    return bool(
        turn.callback_url
        and not turn.callback_used
        and turn.callback_until
        and turn.callback_until > now
    )
