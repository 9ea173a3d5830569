"""What is kept of a person beside their rows, for an export."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from storage.tables.kept import Kept
from storage.types import Who
from storage.watch_types import Watch


class KeptOf(Protocol):
    """Knows what is kept of a person; `storage.tables.kept.KeptTables` is the real one."""

    async def of(self, who: Who) -> Kept:
        """Settings, watches and searches."""
        ...


def person_as_json(channel: str, kept: Kept, now: datetime) -> dict[str, Any]:
    """The person of a JSON export, exported `now`; times as ISO 8601."""
    return {
        "channel": channel,
        "language": kept.language,
        "training_consent": kept.consent.given,
        "training_consent_at": time_of(kept.consent.at),
        "watches": [_watch(watch) for watch in kept.watches],
        "searches": [
            {"term": search.term, "used_at": time_of(search.used_at)} for search in kept.searches
        ],
        "told": [{"topic": told.topic, "day": told.day.isoformat()} for told in kept.told],
        "exported_at": time_of(now),
    }


def time_of(at: datetime | None) -> str | None:
    """ISO 8601, None where there is none."""
    return None if at is None else at.isoformat()


def _watch(watch: Watch) -> dict[str, Any]:
    return {
        "code": watch.code,
        "active": watch.active,
        "changed_at": time_of(watch.changed_at),
        "below_won": watch.below_won,
        "start_won": watch.start_won,
        "last_won": watch.last_won,
        "checked_at": time_of(watch.checked_at),
        "alerted_won": watch.alerted_won,
        "alerted_at": time_of(watch.alerted_at),
        "waiting_won": watch.waiting_won,
    }
