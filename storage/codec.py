"""Between the frozen types and what JSON columns hold."""

from __future__ import annotations

import logging
from dataclasses import asdict
from typing import Any, cast

from pydantic import TypeAdapter, ValidationError

from storage.types import (
    Alternatives,
    Draft,
    Quad,
    StoredCandidate,
    StoredOffer,
    StoredReading,
    StoredRegion,
)
from stylecode import TagFields

log = logging.getLogger(__name__)

_FIELDS = TypeAdapter(TagFields)


def candidates_to_json(candidates: tuple[StoredCandidate, ...]) -> list[dict[str, Any]]:
    """A list of objects, in order."""
    return [asdict(candidate) for candidate in candidates]


def candidates_from_json(rows: list[dict[str, Any]]) -> tuple[StoredCandidate, ...]:
    """The way back; lists become tuples again."""
    return tuple(
        StoredCandidate(
            code=row["code"],
            confidence=row["confidence"],
            quad=None if row["quad"] is None else quad_from_json(row["quad"]),
            alternatives=tuple(_alternatives(place) for place in row["alternatives"]),
            witnesses=row.get("witnesses", 0),  # rows of before barcodes have none
            written=row.get("written", False),  # and those of before captions
        )
        for row in rows
    )


def draft_to_json(draft: Draft | None) -> dict[str, Any] | None:
    """An object, or None."""
    return None if draft is None else asdict(draft)


def draft_from_json(row: dict[str, Any] | None) -> Draft | None:
    """The way back."""
    return None if row is None else Draft(**row)


def offers_to_json(offers: tuple[StoredOffer, ...]) -> list[dict[str, Any]]:
    """A list of objects, in order."""
    return [asdict(offer) for offer in offers]


def offers_from_json(rows: list[dict[str, Any]]) -> tuple[StoredOffer, ...]:
    """The way back."""
    return tuple(StoredOffer(**row) for row in rows)


def fields_to_json(fields: TagFields) -> dict[str, Any] | None:
    """An object with what was found, dates as ISO; None where nothing was."""
    found: dict[str, Any] = _FIELDS.dump_python(fields, mode="json", exclude_defaults=True)
    return found or None


def fields_from_json(row: Any, interaction: int) -> TagFields:
    """The way back. Unknown keys are ignored; what is no such object is empty, and logged.

    They are told beside the code, so a row without them is better than none. `interaction` names
    the row in the log, which gets nothing of the content.
    """
    if row is None:
        return TagFields()
    try:
        return _FIELDS.validate_python(row)
    except ValidationError as error:
        places = sorted({".".join(map(str, one["loc"][:1])) or "all" for one in error.errors()})
        log.warning("fields of interaction %d are broken: %s", interaction, ", ".join(places))
        return TagFields()


def reading_to_row(reading: StoredReading) -> dict[str, Any]:
    """The columns of `readings` that hold it; whole pixels, which are as good as any."""
    regions = [
        {
            "quad": [[round(x), round(y)] for x, y in region.quad],
            "text": region.text,
            "confidence": round(region.confidence, 4),
            "said": list(region.said),
        }
        for region in reading.regions
    ]
    terms = [[[name, round(value, 3)] for name, value in one] for one in reading.terms]
    return {"regions": regions, "terms": terms}


def reading_of(row: Any) -> StoredReading:
    """The way back."""
    regions = tuple(
        StoredRegion(
            quad_from_json(one["quad"]), one["text"], one["confidence"], tuple(one["said"])
        )
        for one in row.regions
    )
    terms = tuple(tuple((str(name), float(value)) for name, value in one) for one in row.terms)
    return StoredReading(regions, terms)


def quad_from_json(points: list[list[float]]) -> Quad:
    """Four corners, clockwise from where the text begins."""
    return cast(Quad, tuple((float(x), float(y)) for x, y in points))


def _alternatives(place: list[list[Any]]) -> Alternatives:
    return tuple((str(char), float(probability)) for char, probability in place)
