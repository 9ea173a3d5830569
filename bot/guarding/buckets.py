"""How often one address may do something: as much as fits at once, then evenly."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

from surroundings.addresses import party

_ADDRESSES_KNOWN = 10_000
"""That are counted, some 2 MB; who has more addresses is not stopped by counting."""
_MINUTE_S = 60.0


class Buckets:
    """Counts by address, in memory; of IPv6 a whole household is one address.

    Who has done nothing for a minute may do `per_minute` at once; then they come back evenly.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = monotonic) -> None:
        self._most = float(per_minute)
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        """How many addresses are counted."""
        return len(self._left)

    def take(self, address: str | None) -> float:
        """Count one; 0 where it is allowed, else the seconds until one will be."""
        whose, now = party(address), self._clock()
        left = self._now(whose, now)
        short = max(0.0, 1 - left) * _MINUTE_S / self._most
        self._keep(whose, left if short else left - 1, now)
        return short

    def give_back(self, address: str | None) -> None:
        """What was taken last shall not count."""
        whose, now = party(address), self._clock()
        self._keep(whose, self._now(whose, now) + 1, now)

    def _now(self, whose: str, now: float) -> float:
        left, since = self._left.pop(whose, (self._most, now))
        return min(self._most, left + (now - since) * self._most / _MINUTE_S)

    def _keep(self, whose: str, left: float, now: float) -> None:
        self._left[whose] = left, now
        if len(self._left) > _ADDRESSES_KNOWN:
            self._left.popitem(last=False)
