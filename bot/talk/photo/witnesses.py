"""What people confirmed before for the barcodes on a photo, heard beside the reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.talk.ports import Interactions
from storage.types import Quad, StoredBarcode, StoredCandidate
from stylecode import key
from stylecode.witness import Likely, heard

Candidates = tuple[StoredCandidate, ...]


async def hear_witnesses(
    interactions: Interactions, read: Candidates, barcodes: Sequence[StoredBarcode]
) -> Candidates:
    """The candidates with the confidences that `stylecode.witness` gives them, best first.

    A code that was not read is marked where its barcode stands, if the photo shows only one.
    """
    if not barcodes:
        return read
    people = await interactions.codes_of_barcodes([barcode.text for barcode in barcodes])
    place = barcodes[0].quad if len(barcodes) == 1 else None
    by_key = {key(candidate.code): candidate for candidate in read}
    weighed = heard([Likely(each.code, each.confidence) for each in read], people)
    return tuple(_candidate(by_key.get(key(each.code)), each, place) for each in weighed)


def _candidate(
    read: StoredCandidate | None, weighed: Likely, place: Quad | None
) -> StoredCandidate:
    known = read or StoredCandidate(weighed.code, weighed.confidence, place)
    return replace(known, confidence=weighed.confidence, witnesses=weighed.witnesses)


def only_witnessed(candidate: StoredCandidate) -> bool:
    """Whether the code was not read on the photo at all."""
    return candidate.witnesses > 0 and not candidate.alternatives
