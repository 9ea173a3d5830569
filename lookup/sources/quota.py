"""How many calls a service grants, in which period, and a book for one process."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta, timezone
from enum import StrEnum

from lookup.types import Usage

KST = timezone(timedelta(hours=9))  # Korea keeps no summer time


class Period(StrEnum):
    """How long a quota counts before it starts anew."""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Quota:
    """`calls` (0: no limit) in each period of the service's own clock, shared by one `bucket`."""

    bucket: str
    calls: int = 0
    period: Period = Period.DAY
    zone: timezone = KST

    def named(self, now: datetime) -> str:
        """The period that `now` lies in: 2026-11-21, or 2026-11."""
        local = now.astimezone(self.zone)
        return f"{local:%Y-%m-%d}" if self.period is Period.DAY else f"{local:%Y-%m}"

    def ends(self, now: datetime) -> datetime:
        """When the next period begins, in UTC."""
        today = now.astimezone(self.zone).date()
        if self.period is Period.DAY:
            first = today + timedelta(days=1)
        else:
            first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
        return datetime.combine(first, time(), self.zone).astimezone(UTC)

    def gone(self, now: datetime) -> float:
        """The share (0..1) of the period that has passed."""
        ends = self.ends(now)
        last = (ends - timedelta(seconds=1)).astimezone(self.zone).date()
        first = last if self.period is Period.DAY else last.replace(day=1)
        begins = datetime.combine(first, time(), self.zone)
        return (now - begins) / (ends - begins)


def next_midnight(now: datetime, zone: timezone = KST) -> datetime:
    """The coming midnight of a zone, in UTC."""
    return Quota("", zone=zone).ends(now)


class MemoryBook:
    """A quota book that lives as long as the process; for the command line and single processes."""

    def __init__(self) -> None:
        self._used: dict[tuple[str, str], Usage] = {}

    async def take(self, bucket: str, period: str, limit: int, now: datetime) -> bool:
        """Count one call, unless nothing is left."""
        used = await self.used(bucket, period)
        spent = used.spent_until is not None and now < used.spent_until
        if spent or (limit and used.calls >= limit):
            return False
        self._used[bucket, period] = replace(used, calls=used.calls + 1)
        return True

    async def spend(self, bucket: str, period: str, until: datetime) -> None:
        """The service says that nothing is left until then."""
        self._used[bucket, period] = replace(await self.used(bucket, period), spent_until=until)

    async def used(self, bucket: str, period: str) -> Usage:
        """What is counted so far."""
        return self._used.get((bucket, period), Usage())
