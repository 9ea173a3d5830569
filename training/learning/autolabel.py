"""Weak labels without anybody's word: both readers agree, and a shop knows the code."""

from __future__ import annotations

from datetime import datetime

from storage.label_types import PhotoLabel, PhotoVerdict, TaughtPhoto
from storage.store import Store
from storage.types import SAID
from stylecode import key as code_key

AUTHOR = "agreeing readers"


async def autolabel(store: Store, now: datetime) -> int:
    """Label what can be; how many photos. Those that somebody spoke of are left to that word."""
    count = after = 0
    while photos := await store.labels.lessons(after):
        after = photos[-1].row.id
        for photo in photos:
            code = agreed(photo)
            if code and (evidence := await _known(store, photo.row.id, code)):
                told = f"both readers say so; {evidence}"
                label = PhotoLabel(AUTHOR, PhotoVerdict.CODE, now, code, weak=True, evidence=told)
                count += await store.labels.add(photo.row.id, label)
    return count


def agreed(photo: TaughtPhoto) -> str:
    """The code that both readers read in its line, "" where they did not or somebody spoke."""
    row = photo.row
    if photo.labels or row.status in SAID or not row.current:
        return ""
    first = row.current[0]
    lines = [one for one in photo.reading.at(first.quad) if len(one.said) > 1]
    same = any(all(code_key(first.code) in code_key(text) for text in line.said) for line in lines)
    return first.code if same else ""


async def _known(store: Store, interaction: int, code: str) -> str:
    """Who knows the code: the own list, or a source that had offers for it."""
    if await store.catalogue.known([code]):
        return "the price list has it"
    quotes = await store.interactions.quotes(interaction)
    sources = sorted({quote.source for quote in quotes if quote.state == "ok" and quote.offers})
    return f"offers from {', '.join(sources)}" if sources else ""
