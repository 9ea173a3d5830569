"""How many photos one person may send. Counted in the database: it holds over processes."""

from __future__ import annotations

from datetime import timedelta

from bot.talk.desk import KST, Desk, Turn

_MINUTE = timedelta(minutes=1)


async def over_limit(desk: Desk, turn: Turn) -> str | None:
    """What to tell a person whose photo is one too many; None where it may be read.

    A photo that was let in before stays in, and one that is too many makes no row: it does not
    put the next one off. The day begins at midnight in Korea.
    """
    manners, now = desk.manners, desk.clock()
    midnight = now.astimezone(KST).replace(hour=0, minute=0, second=0, microsecond=0)
    for most, since, sentence in (
        (manners.photos_per_day, midnight, "limit-day"),
        (manners.photos_per_minute, now - _MINUTE, "limit-minute"),
    ):
        if most and await desk.interactions.photos_since(turn.who, since, turn.key) >= most:
            known = await desk.interactions.find(turn.who, turn.key)
            return None if known else turn.say(sentence, most=most)
    return None
