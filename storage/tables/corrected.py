"""How often people corrected what was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from storage import codec, schema
from storage.database import Database
from storage.types import SAID, Status
from stylecode import key as code_key

_rows = schema.interactions
_ROWS_AHEAD = 500  # rows that are read in one go


@dataclass(frozen=True, slots=True)
class Corrected:
    """How many readings people spoke of, and how many of these were not what they said."""

    said: int
    wrong: int

    @property
    def share(self) -> float:
        """The share (0..1) that was wrong; 0 where nobody said anything."""
        return self.wrong / self.said if self.said else 0.0


class CorrectedTable:
    """Counts over `interactions`. Raises `storage.errors.DatabaseError`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def between(self, since: datetime, until: datetime) -> Corrected:
        """Of photos read from `since` on and before `until`."""
        spoken = [status.value for status in (*SAID, Status.REFUSED)]
        query = (
            sa.select(_rows.c.code, _rows.c.candidates, _rows.c.lead, _rows.c.status)
            .where(_rows.c.created_at >= since, _rows.c.created_at < until)
            .where(_rows.c.photo.is_not(None), _rows.c.status.in_(spoken))
        )
        said = wrong = 0
        async with self._database.read() as connection:
            options = {"yield_per": _ROWS_AHEAD}
            async with connection.stream(query, execution_options=options) as rows:
                async for row in rows:
                    said += 1
                    shown = codec.candidates_from_json(row.candidates)[row.lead :]
                    first = code_key(shown[0].code) if shown else ""
                    wrong += row.code is None or code_key(row.code) != first
        return Corrected(said, wrong)
