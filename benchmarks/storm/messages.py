"""What was sent to the bot, and what became of each message."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count

from bot.sentences import LANGUAGES, sentences

SHOPPER_PATIENCE_S = 150.0
"""How long a person waits for one answer: three starts of the process, and a database away."""

SORRY = frozenset(
    sentences(language)(key)
    for language in LANGUAGES
    for key in ("trouble", "telegram-gave-up", "web-failed", "photo-not-fetched")
)
"""What is no answer."""

_STORM_CODE = re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d{4}-\d{3}(?!\d)")


@dataclass(slots=True)
class StormMessage:
    """One message; `answers` are the bot's messages to it as they stand in the end.

    Times are of `time.monotonic`; `busy` is when the person was told to come again later.
    """

    kind: str  # text, photo or press
    key: str = ""
    code: str = ""
    sent: float = field(default_factory=time.monotonic)
    answered: float = 0.0
    busy: float = 0.0
    answers: int = 0
    trouble: str = ""
    sorry: bool = False
    """An apology is among its answers."""

    @property
    def took_s(self) -> float:
        """Seconds to its answer."""
        return self.answered - self.sent

    def done(self) -> None:
        """It is answered now."""
        self.answered = self.answered or time.monotonic()


class Codes:
    """Style codes of which each belongs to one person alone."""

    def __init__(self) -> None:
        self._next = count()

    def fresh(self) -> str:
        """A code that nobody else was given: two letters, four digits, three digits."""
        number = next(self._next)
        rest, low = divmod(number, 900)
        first, second = divmod(rest, 26)
        letters = chr(ord("A") + first % 26) + chr(ord("A") + second)
        return f"{letters}{1000 + number % 9000}-{100 + low}"


def codes_in(texts: Iterable[str]) -> set[str]:
    """All codes of that form in what a person saw."""
    return {code for text in texts for code in _STORM_CODE.findall(text)}


def percentile(values: Sequence[float], share: float) -> float:
    """The value that so much of them is not above; 0 where there are none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def verdicts(messages: Iterable[StormMessage], calm: dict[str, int]) -> Counter[str]:
    """How many were answered "once", "twice" (or more), "in part", "never" or
    "with an apology".
    """
    return Counter(_verdict(message, calm[message.kind]) for message in messages)


def _verdict(message: StormMessage, usual: int) -> str:
    if message.trouble or not message.answered or not message.answers:
        return "never"
    if message.sorry:
        return "with an apology"
    if message.answers == usual:
        return "once"
    return "twice" if message.answers > usual else "in part"
