"""What a tag says beside its code, in one line: "태그: Nike · 270 mm / US 9 · 베트남 · 2024-03"."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from functools import cache

from babel import Locale

from bot.sentences import Sentences
from bot.talk.prices.card import money
from stylecode import PrintedDate, TagFields
from stylecode.fields.origin import COUNTRY_CODES
from stylecode.fields.types import LENGTHS

LIMIT = 160
"""Characters of the whole line; what does not fit is left out, from its end."""

_MOST_SIZES = 3
_COLOUR_LENGTH = 28  # characters
# The systems that say most to people who speak this language, first; all know millimetres.
_SYSTEMS = {"ko": ("US", "EUR", "UK"), "en": ("US", "UK", "EUR")}


def tag_line(say: Sentences, fields: TagFields) -> str:
    """The line, with only what was found; empty where that is nothing but the brand."""
    parts = list(_parts(say, fields))
    return "" if parts == [fields.brand] else _fitting(say, parts)


def _parts(say: Sentences, fields: TagFields) -> Iterator[str]:
    if fields.brand:
        yield fields.brand
    if fields.sizes:
        yield _sizes(say.language, fields)
    if fields.colour:
        yield _cut(fields.colour, _COLOUR_LENGTH)
    if fields.made_in:
        yield say("tag-made-in", country=_country(say.language, fields.made_in))
    if fields.dates:
        yield _date(next((one for one in fields.dates if one.first), fields.dates[0]))
    if fields.price_won is not None:
        yield say("tag-price", price=money(say, fields.price_won))
    if fields.barcodes:
        yield say("tag-barcode", digits=fields.barcodes[0])


def _sizes(language: str, fields: TagFields) -> str:
    """Millimetres, and of the other systems those that are known best, in the order of the tag."""
    length = fields.millimetres
    told = [] if length is None else [f"{length} mm"]
    sizes = {system: value for system, value in fields.sizes if system not in LENGTHS}
    known = _SYSTEMS.get(language, _SYSTEMS["en"])
    ranked = sorted(sizes, key=lambda system: known.index(system) if system in known else 9)
    shown = ranked[: _MOST_SIZES - len(told)]
    told += [f"{system} {value}" for system, value in sizes.items() if system in shown]
    return " / ".join(told)


@cache
def _country(language: str, name: str) -> str:
    """The country in the language; its English name where that is all there is."""
    territory = Locale.parse(language).territories.get(COUNTRY_CODES.get(name, ""))
    return str(territory or name)


def _date(printed: PrintedDate) -> str:
    first, last = printed.first, printed.last
    if first is None or last is None:
        return printed.printed
    if first == last:
        return f"{first:%Y-%m-%d}"
    if first.day == 1 and last == last.replace(day=monthrange(last.year, last.month)[1]):
        months = dict.fromkeys((f"{first:%Y-%m}", f"{last:%Y-%m}"))
        return " ~ ".join(months)
    return f"{first:%Y-%m-%d} ~ {last:%Y-%m-%d}"


def _fitting(say: Sentences, parts: list[str]) -> str:
    for count in range(len(parts), 0, -1):
        line = say("tag-line", fields=" · ".join(parts[:count]))
        if len(line) <= LIMIT:
            return line
    return ""


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
