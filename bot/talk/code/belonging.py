"""Which photo a typed code belongs to, if any: the word of its sender about this very photo.

A code that is typed for the next shoe must not become the label of the one before: it would name
that photo's barcode for other people, too. So a photo takes a typed code only where a correction
is open, where the text answers the photo's message, where the code is near one that was read
there, or where nothing was found (or all was refused) and the code follows at once.
"""

from __future__ import annotations

from datetime import timedelta

from bot.talk.code.choosing import said_status
from bot.talk.desk import Desk, Turn
from bot.talk.row_marks import met
from bot.talk.types import TextSent
from storage.types import Interaction, Status, StoredCandidate
from stylecode import key
from stylecode.tag.labels import skeleton

RECENT = timedelta(minutes=10)
"""How long a photo waits for its code to be mended."""

FOLLOWS_WITHIN = timedelta(minutes=3)
"""How long a photo without a code takes one that is typed: time to look at the tag again."""

_SHORT = 7  # letters and digits of codes that one wrong character leaves alike, not two
_TELLING_BEGINNING = 5  # letters and digits that tell what the rest belongs to


async def row_meant(desk: Desk, turn: Turn, event: TextSent, code: str) -> Interaction | None:
    """The row that the code is said of; None where it is one of its own."""
    if event.interaction:
        row = await desk.interactions.get(event.interaction)
        if row is not None and row.who == turn.who:
            return row
    latest = await desk.interactions.latest(turn.who)
    if latest is None or await desk.interactions.find(turn.who, turn.key) is not None:
        return None
    if met(latest, turn):  # this very text, handled before a restart
        return latest
    return latest if _belongs(desk, latest, code) else None


def status_said(row: Interaction, code: str) -> Status:
    """What the person makes of a row by saying this code."""
    places = [at for at, each in enumerate(row.current) if key(each.code) == key(code)]
    candidate = row.current[places[0]] if places else None
    return said_status(row, candidate, first=0 in places)


def near(code: str, candidates: tuple[StoredCandidate, ...]) -> bool:
    """Whether a code is nearly one of the candidates: a character or two, or one begins the other.

    Characters that print alike count as the same.
    """
    return any(_near(key(code), key(candidate.code)) for candidate in candidates)


def _belongs(desk: Desk, row: Interaction, code: str) -> bool:
    since = desk.clock() - (row.updated_at or row.created_at)
    if since > RECENT:
        return False
    if row.draft is not None:
        return True
    if row.photo is None or row.code is not None:
        return False
    if row.auto_code is not None and row.status is Status.READ:
        # Its prices came along: the next code is the next shoe's, unless it is the same.
        return key(row.auto_code) == key(code)
    nothing = not row.current or row.status is Status.REFUSED
    return (nothing and since <= FOLLOWS_WITHIN) or near(code, row.current)


def _near(one: str, other: str) -> bool:
    if min(len(one), len(other)) >= _TELLING_BEGINNING and (
        one.startswith(other) or other.startswith(one)
    ):
        return True
    most = 1 if min(len(one), len(other)) <= _SHORT else 2
    return _distance(skeleton(one), skeleton(other), most) <= most


def _distance(one: str, other: str, most: int) -> int:
    """Characters to change, add or leave out to make two texts one (beyond `most`: about)."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    row = list(range(len(other) + 1))
    for at, char in enumerate(one, 1):
        before, row[0] = row[0], at
        for place, second in enumerate(other, 1):
            change = before + (char != second)
            before, row[place] = row[place], min(change, row[place] + 1, row[place - 1] + 1)
    return row[-1]
