"""The conversation, the same on every channel.

All state lies in the database: a restart, an old button and a second process change nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime

from bot.sentences import LANGUAGES, language_of, sentences
from bot.talk.aside import Aside
from bot.talk.code.inline import answer_price
from bot.talk.code.typed import answer_text
from bot.talk.commands import PRESS_OF, FreePress, answer_command
from bot.talk.desk import Desk, Memory, NoCatalogue, Turn
from bot.talk.errors import BadButton, DeliveryError
from bot.talk.limits import over_limit
from bot.talk.manners import Manners
from bot.talk.photo.marking import answer_mark
from bot.talk.photo.photo_turn import answer_photo
from bot.talk.photo_queue import PhotoQueue
from bot.talk.ports import (
    Catalogue,
    CodeChecker,
    GoodsPictures,
    Interactions,
    People,
    Photos,
    Prices,
    Reader,
)
from bot.talk.turns import TurnLocks
from bot.talk.types import (
    CommandSent,
    Event,
    MarkSent,
    PhotoSent,
    Pressed,
    PriceAsked,
    Replies,
    Reply,
    TextSent,
)
from bot.talk.watches import watch_alerts
from storage.errors import DatabaseAway
from storage.types import Interaction, Who

log = logging.getLogger(__name__)

_LARGEST_ID = 2**63 - 1


class Conversation:
    """Answers events; `bot.talk.types.Handler` is what channels see of it."""

    def __init__(  # noqa: PLR0913, PLR0917 - the neighbours, each once
        self,
        reader: Reader,
        prices: Prices,
        interactions: Interactions,
        people: People,
        photos: Photos,
        clock: Callable[[], datetime],
        *,
        catalogue: Catalogue | None = None,
        manners: Manners | None = None,
        checker: CodeChecker | None = None,
        memory: Memory | None = None,
        pictures: GoodsPictures | None = None,
    ) -> None:
        """`clock` gives the time now, aware UTC. Without `manners` it always asks first.

        `checker` tells for doubtful readings which codes are on sale. `memory` has prices seen
        and watches. `pictures` has what goods look like.
        """
        self._turns = TurnLocks()
        self._aside = Aside(self._turns)
        self._desk = Desk(
            reader,
            prices,
            interactions,
            people,
            photos,
            clock,
            catalogue or NoCatalogue(),
            manners or Manners(),
            checker,
            memory or Memory(),
            self._aside,
            pictures,
            queue=PhotoQueue(manners.photo_wait_s if manners else 0.0),
        )
        self._sentences = {language: sentences(language) for language in LANGUAGES}

    async def settled(self) -> None:
        """Wait for what is still added to answers already given."""
        await self._aside.done()

    async def stop(self) -> None:
        """Add nothing more to answers already given."""
        await self._aside.stop()

    def busy_for(self) -> int:
        """Seconds after which another photo can be read in good time; 0: it can be now."""
        return self._desk.queue.busy_for()

    async def too_many(self, who: Who, key: str, waiting: int = 0) -> str | None:
        """What to tell a person whose photo need not even be taken; None: it may be.

        `waiting` are the person's photos taken before it that were not begun. Raises
        `storage.errors.DatabaseError`.
        """
        limit = await over_limit(self._desk, who, key, waiting)
        if limit is None:
            return None
        chosen = await self._desk.people.language(who)
        return limit.told(self._sentences[language_of(chosen, who.locale)])

    async def handle(self, who: Who, event: Event, replies: Replies) -> None:
        """Answer one event with at least one reply, in the order of the person's events.

        The same event handled twice changes things once. Raises only `DeliveryError`, from the
        sink, and `DatabaseAway`, for the channel to try again; anything else (a defect) is logged
        with its traceback, and the person gets an apology.
        """
        # Who asks for a price in another chat does not wait until a photo is read in this one.
        async with nullcontext() if isinstance(event, PriceAsked) else self._turns.of(who):
            turn = Turn(who, event.key, self._sentences[language_of(None, who.locale)], replies)
            try:
                chosen = await self._desk.people.language(who)
                say = self._sentences[language_of(chosen, who.locale)]
                turn = Turn(who, event.key, say, replies)
                await self._answer(turn, event)
                if not isinstance(event, PriceAsked):
                    await watch_alerts.tell_waiting(self._desk, turn)
            except BadButton as error:
                log.info("a press makes no sense: %s", error)
                await _notice(turn, "button-old")
            except (DeliveryError, DatabaseAway):
                raise
            except Exception:
                log.exception("an event could not be handled")
                await turn.replies.send(Reply(turn.say("trouble")))

    async def _answer(self, turn: Turn, event: Event) -> None:
        match event:
            case PhotoSent():
                await answer_photo(self._desk, turn, event, _kept(event.caption))
            case TextSent():
                await answer_text(self._desk, turn, replace(event, text=_kept(event.text)))
            case CommandSent():
                await answer_command(self._desk, turn, event.name, _kept(event.argument))
            case Pressed():
                await self._pressed(turn, event)
            case MarkSent():
                await self._marked(turn, event)
            case PriceAsked():
                await answer_price(self._desk, turn, _kept(event.text))

    async def _pressed(self, turn: Turn, event: Pressed) -> None:
        press = PRESS_OF.get(event.verb)
        if press is None:
            raise BadButton("unknown verb")
        if isinstance(press, FreePress):
            await press.answer(self._desk, turn, event.argument)
            return
        row = await self._own_row(turn.who, event.interaction)
        if row is None:
            await _notice(turn, "button-not-yours")
        else:
            await press.answer(self._desk, turn, row, event.argument)

    async def _marked(self, turn: Turn, event: MarkSent) -> None:
        row = await self._own_row(turn.who, event.interaction)
        if row is None:
            await _notice(turn, "button-not-yours")
        else:
            await answer_mark(self._desk, turn, row, event.corners)

    async def _own_row(self, who: Who, interaction: int) -> Interaction | None:
        """The row if it is the person's; whether another's exists is not told."""
        if not 0 < interaction <= _LARGEST_ID:
            return None
        row = await self._desk.interactions.get(interaction)
        return row if row is not None and row.who == who else None


def _kept(text: str) -> str:
    """Without NUL characters: nobody sees them, and not every database takes them."""
    return text.replace("\0", "")


async def _notice(turn: Turn, key: str) -> None:
    text = turn.say(key)
    await turn.replies.send(Reply("", toast=text))
