"""The JSON file of `/export`: the person, then row by row all that is kept."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from bot.talk.kept import time_of
from storage.types import Interaction, StoredQuote
from stylecode import brand_of


class JsonRows:
    """The person, then all that is kept of each row, photos without a code included."""

    media_type = "application/json"

    def __init__(self, person: Mapping[str, Any]) -> None:
        self.rows = 0
        self._bytes = io.BytesIO()
        self._write('{\n"person": ' + _dumped(person) + ',\n"interactions": [')

    @property
    def size(self) -> int:
        """Bytes so far."""
        return self._bytes.tell()

    def add(self, row: Interaction, quotes: Sequence[StoredQuote]) -> None:
        """One more row with the prices shown for it."""
        self._write((",\n" if self.rows else "\n") + _dumped(_as_kept(row, quotes)))
        self.rows += 1

    def finished(self, cut: bool) -> bytes:
        """The whole file; `cut`: rows were left out."""
        self._write(f'\n],\n"complete": {_dumped(not cut)}\n}}\n')
        return self._bytes.getvalue()

    def _write(self, text: str) -> None:
        self._bytes.write(text.encode())


def _as_kept(row: Interaction, quotes: Sequence[StoredQuote]) -> dict[str, Any]:
    return {
        "looked_up_at": time_of(row.created_at),
        "changed_at": time_of(row.updated_at),
        "code": row.shown_code,
        "brand": row.fields.brand or brand_of(row.shown_code or "") or None,
        "status": row.status.value,
        "photo_sha256": row.photo,
        "price_won": row.price_won,
        "priced_at": time_of(row.priced_at),
        "taps": row.taps,
        "correction_under_way": row.draft.text if row.draft else None,
        "candidates": [
            {"code": each.code, "confidence": each.confidence} for each in row.candidates
        ],
        "models": dict(row.models),
        "timings_ms": dict(row.timings_ms),
        "barcodes": [{"format": each.format, "text": each.text} for each in row.barcodes],
        "tag": {name: value for name, value in asdict(row.fields).items() if value},
        "prices": [
            {
                "source": quote.source_name,
                "state": quote.state,
                "fetched_at": time_of(quote.fetched_at),
                "offers": [asdict(offer) for offer in quote.offers],
            }
            for quote in quotes
        ],
    }


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
