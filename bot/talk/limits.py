"""How many photos one person may send. Counted in the database: it holds over processes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.sentences import Sentences
from bot.talk.desk import KST, Desk
from storage.types import Who

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """How many photos, and the sentence that tells it."""

    sentence: str
    most: int

    def told(self, say: Sentences) -> str:
        """To the person."""
        return say(self.sentence, most=self.most)


async def over_limit(desk: Desk, who: Who, key: str, waiting: int = 0) -> Limit | None:
    """The limit that a person's photo is beyond; None where it may be read.

    A photo that was let in before stays in, and one that is too many makes no row: it does not
    put the next one off. `waiting` are photos that were taken before it and have no row yet. The
    day begins at midnight in Korea.
    """
    manners, now = desk.manners, desk.clock()
    midnight = now.astimezone(KST).replace(hour=0, minute=0, second=0, microsecond=0)
    for most, since, sentence in (
        (manners.photos_per_day, midnight, "limit-day"),
        (manners.photos_per_minute, now - _MINUTE, "limit-minute"),
    ):
        if most and await desk.interactions.photos_since(who, since, key) + waiting >= most:
            known = await desk.interactions.find(who, key)
            return None if known else Limit(sentence, most)
    return None
