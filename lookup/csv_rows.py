"""A price list file as catalogue rows, for the command line (the bot keeps its own in a database).

UTF-8 CSV with a header: `code,title,price_won,link,mall` and optionally `image`; other columns
are left alone.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from lookup.errors import CatalogueFileError
from lookup.titles import reduced
from lookup.types import Offer

COLUMNS = ("code", "title", "price_won", "link", "mall")


class CsvRows:
    """Rows of one file, read once. Raises `CatalogueFileError` naming the file and the line."""

    def __init__(self, path: Path) -> None:
        offers: dict[str, list[Offer]] = defaultdict(list)
        for key, offer in _read(path):
            offers[key].append(offer)
        self._offers = {key: tuple(found) for key, found in offers.items()}

    async def find(self, key: str) -> tuple[Offer, ...]:
        """Offers whose code, reduced to A-Z0-9, equals `key`."""
        return self._offers.get(key, ())


def _read(path: Path) -> Iterator[tuple[str, Offer]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
            if missing:
                raise CatalogueFileError(f"{path}: missing columns: {', '.join(missing)}")
            for row in reader:
                yield _offer(row, f"{path}:{reader.line_num}")
    except OSError as error:
        raise CatalogueFileError(f"{path}: {error.strerror}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise CatalogueFileError(f"{path}: no UTF-8 CSV file ({error})") from error


def _offer(row: Mapping[str, str | None], where: str) -> tuple[str, Offer]:
    code, title, price, link, mall = ((row[column] or "").strip() for column in COLUMNS)
    key, won = reduced(code), price.replace(",", "")
    if not key:
        raise CatalogueFileError(f"{where}: no code")
    if not re.fullmatch(r"[0-9]{1,12}", won) or int(won) == 0:
        raise CatalogueFileError(f"{where}: price_won must be a whole number of won above 0")
    return key, Offer(title, int(won), link, mall, (row.get("image") or "").strip())
