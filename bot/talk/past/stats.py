"""What a person's own past comes to, in numbers; nothing about others."""

from __future__ import annotations

from bot.sentences import Sentences
from bot.talk.buttons import button
from bot.talk.desk import Desk, Turn
from bot.talk.prices.card import money
from bot.talk.types import Reply
from storage.past_types import PersonStats
from storage.types import SAID, Status


async def show_stats(desk: Desk, turn: Turn, argument: str) -> None:
    """Photos, codes, how often the first candidate was right, taps, brands, lowest prices."""
    stats = await desk.interactions.stats(turn.who)
    if not stats.photos and not stats.codes:
        await turn.replies.send(Reply(turn.say("stats-empty")))
        return
    rows = ((button(turn.say("history-button"), "hist", 0, 0),),) if stats.codes else ()
    await turn.replies.send(Reply("\n".join(_lines(turn.say, stats)), rows))


def _lines(say: Sentences, stats: PersonStats) -> list[str]:
    lines = [say("stats-title"), say("stats-photos", photos=stats.photos, codes=stats.codes)]
    said = sum(stats.statuses.get(status, 0) for status in SAID)
    if said:
        first = stats.statuses.get(Status.CONFIRMED, 0)
        lines.append(say("stats-first", first=first, said=said, percent=round(100 * first / said)))
    if mended := stats.statuses.get(Status.EDITED, 0):
        lines.append(say("stats-mended", mended=mended))
    if stats.taps is not None:
        lines.append(say("stats-taps", taps=stats.taps))
    if stats.brands:
        brands = (say("stats-brand", brand=brand, codes=codes) for brand, codes in stats.brands)
        lines.append(say("stats-brands", brands=", ".join(brands)))
    if stats.lowest:
        lines += ["", say("stats-lowest")]
        lines += [
            say("stats-find", code=code, price=money(say, price)) for code, price in stats.lowest
        ]
    return lines
