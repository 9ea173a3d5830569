"""Consented photos with what people said of them, as a data set.

An operator's word is strong, a person's in the chat and that of agreeing readers weak. A photo of
which nobody said anything stays out.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import cv2
import numpy as np

from recognizer.reading.rectify import rectified_crop
from recognizer.reading.tokenizer import CHARACTERS
from storage.label_types import PhotoLabel, PhotoVerdict, TaughtPhoto
from storage.lesson_sets import LessonRow, LessonSet, LessonSets
from storage.store import Store
from storage.types import SAID, StoredRegion
from storage.worth import newest_words
from stylecode import key as code_key
from training.learning.lines import line_text

Lesson = tuple[LessonRow, Mapping[str, bytes]]


@dataclass(frozen=True, slots=True)
class Query:
    """Which photos: the brand or the channel alone, from a day on; "" for all."""

    brand: str = ""
    channel: str = ""
    since: str = ""

    def takes(self, row: LessonRow) -> bool:
        """Whether a row belongs to it."""
        return (
            self.brand in {"", row.brand}
            and self.channel in {"", row.channel}
            and self.since <= row.day
        )


async def collect(store: Store, sets: LessonSets, name: str, query: Query = Query()) -> LessonSet:
    """Write the set `name`. Raises `StorageError`.

    Who took consent back while it was written has left it when this returns.
    """
    found = []
    after = 0
    while lessons := await store.labels.lessons(after):
        after = lessons[-1].row.id
        for lesson in lessons:
            row = row_of(lesson)
            if row is not None and query.takes(row):
                found.append((row, lesson.row.photo or ""))
    taken = []
    for row, digest in found:
        jpeg = await store.photos.get(digest)
        if jpeg is not None:
            taken.append(await asyncio.to_thread(with_files, row, jpeg))
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    asked = {"brand": query.brand, "channel": query.channel, "since": query.since}
    await asyncio.to_thread(sets.add, name, made_at, asked, taken)
    await store.leave_lessons(sets)
    return await asyncio.to_thread(sets.get, name)


def row_of(lesson: TaughtPhoto) -> LessonRow | None:
    """What is held to stand on a photo; None where nobody said anything of it."""
    said = _said(lesson)
    if said is None or lesson.row.photo is None:
        return None
    row = lesson.row
    first = row.current[0] if row.current else None
    region = _region(lesson, said)
    return LessonRow(
        interaction=row.id,
        photo=f"photos/{row.photo}.jpg",
        verdict=said.verdict.value,
        code=said.code or "",
        text=(line_text(region.text, said.code) or "") if region and said.code else "",
        quad=region.quad if region else said.quad,
        weak=said.weak,
        channel=row.who.channel,
        brand=row.fields.brand or "",
        model=str(row.models.get("reader", "")),
        read=first.code if first else "",
        confidence=first.confidence if first else 0.0,
        day=row.created_at.date().isoformat(),
    )


def with_files(row: LessonRow, jpeg: bytes) -> Lesson:
    """The row with its photo, and with the crop of its line where that is known."""
    files = {row.photo: jpeg}
    if row.quad is None or not row.text or not _legible(row.text):
        return replace(row, text=""), files
    pixels = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
    if pixels is None:
        return replace(row, text=""), files
    crop = rectified_crop(np.asarray(pixels, np.uint8), row.quad)
    png = cv2.imencode(".png", crop)[1].tobytes()
    name = f"crops/{row.interaction}-{hashlib.sha256(png).hexdigest()[:16]}.png"
    return replace(row, crop=name), {**files, name: png}


def _legible(text: str) -> bool:
    return all(sign in CHARACTERS for sign in text)


def _said(lesson: TaughtPhoto) -> PhotoLabel | None:
    """The word that counts: operators' where they agree, else the person's, else the readers'."""
    words = newest_words(lesson.labels)
    strong = [label for label in words if not label.weak]
    if strong:
        agree = len({(label.verdict, code_key(label.code or "")) for label in strong}) == 1
        return strong[-1] if agree else None
    row = lesson.row
    if row.code and row.status in SAID:
        at = row.updated_at or row.created_at
        return PhotoLabel("person", PhotoVerdict.CODE, at, row.code, weak=True)
    return words[-1] if words else None


def _region(lesson: TaughtPhoto, said: PhotoLabel) -> StoredRegion | None:
    """The line of the photo that the code stands in: as marked, or the one that reads most like it.

    A line that an operator marked, and no reader saw, reads as the code alone.
    """
    if said.verdict is not PhotoVerdict.CODE or not said.code:
        return None
    if said.quad is not None:
        return StoredRegion(said.quad, said.code, 1.0)
    return next(_lines(lesson, said.code), None)


def _lines(lesson: TaughtPhoto, code: str) -> Iterator[StoredRegion]:
    """Lines that the code may stand in, those that were read so before those that were mistaken."""
    regions = lesson.reading.regions
    yield from (one for one in regions if code_key(code) in code_key(one.text))
    for candidate in lesson.row.current:
        yield from (one for one in lesson.reading.at(candidate.quad) if line_text(one.text, code))
