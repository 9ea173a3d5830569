"""Real photographs: what each reader makes of them, the two halves of the codes apart.

Rules and thresholds were chosen on the one half; the other one's figures are what counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2

from benchmarks.pictures.crops import CropResult
from benchmarks.pictures.scenes import PhotoResult, SentPhoto
from benchmarks.tables import missing_rows, quantile, table
from datasets.labelled import LabelledCrop
from datasets.real.choosing import chosen_on
from datasets.real.measured import LabelledPhoto
from storage.shares import Share

SHOES = "shoe tags and boxes: first is right"
IN_THREE = "shoe tags and boxes: right among the first 3"
GARMENTS = "garment labels, clear: first is right"
NONE_FOUND = "photos without a code: none found"
CROPS_FIRST = "crops (`--crop`): first is right"
TURNS = {
    90: cv2.ROTATE_90_COUNTERCLOCKWISE,
    180: cv2.ROTATE_180,
    270: cv2.ROTATE_90_CLOCKWISE,
}
_TURNED_QUALITY = 95  # of a turned photo's JPEG: hardly worse than the one it was


@dataclass(frozen=True, slots=True)
class RealRow:
    """One figure of one reader, on either half."""

    what: str
    reader: str
    choosing: Share
    other: Share

    @property
    def cells(self) -> list[str]:
        """As the table has it, with both intervals."""
        return [self.what, self.reader, str(self.choosing), str(self.other)]


@dataclass(frozen=True, slots=True)
class PhotoTimes:
    """Milliseconds from file to candidates over so many readings of photos."""

    reader: str
    count: int
    ms_p50: float
    ms_p95: float

    @classmethod
    def of(cls, reader: str, results: Sequence[PhotoResult]) -> PhotoTimes:
        """Of at least one reading."""
        times = [result.ms for result in results]
        return cls(reader, len(times), quantile(times, 0.5), quantile(times, 0.95))


Wanted = Callable[[LabelledPhoto], bool]


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted: on which photos, and among how many first codes the right one has to be."""

    what: str
    wanted: Wanted
    within: int = 1


MEASURES = (
    Measure(SHOES, lambda photo: photo.is_shoe),
    Measure(IN_THREE, lambda photo: photo.is_shoe, 3),
    Measure(GARMENTS, lambda photo: photo.is_clear_garment),
    Measure(NONE_FOUND, lambda photo: photo.is_bare),
)


def turned_by(degrees: int) -> Measure:
    """The measure of so turned shoe photos."""
    what = f"shoe tags and boxes turned by {degrees}°: first is right"
    return Measure(what, lambda photo: photo.is_shoe)


def sent(photos: Iterable[LabelledPhoto]) -> list[SentPhoto]:
    """The photos as readers take them."""
    return [
        SentPhoto(photo.path.name, photo.path, photo.truths, kind=photo.kind) for photo in photos
    ]


def photo_rows(
    photos: Sequence[LabelledPhoto], results: Mapping[str, Sequence[PhotoResult]]
) -> list[RealRow]:
    """A row a measure and reader; measures without photos are left out."""
    return [
        photo_row(measure, reader, photos, found)
        for measure in MEASURES
        if any(map(measure.wanted, photos))
        for reader, found in results.items()
    ]


def photo_row(
    measure: Measure,
    reader: str,
    photos: Sequence[LabelledPhoto],
    found: Sequence[PhotoResult],
) -> RealRow:
    """What a reader made of those photos that are measured."""
    right = [
        (photo.choosing, result.right_within(measure.within))
        for photo, result in zip(photos, found, strict=True)
        if measure.wanted(photo)
    ]
    return halved(measure.what, reader, right)


def halved(what: str, reader: str, outcomes: Sequence[tuple[bool, bool]]) -> RealRow:
    """A row of pairs: whether it is of the choosing half, and whether it is right."""
    choosing, other = (
        Share.of(right for chosen, right in outcomes if chosen == half) for half in (True, False)
    )
    return RealRow(what, reader, choosing, other)


def turned(photos: Iterable[LabelledPhoto], degrees: int, folder: Path) -> list[LabelledPhoto]:
    """The photos turned, as JPEG files of `folder`; they keep their halves."""
    found = list[LabelledPhoto]()
    for photo in photos:
        picture = cv2.imread(str(photo.path), cv2.IMREAD_COLOR)
        if picture is None:
            raise FileNotFoundError(photo.path)
        path = folder / f"turned-{degrees}-{len(found)}.jpg"
        options = [cv2.IMWRITE_JPEG_QUALITY, _TURNED_QUALITY]
        cv2.imwrite(str(path), cv2.rotate(picture, TURNS[degrees]), options)
        found.append(replace(photo, path=path))
    return found


def is_of_choosing_half(crop: LabelledCrop) -> bool:
    """Whether a crop's code belongs to the half that things are chosen on."""
    return chosen_on(crop.truths[0])


def crop_rows(results: Mapping[str, Sequence[CropResult]]) -> list[RealRow]:
    """A row a reader of crops."""
    rows = []
    for reader, found in results.items():
        right = [(is_of_choosing_half(one.crop), one.right_within(1)) for one in found]
        rows.append(halved(CROPS_FIRST, reader, right))
    return rows


def misses(photos: Sequence[LabelledPhoto], found: Sequence[PhotoResult]) -> list[str]:
    """A line for each photo of the choosing half that was read wrongly; of the other half none."""
    return [
        f"{photo.path.name}: {photo.truths[0] if photo.truths else 'no code'} "
        f"read as {', '.join(result.codes) or 'nothing'}"
        for photo, result in zip(photos, found, strict=True)
        if photo.choosing and not result.right_within(1)
    ]


def report(rows: Sequence[RealRow], missing: Mapping[str, str]) -> str:
    """A row a measure and reader; nothing of nothing."""
    if not rows:
        return ""
    cells, before = list[list[str]](), ""
    for row in rows:
        cells.append(["" if row.what == before else row.what, *row.cells[1:]])
        before = row.what
    header = ["real photographs", "reader", "choosing half", "other half (95 % interval)"]
    return table(header, [*cells, *missing_rows(missing, len(header))])


def times_report(times: Sequence[PhotoTimes]) -> str:
    """Readers that took turns on the same photos, and how many times our time each takes."""
    if not times:
        return ""
    ours = times[0]
    rows = [
        [
            *(one.reader, str(one.count), f"{one.ms_p50:.0f}", f"{one.ms_p95:.0f}"),
            f"{one.ms_p50 / ours.ms_p50:.2f}",
            f"{one.ms_p95 / ours.ms_p95:.2f}",
        ]
        for one in times
    ]
    header = ["photo to candidates, real shoe photos", "readings", "ms p50", "ms p95"]
    return table([*header, "times our p50", "times our p95"], rows)
