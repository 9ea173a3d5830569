"""A price list file as catalogue rows, for the command line (the bot keeps its own in a database).

It is read as the bot's import reads it: the same columns, the same kinds of files.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from lookup.errors import CatalogueFileError
from lookup.types import Offer
from pricelists import PriceListError, read_list
from stylecode.grammar.normalise import key as code_key


class CsvRows:
    """Rows of one file, read once. Raises `CatalogueFileError` where the whole of it is unusable.

    `left_out` are sentences about rows that are not, or not wholly, among them.
    """

    def __init__(self, path: Path) -> None:
        try:
            found = read_list(path)
        except PriceListError as error:
            raise CatalogueFileError(f"{path}: {error}") from error
        offers: dict[str, list[Offer]] = defaultdict(list)
        for row in found.rows:
            if row.in_stock:
                offer = Offer(row.name, row.price_won, row.url, "", row.image)
                offers[code_key(row.code)].append(offer)
        self._offers = {key: tuple(some) for key, some in offers.items()}
        left_out = [f"{path}:{row.line}: left out: {row.reason}" for row in found.bad]
        self.left_out = (*left_out, *(f"{path}:{row.line}: {row.reason}" for row in found.noted))

    async def find(self, key: str) -> tuple[Offer, ...]:
        """Offers in stock whose code, reduced to A-Z0-9, equals `key`."""
        return self._offers.get(key, ())
