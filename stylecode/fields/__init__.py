"""What a tag says beside its style code: brand, sizes, colour, origin, dates, barcodes, price."""

from __future__ import annotations

from collections.abc import Sequence

from stylecode.fields.barcodes import barcode_spans, barcodes_of, is_gtin
from stylecode.fields.colours import colour_of
from stylecode.fields.dates import dates_of
from stylecode.fields.layout import FieldRow, code_spans, rows_of
from stylecode.fields.origin import made_in_of
from stylecode.fields.prices import price_of
from stylecode.fields.sizes import sizes_of
from stylecode.fields.types import PrintedDate, TagFields
from stylecode.grammar.normalise import brands_of
from stylecode.tag.brand_words import brands_in
from stylecode.tag.labels import skeleton
from stylecode.types import ReadLine

__all__ = ["PrintedDate", "TagFields", "fields_of", "is_gtin"]


def fields_of(
    lines: Sequence[ReadLine], barcodes: Sequence[str] = (), code: str | None = None
) -> TagFields:
    """What the lines say, in whatever order they are given; nothing that is not printed there.

    `barcodes` are what a barcode reader saw on the same photo; those that are no GTIN are left
    out. `code` is the style code of the tag, where known: its characters are no size or date, and
    its shape tells the brand where no brand word is read. Never raises.
    """
    rows = [row.without(code_spans(row.text, code)) for row in rows_of(lines)]
    brand = _brand(rows, code)
    numbers = barcodes_of(rows, barcodes)
    rest = [row.without(barcode_spans(row)) for row in rows]
    return TagFields(
        brand=brand,
        sizes=sizes_of(rest, brand, code),
        colour=colour_of(rest),
        made_in=made_in_of(rest),
        dates=dates_of(rest, brand),
        barcodes=numbers,
        price_won=price_of(rest),
    )


def _brand(rows: Sequence[FieldRow], code: str | None) -> str | None:
    """The one brand whose words are printed, else the only one that prints codes like this.

    None where the words and the code's shape disagree: there may be two tags on the photo.
    """
    printed = brands_in(skeleton(row.text) for row in rows)
    shaped = brands_of(code) if code else ()
    named = printed.intersection(shaped) if printed and shaped else printed or set(shaped)
    return next(iter(named)) if len(named) == 1 else None
