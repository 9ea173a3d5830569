"""Photos of tags that people sent, drawn with OpenCV's own letters, in a real store."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import cv2
import numpy as np

from storage.store import Store
from storage.types import (
    Interaction,
    Quad,
    Status,
    StoredCandidate,
    StoredReading,
    StoredRegion,
    Who,
)
from stylecode import TagFields

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
QUAD: Quad = ((20.0, 40.0), (300.0, 40.0), (300.0, 80.0), (20.0, 80.0))

SEEN: Quad = ((20.2, 39.8), (300.1, 40.3), (299.9, 80.4), (19.7, 79.6))
"""The same, as the finder saw it: whole pixels are kept of lines, not of candidates."""


def tag(code: str, shade: int = 235) -> bytes:
    """A JPEG of a tag with the code inside `QUAD`."""
    pixels = np.full((160, 320, 3), shade, np.uint8)
    cv2.putText(pixels, code, (26, 72), cv2.FONT_HERSHEY_SIMPLEX, 1.1, (20, 20, 20), 2)
    cv2.putText(pixels, "MADE IN VIETNAM", (26, 130), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (20, 20, 20))
    return cv2.imencode(".jpg", pixels)[1].tobytes()


@dataclass
class Town:
    """People who send photos of tags, and say what stands on them."""

    store: Store
    sent: int = 0

    async def photo(
        self,
        user: str,
        code: str,
        *,
        read: str = "",
        said: str | None = None,
        consent: bool | None = True,
        confidence: float = 0.95,
        brand: str = "Nike",
        shade: int = 235,
        witness: str = "",
    ) -> Interaction:
        """A photo of `code`, read as `read`; the person says `said`, None for nothing."""
        who, self.sent = Who("telegram", user), self.sent + 1
        if consent is not None:
            await self.store.people.answer_consent(who, consent, NOW)
        row, _ = await self.store.interactions.begin(who, f"tg:{self.sent}", NOW)
        digest = await self.store.photos.put(tag(code, shade))
        read = read or code
        reading = StoredReading(
            (
                StoredRegion(QUAD, read, confidence, (read, witness or read)),
                StoredRegion(((20, 110), (300, 110), (300, 140), (20, 140)), "MADE IN", 0.9),
            )
        )
        status = Status.READ
        if said:
            status = Status.CONFIRMED if said == read else Status.EDITED
        row = replace(
            row,
            photo=digest,
            candidates=(StoredCandidate(read, confidence, SEEN),),
            reading=reading,
            code=said,
            status=status,
            models={"reader": "trba-v4"},
            fields=TagFields(brand=brand),
        )
        await self.store.interactions.save(row)
        return row
