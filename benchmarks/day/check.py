"""What the database and the photos say at the end of a simulated day, read without the bot."""

from __future__ import annotations

import asyncio
from pathlib import Path

import sqlalchemy as sa

from benchmarks.day.report import Day, Size
from storage import schema
from storage.store import Store
from storage.types import Status

_rows, _quotes = schema.interactions, schema.quotes
_COME = (_rows.c.id, _rows.c.photo, _rows.c.status)


async def look_back(day: Day, store: Store, photos: Path, told: list[object]) -> None:
    """Note what is lost, which answers were shown, and who was told about a price."""
    here = await asyncio.to_thread(lambda: {file.stem for file in photos.glob("*/*/*.jpg")})
    async with store.database.read() as connection:
        rows = (await connection.execute(sa.select(*_COME))).all()
        states = sa.select(_quotes.c.source, _quotes.c.state, sa.func.count())
        grouped = states.group_by(_quotes.c.source, _quotes.c.state)
        shown = (await connection.execute(grouped)).all()
    day.states.update({(source, state): number for source, state, number in shown})
    for row in rows:
        if row.photo is not None and row.photo not in here:
            day.lost.append(f"photo of row {row.id}")
        if row.status == Status.NONE_FOUND:
            day.lost.append(f"row {row.id}: the typed code")
    if len(rows) < day.photos:
        day.lost.append(f"{day.photos - len(rows)} rows")
    day.alerts = len(told)
    if len(set(told)) != day.alerts:
        day.lost.append("somebody was told twice")


def size_now(tasks: int) -> Size:
    """How large this process is now; zeros where the kernel does not tell."""
    status, handles = Path("/proc/self/status"), Path("/proc/self/fd")
    if not status.exists():
        return Size(0.0, 0, tasks)
    told = dict(line.split(":", 1) for line in status.read_text("ascii").splitlines())
    memory_kb = float(told["VmRSS"].split()[0])
    return Size(memory_kb / 1024, sum(1 for _ in handles.iterdir()), tasks)
