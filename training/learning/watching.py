"""Whether people correct a new version more often than the one before: then it goes back.

A control chart of shares (W. Shewhart 1931, the p-chart): the share that people corrected since
the version serves, against three standard deviations above that of the weeks before.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from recognizer.store.model_store import ModelStore
from storage.store import Store
from storage.tables.corrected import Corrected

BEFORE = timedelta(days=28)
"""How long before a version's promotion people's corrections tell what is usual."""

WATCHED = timedelta(days=1)
"""How long after it a version goes back by itself; later it is an operator's to judge."""

LEAST_SAID = 30  # readings that people confirmed or corrected; of fewer nothing is concluded
SIGMAS = 3.0  # one sound version in seven hundred goes back by chance


@dataclass(frozen=True, slots=True)
class Watched:
    """What people said before and since; `limit` is the share above which a version goes back."""

    version: str
    before: Corrected
    since: Corrected
    limit: float

    @property
    def goes_back(self) -> bool:
        """Whether too many were corrected."""
        return self.since.said >= LEAST_SAID and self.since.share > self.limit

    def told(self) -> str:
        """One line."""
        return (
            f"version {self.version}: {self.since.share:.1%} of {self.since.said} corrected since, "
            f"{self.before.share:.1%} of {self.before.said} before; the limit is {self.limit:.1%}"
        )


async def watched(store: Store, versions: ModelStore, now: datetime) -> Watched | None:
    """The version that serves, where it is young enough; None: nothing to watch."""
    current = versions.current()
    if current is None or current.by != "promote" or now - current.since > WATCHED:
        return None
    before = await store.corrected.between(current.since - BEFORE, current.since)
    since = await store.corrected.between(current.since, now)
    return Watched(current.version, before, since, limit(before, since))


def limit(before: Corrected, since: Corrected) -> float:
    """The control limit; 1 where too little was said before to know what is usual."""
    if before.said < LEAST_SAID or not since.said:
        return 1.0
    usual = before.share
    return min(1.0, usual + SIGMAS * math.sqrt(usual * (1 - usual) / since.said))
