"""No code on the photo: what was seen, where the code stands on this brand's tags, what to do."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator

from bot.pictures.brands import CodePlace, place_of
from bot.pictures.tag_sketch import sketch
from bot.sentences import Sentences
from bot.sentences.listing import listed
from bot.talk.types import Reply, Rows
from storage.types import Interaction

log = logging.getLogger(__name__)


async def nothing_found(say: Sentences, row: Interaction, rows: Rows) -> Reply:
    """The reply to a photo that showed no code. `rows` are the buttons."""
    seen = list(_seen(say, row))
    found = listed(say.language, seen) if seen else ""
    first = say("none-found-but", seen=found) if found else say("none-found")
    place = place_of(row.fields.brand)
    where = say(place.sentence, code=place.example)
    text = "\n".join((first, where, say("none-found-next", code=place.example)))
    return Reply(text, rows, image=await _drawn(place, row.fields.brand), interaction=row.id)


async def _drawn(place: CodePlace, brand: str | None) -> bytes | None:
    """A tag with the code's place marked, drawn off the event loop."""
    try:
        return await asyncio.to_thread(sketch, place, brand or "")
    except Exception:
        # The sentences say it, too: answer without the drawing.
        log.exception("the drawing of a tag failed")
        return None


def _seen(say: Sentences, row: Interaction) -> Iterator[str]:
    """What else was made out, the most telling first."""
    fields = row.fields
    kinds = (
        ("seen-barcode", row.barcodes or fields.barcodes),
        ("seen-sizes", fields.sizes),
        ("seen-price", fields.price_won is not None),
        ("seen-date", fields.dates),
        ("seen-colour", fields.colour),
        ("seen-origin", fields.made_in),
    )
    if fields.brand:
        yield say("seen-brand", brand=fields.brand)
    yield from (say(key) for key, found in kinds if found)
