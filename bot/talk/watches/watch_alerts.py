"""When a price has fallen far enough, and how the person hears of it."""

from __future__ import annotations

import logging

from bot.sentences import Sentences
from bot.talk.buttons import button
from bot.talk.desk import Desk, Turn
from bot.talk.prices.card import money
from bot.talk.prices.pricing import LABEL_LENGTH
from bot.talk.types import Choice, Reply
from lookup.link import naver_link
from lookup.types import PriceAnswer
from storage.watch_types import Watch

log = logging.getLogger(__name__)


def fell(watch: Watch, won: int) -> bool:
    """Whether a person is to hear of this price.

    A price named by the person: whenever it lies below, first; any fall: by 1 % or 1,000 won from
    where the watch began. Once they heard of a price, only one as much lower counts again.
    """
    if watch.alerted_won is not None:
        lower = _clearly_below(won, watch.alerted_won)
        return lower and (watch.below_won is None or won < watch.below_won)
    if watch.below_won is not None:
        return won < watch.below_won
    return watch.start_won is not None and _clearly_below(won, watch.start_won)


def alert(say: Sentences, watch: Watch, won: int, answer: PriceAnswer | None = None) -> Reply:
    """The message about a price that fell; `answer` has where it is sold, where that is at hand."""
    earlier = watch.alerted_won or watch.start_won
    text = say("watch-alert", code=watch.code, price=money(say, won))
    if earlier is not None and earlier > won:
        text += "\n" + say(
            "watch-alert-before",
            price=money(say, earlier),
            difference=money(say, earlier - won),
        )
    best = answer.best if answer else None
    rows: list[tuple[Choice, ...]] = []
    if best is not None and best.link.startswith(("https://", "http://")):
        mall = " ".join(best.mall.split())
        label = say("offer-button", price=money(say, best.price_won), mall=mall)
        rows.append((Choice(label[:LABEL_LENGTH], url=best.link),))
    rows.append((Choice(say("naver-button"), url=naver_link(watch.code)),))
    rows.append((button(f"🔕 {say('unwatch-button')}", "unwatch", 0, watch.id),))
    return Reply(text, tuple(rows), code=watch.code)


async def tell_waiting(desk: Desk, turn: Turn) -> None:
    """Tell what could not be sent when it happened, once."""
    if desk.memory.watches is None:
        return
    try:
        waiting = await desk.memory.watches.waiting(turn.who, turn.key)
    except Exception:  # the answer itself was given
        log.exception("waiting alerts cannot be read")
        return
    for watch in waiting:
        if watch.waiting_won is not None:
            await turn.replies.send(alert(turn.say, watch, watch.waiting_won))


def _clearly_below(won: int, earlier: int) -> bool:
    fall = earlier - won
    return fall >= 1_000 or (fall > 0 and fall * 100 >= earlier)
