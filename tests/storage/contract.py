"""The two people, the tables and the values that the contract tests share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from bot.talk.ports import Interactions, People, Photos
from storage.types import StoredBarcode, StoredOffer, StoredQuote, Who

BACKENDS = ["sqlite", "postgresql"]
# For what only a file has: its bytes, its pragmas, its query plans.
on_sqlite = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("backend", ["postgresql"], indirect=True)

NOW = datetime(2024, 5, 17, 9, 30, 15, 123456, tzinfo=UTC)
MINA = Who("telegram", "7", "ko")
JUN = Who("telegram", "8")


@dataclass
class Parts:
    interactions: Interactions
    people: People
    photos: Photos


def barcode(text: str, kind: str = "UPC-A") -> StoredBarcode:
    return StoredBarcode(kind, text, ((1.5, 2.0), (90.0, 2.0), (90.0, 40.0), (1.5, 40.25)))


def quote(source: str, *prices: int) -> StoredQuote:
    offers = tuple(
        StoredOffer(f"신발 {price}", price, f"https://example.com/{price}", "가게")
        for price in prices
    )
    return StoredQuote(source, source.title(), "ok", NOW, offers)
