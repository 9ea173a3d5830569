"""No code on the photo: what was seen, where the code stands on this brand's tags, what to do."""

from __future__ import annotations

from collections.abc import Iterator

from babel.lists import format_list

from bot.brands import place_of
from bot.sentences import Sentences
from bot.types import Choice, Reply
from storage.types import Interaction


def nothing_found(say: Sentences, row: Interaction, rows: tuple[tuple[Choice, ...], ...]) -> Reply:
    """The reply to a photo that showed no code. `rows` are the buttons."""
    seen = list(_seen(say, row))
    found = format_list(seen, locale=say.language) if seen else ""
    first = say("none-found-but", seen=found) if found else say("none-found")
    place = place_of(row.fields.brand)
    where = say(place.sentence, code=place.example)
    text = "\n".join((first, where, say("none-found-next", code=place.example)))
    return Reply(text, rows, interaction=row.id)


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
