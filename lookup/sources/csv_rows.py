"""A price list file as catalogue rows, for the command line (the bot keeps its own in a database).

CSV (UTF-8 or CP949) with the header that the bot's import takes: `code,name,price` and optionally
`url`, `image`, `in stock`; other columns are left alone.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from lookup.errors import CatalogueFileError
from lookup.types import Offer
from stylecode.grammar.normalise import key as code_key

NEEDED = ("code", "name", "price")
_SOLD_OUT = {"n", "no", "false", "f", "0", "x", "없음", "품절"}


class CsvRows:
    """Rows of one file, read once. Raises `CatalogueFileError` naming the file and the line."""

    def __init__(self, path: Path) -> None:
        offers: dict[str, list[Offer]] = defaultdict(list)
        for key, offer in _read(path):
            offers[key].append(offer)
        self._offers = {key: tuple(found) for key, found in offers.items()}

    async def find(self, key: str) -> tuple[Offer, ...]:
        """Offers in stock whose code, reduced to A-Z0-9, equals `key`."""
        return self._offers.get(key, ())


def _read(path: Path) -> Iterator[tuple[str, Offer]]:
    try:
        with path.open(encoding=_encoding(path), newline="") as file:
            reader = csv.DictReader(file, strict=True)
            reader.fieldnames = [_column(name) for name in reader.fieldnames or ()]
            missing = [column for column in NEEDED if column not in (reader.fieldnames or ())]
            if missing:
                raise CatalogueFileError(f"{path}: missing columns: {', '.join(missing)}")
            for row in reader:
                if _cell(row, "in_stock").lower() not in _SOLD_OUT:
                    yield _offer(row, f"{path}:{reader.line_num}")
    except OSError as error:
        raise CatalogueFileError(f"{path}: {error.strerror}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise CatalogueFileError(f"{path}: no CSV file in UTF-8 or CP949 ({error})") from error


def _encoding(path: Path) -> str:
    """UTF-8, else what Korean spreadsheets save. Raises `OSError`."""
    try:
        path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return "cp949"
    return "utf-8-sig"


def _column(name: str) -> str:
    """ "In stock" is in_stock."""
    return "_".join(name.lower().split())


def _offer(row: Mapping[str, str | None], where: str) -> tuple[str, Offer]:
    key = code_key(_cell(row, "code"))
    won = re.fullmatch(r"₩?([0-9,]{1,15})원?", _cell(row, "price"))
    price = int(won[1].replace(",", "") or 0) if won else 0
    if not key:
        raise CatalogueFileError(f"{where}: no code")
    if price == 0:
        raise CatalogueFileError(f"{where}: price must be a whole number of won above 0")
    return key, Offer(_cell(row, "name"), price, _cell(row, "url"), "", _cell(row, "image"))


def _cell(row: Mapping[str, str | None], column: str) -> str:
    return (row.get(column) or "").strip()
