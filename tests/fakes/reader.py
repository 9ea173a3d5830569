"""A reader that answers what a test told it to."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import cv2
import numpy as np

from recognizer.types import Barcode, Candidate, CodeReading, Quad, ReadPhoto, TextRegion
from stylecode import TagFields
from stylecode.types import Alternatives

QUAD: Quad = ((40.0, 60.0), (280.0, 60.0), (280.0, 100.0), (40.0, 100.0))


def tag_jpeg(text: str = "DD1391-100", width: int = 320, height: int = 240) -> bytes:
    """A small real JPEG with the text on it."""
    picture = np.full((height, width, 3), 235, np.uint8)
    cv2.putText(picture, text, (44, 92), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (20, 20, 20), 2)
    done, data = cv2.imencode(".jpg", picture)
    assert done
    return data.tobytes()


def _alternatives(code: str) -> tuple[Alternatives, ...]:
    other = {"0": "O", "1": "I", "D": "0", "9": "4"}
    return tuple(
        ((char, 0.9), (other[char], 0.08)) if char in other else ((char, 0.99),) for char in code
    )


def reading(
    *codes: str,
    jpeg: bytes | None = None,
    confidence: float = 0.95,
    barcodes: tuple[Barcode, ...] = (),
    fields: TagFields | None = None,
) -> ReadPhoto:
    """A reading with these codes as candidates, best first; no codes: nothing was found."""
    candidates = tuple(
        Candidate(code, confidence / (index + 1), TextRegion(QUAD, 0.9), _alternatives(code))
        for index, code in enumerate(codes)
    )
    timings = {"decode": 3.0, "find": 100.0, "read": 40.0, "rank": 1.0}
    models = {"detector": "fake-1", "recognizer": "fake-1"}
    return ReadPhoto(
        jpeg or tag_jpeg(codes[0] if codes else ""),
        CodeReading(
            candidates,
            models=models,
            timings_ms=timings,
            barcodes=barcodes,
            fields=fields or TagFields(),
        ),
    )


class FakeReader:
    """Answers by the photo's bytes, else with `default`; an exception is raised, not returned.

    `gate`, where given, holds every reading until it is set. `reads` are the bytes read so far,
    `marks` the marked parts among them; these are answered with `marked` where it is set.
    """

    def __init__(
        self,
        answers: Mapping[bytes, ReadPhoto | Exception] | None = None,
        default: ReadPhoto | Exception | None = None,
        gate: asyncio.Event | None = None,
    ) -> None:
        self.answers = dict(answers or {})
        self.default = default or reading("DD1391-100", "DD1391-108", "DD1397-100")
        self.gate = gate
        self.reads: list[bytes] = []
        self.marks: list[Quad] = []
        self.marked: ReadPhoto | Exception | None = None

    async def read(self, data: bytes, marked: Quad | None = None) -> ReadPhoto:
        self.reads.append(data)
        if marked is not None:
            self.marks.append(marked)
        if self.gate is not None:
            await self.gate.wait()
        answer = self.answers.get(data, self.default)
        if marked is not None and self.marked is not None:
            answer = self.marked
        if isinstance(answer, Exception):
            raise answer
        return answer
