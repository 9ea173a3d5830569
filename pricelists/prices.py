"""A cell with an amount of won, as people write it. Pure."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from pricelists.errors import NEVER_COMPUTED

LEAST_PRICE_WON = 1_000
"""No shoe costs less: such a price was written in thousands, or lost its zeros to a spreadsheet."""

MOST_PRICE_WON = 1_000_000_000

_GROUPED_WON = r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:'\d{3})+|\d{1,3}(?: \d{3})+|\d+"
_PRICE_CELL = re.compile(
    r"(?:₩|\\|KRW|원|판매가:?)? ?"
    rf"(?:(?P<man>\d+(?:\.\d+)?) ?만 ?)?(?:(?P<chon>\d+(?:\.\d+)?) ?천 ?)?(?P<rest>{_GROUPED_WON})?"
    r"(?P<zeros>\.0+)? ?(?:원|WON|KRW)?정?"
    r" ?(?:[~-]|부터|/ ?(?:족|켤레|PAIR)|\([^\d()]*\))?",
    re.IGNORECASE,
)
# Both a European 129,000 and a plain 129 with three decimals look like this.
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_DECIMAL_COMMA = re.compile(r"(?:\d{4,}|\d{1,3}(?:\.\d{3})+),\d{1,2}")


def price_won(cell: str) -> int:
    """Whole won from '129,000원', '₩129 000', '12.9만원', '12만 9천원', '129,000원~'.

    Raises ValueError for anything else, and for what may be read in two ways.
    """
    # NFKC turns full-width digits and the full-width won sign into the plain ones.
    plain = " ".join(unicodedata.normalize("NFKC", cell).split()).replace(", ", ",")
    if not plain:
        raise ValueError("price is empty")
    if plain.startswith("="):
        raise ValueError(f"price is the formula {plain[:40]!r}, {NEVER_COMPUTED}")
    bare = plain.strip("₩\\원 ")
    if _DOTTED.fullmatch(bare) or _DECIMAL_COMMA.fullmatch(bare):
        digits = re.sub(r",\d{1,2}$", "", bare).replace(".", "").replace(",", "")
        raise ValueError(
            f"price {plain[:40]!r} can be read in two ways: write {digits}, if that is meant"
        )
    price = _amount(plain)
    if price is None or price > MOST_PRICE_WON or price == 0:
        raise ValueError(f"price {plain[:40]!r} is not an amount of won")
    if price < LEAST_PRICE_WON:
        raise ValueError(f"price {plain[:40]!r} is less than {LEAST_PRICE_WON:,} won: write it all")
    return price


def _amount(plain: str) -> int | None:
    match = _PRICE_CELL.fullmatch(plain)
    if match is None or not (match["man"] or match["chon"] or match["rest"]):
        return None
    rest = re.sub(r"[,' ]", "", match["rest"] or "0")
    won = Decimal(match["man"] or 0) * 10_000 + Decimal(match["chon"] or 0) * 1_000 + Decimal(rest)
    return int(won) if won == int(won) else None
