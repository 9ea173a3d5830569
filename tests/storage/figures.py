"""The operator's figures counted by hand, and photos to count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from storage.overview_types import By, FigureRow, day_of
from storage.store import Store
from storage.tables.overview import Overview, total
from storage.tables.rows import mutable
from storage.types import Interaction, Status, StoredCandidate, Who
from stylecode import brand_of, key
from tests.storage.contract import MINA

NOW = datetime(2026, 11, 18, 3, tzinfo=UTC)  # Wednesday noon in Korea
TODAY = day_of(NOW)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
WAYS: tuple[By, ...] = ("day", "week", "brand", "channel", "version")
CODES = ["DD1391-100", "DD1391 100", "dd1391.100", "FU9006", "CW2288-111"]
EVER = (date(2026, 1, 1), TODAY)


def candidates(codes: Sequence[str]) -> tuple[StoredCandidate, ...]:
    return tuple(StoredCandidate(code, 0.5) for code in codes)


def by_hand(row: Interaction) -> FigureRow:
    """What one row counts."""
    photo = bool(row.photo or row.models or row.status in {Status.NONE_FOUND, Status.FAILED})
    read = photo and row.status is not Status.FAILED
    answered = read and bool(row.candidates)
    said = answered and row.code is not None
    first = row.current[0].code if row.current else ""
    right = said and (row.status is Status.CONFIRMED or key(first) == key(row.code or ""))
    auto = answered and row.auto_code is not None
    tapped = photo and row.shown_code is not None and row.taps is not None
    return FigureRow(
        "",
        photos=photo,
        answered=answered,
        unmended=right,
        corrected=said and not right,
        refused=answered and row.status is Status.REFUSED,
        none_found=read and not answered,
        failed=photo and row.status is Status.FAILED,
        auto=auto,
        auto_wrong=auto and said and key(row.auto_code or "") != key(row.code or ""),
        taps=(row.taps or 0) if tapped else 0,
        tapped=tapped,
        typed=row.status is Status.TYPED and not photo,
    )


def name_of(row: Interaction, by: By) -> str:
    day = day_of(row.created_at)
    names: dict[By, str] = {
        "day": day.isoformat(),
        "week": (day - day.weekday() * DAY).isoformat(),
        "brand": mutable(row)["brand"] or (brand_of(row.current[0].code) if row.current else ""),
        "channel": row.who.channel,
        "version": row.models.get("reader", ""),
    }
    return names[by]


def summed(rows: Iterable[Interaction], by: By) -> dict[str, FigureRow]:
    groups: dict[str, list[FigureRow]] = {}
    for row in rows:
        if (one := by_hand(row)) != FigureRow(""):
            groups.setdefault(name_of(row, by), []).append(one)
    return {name: total(name, found) for name, found in groups.items()}


async def agrees(overview: Overview, rows: Sequence[Interaction]) -> None:
    for by in WAYS:
        found = await overview.figures(*EVER, by)
        assert {row.name: row for row in found} == summed(rows, by)


async def sent(
    store: Store, at: datetime, who: Who = MINA, status: Status = Status.READ, **values: object
) -> Interaction:
    row, _ = await store.interactions.begin(who, f"{who.user}-{at.isoformat()}", at)
    row = replace(
        row, photo="ab" * 32, candidates=candidates(CODES[:1]), status=status, updated_at=at
    )
    row = replace(row, **values)  # type: ignore[arg-type]
    await store.interactions.save(row)
    return row
