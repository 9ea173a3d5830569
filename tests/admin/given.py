"""Photos that people sent, as the conversation keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

from storage.store import Store
from storage.types import (
    Interaction,
    Quad,
    Status,
    StoredBarcode,
    StoredCandidate,
    StoredOffer,
    StoredQuote,
    StoredReading,
    StoredRegion,
    Who,
)
from tests.fakes.reader import QUAD, tag_jpeg

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
MINJI, JUN = Who("telegram", "1"), Who("web", "2")
OTHER: Quad = ((40.0, 140.0), (200.0, 140.0), (200.0, 170.0), (40.0, 170.0))
MODELS = {"finder": "f-3", "reader": "r-7", "witness": "w-1"}
XSS = "<script>alert(1)</script>"
_keys = count(1)


async def photo(
    store: Store,
    *codes: str,
    who: Who = MINJI,
    consent: bool | None = True,
    confidence: float = 0.6,
    said: Mapping[str, tuple[str, ...]] | None = None,
    status: Status = Status.READ,
    code: str | None = None,
    models: Mapping[str, str] = MODELS,
) -> Interaction:
    """A row with a photo; `said` are lines by what our reader read, with what each reader did."""
    if consent is not None:
        await store.people.answer_consent(who, consent, NOW)
    row, _ = await store.interactions.begin(who, f"sent-{next(_keys)}", NOW)
    digest = await store.photos.put(tag_jpeg(codes[0] if codes else "") + bytes([row.id % 256]))
    lines = said if said is not None else {text: (text, text) for text in codes}
    places = (QUAD, OTHER)
    regions = tuple(
        StoredRegion(places[at % 2], text, 0.9, each)
        for at, (text, each) in enumerate(lines.items())
    )
    candidates = tuple(
        StoredCandidate(text, round(confidence / (at + 1), 4), QUAD if at == 0 else OTHER)
        for at, text in enumerate(codes)
    )
    row = replace(
        row,
        photo=digest,
        candidates=candidates,
        status=status,
        code=code,
        models=dict(models),
        timings_ms={"find": 81.5, "read": 40.0},
        barcodes=(StoredBarcode("EAN13", "8801234567890", OTHER),),
        reading=StoredReading(regions, tuple((("known", 2.5), ("size", -0.25)) for _ in codes)),
    )
    await store.interactions.save(row)
    return row


async def priced(store: Store, row: Interaction, mall: str = "A shop") -> None:
    offer = StoredOffer("A shoe", 118_900, "https://shop.example/1", mall)
    await store.interactions.add_quotes(
        row.id, [StoredQuote("naver", "Naver", "ok", NOW, (offer,))]
    )
