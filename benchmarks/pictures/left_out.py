"""What a pass of the plan is worth: the same pictures with all passes, and without each one."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tqdm import tqdm

from benchmarks.pictures.real_photos import Wanted, is_of_choosing_half
from benchmarks.pictures.scenes import SentPhoto
from benchmarks.tables import table
from datasets.labelled import LabelledCrop
from datasets.real.measured import LabelledPhoto
from datasets.truths import is_right
from recognizer.looking.double_reading import NoWitness
from recognizer.looking.passes import Pass, Seen
from recognizer.looking.settings import LOOKING
from recognizer.pipeline import Pipeline
from storage.shares import Share

ALL_ON = "nothing"
NO_WITNESS = "the witness, everywhere"
_NEEDED = "first lines"  # without it, nothing is looked at
_SHOWN: tuple[tuple[str, Wanted], ...] = (
    ("shoes", lambda photo: photo.is_shoe),
    ("garments", lambda photo: photo.is_clear_garment),
    ("no code", lambda photo: photo.is_bare),
)


@dataclass(frozen=True, slots=True)
class AblatedPicture:
    """A picture's file, the column that it counts in, and what is right (none: no code is)."""

    path: Path
    column: str
    truths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AblatedReading:
    """Whether the first answer is right, and how many milliseconds it took."""

    right: bool
    ms: float


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A pass that was left out, and how often that made another reading necessary.

    `right` are those of each column, `ms` the mean over all pictures.
    """

    name: str
    again: int
    right: Mapping[str, Share]
    ms: float


@dataclass(frozen=True, slots=True)
class NotedPass:
    """A pass that notes by name when it is taken."""

    inner: Pass
    taken: set[str]

    @property
    def name(self) -> str:
        """The pass's own."""
        return self.inner.name

    def wanted(self, seen: Seen) -> bool:
        """As the pass says."""
        return self.inner.wanted(seen)

    def run(self, seen: Seen) -> Seen:
        """What is seen with it."""
        self.taken.add(self.name)
        return self.inner.run(seen)


@dataclass(slots=True)
class Ablation:
    """The pipeline as it is served, and without each of its passes: the same networks in all."""

    whole: Pipeline
    taken: set[str] = field(default_factory=set)
    lesser: dict[str, Pipeline] = field(default_factory=dict)
    blind: Pipeline = field(init=False)

    def __post_init__(self) -> None:
        whole, photos = self.whole, self.whole.photos
        parts = (whole.finder, whole.recogniser, whole.calibrated)
        for one in photos.plan:
            if one.name != _NEEDED:
                settings = replace(LOOKING, left_out=frozenset({one.name}))
                self.lesser[one.name] = Pipeline(*parts, settings, whole.witness)
        self.blind = Pipeline(*parts, LOOKING, NoWitness())
        photos.plan = tuple(NotedPass(one, self.taken) for one in photos.plan)

    def of_photos(self, pictures: Sequence[AblatedPicture]) -> list[LeftOut]:
        """A row for all passes together, one without each, and one without the witness."""
        return self._rows(pictures, {**self.lesser, NO_WITNESS: self.blind}, crop=False)

    def of_crops(self, pictures: Sequence[AblatedPicture]) -> list[LeftOut]:
        """The same of pictures of one code, which the witness alone is asked about."""
        return self._rows(pictures, {NO_WITNESS: self.blind}, crop=True)

    def _rows(
        self, pictures: Sequence[AblatedPicture], lesser: Mapping[str, Pipeline], crop: bool
    ) -> list[LeftOut]:
        """A photo is read again only where the pass was taken: else nothing would change."""
        found: dict[str, list[AblatedReading]] = {name: [] for name in (ALL_ON, *lesser)}
        again = dict.fromkeys(found, 0)
        for picture in pictures[:1]:
            _read(self.whole, picture, crop)  # the first one takes longer
        for picture in tqdm(pictures, "without each pass", mininterval=5):
            self.taken.clear()
            whole = _read(self.whole, picture, crop)
            found[ALL_ON].append(whole)
            for name, pipeline in lesser.items():
                other = name == NO_WITNESS or name in self.taken
                again[name] += other
                found[name].append(_read(pipeline, picture, crop) if other else whole)
        return [_left_out(name, again[name], pictures, read) for name, read in found.items()]


def _read(pipeline: Pipeline, picture: AblatedPicture, crop: bool) -> AblatedReading:
    data = picture.path.read_bytes()
    started = time.perf_counter()
    candidates = pipeline.read_bytes(data, crop=crop).reading.candidates
    ms = (time.perf_counter() - started) * 1000
    if not picture.truths:
        return AblatedReading(not candidates, ms)
    return AblatedReading(bool(candidates) and is_right(candidates[0].code, picture.truths), ms)


def _left_out(
    name: str, again: int, pictures: Sequence[AblatedPicture], found: Sequence[AblatedReading]
) -> LeftOut:
    columns = dict.fromkeys(picture.column for picture in pictures)
    pairs = list(zip(pictures, found, strict=True))
    right = {
        column: Share.of(read.right for picture, read in pairs if picture.column == column)
        for column in columns
    }
    return LeftOut(name, again, right, sum(read.ms for read in found) / len(found))


def of_real_photos(photos: Sequence[LabelledPhoto]) -> list[AblatedPicture]:
    """Columns by what is shown, the halves apart; what belongs to no measure stays out."""
    return [
        AblatedPicture(photo.path, f"{what}, {_half(photo.choosing)}", photo.truths)
        for what, wanted in _SHOWN
        for choosing in (True, False)
        for photo in photos
        if wanted(photo) and photo.choosing == choosing
    ]


def of_real_crops(crops: Sequence[LabelledCrop], files: Sequence[Path]) -> list[AblatedPicture]:
    """The halves apart; each crop with its file."""
    both = zip(crops, files, strict=True)
    found = [
        AblatedPicture(file, f"crops, {_half(is_of_choosing_half(crop))}", crop.truths)
        for crop, file in both
    ]
    return sorted(found, key=lambda one: one.column)


def of_drawn(photos: Sequence[SentPhoto]) -> list[AblatedPicture]:
    """Those with a code, and those without."""
    return [
        AblatedPicture(one.path, "drawn" if one.truths else "drawn, no code", one.truths)
        for one in photos
    ]


def _half(choosing: bool) -> str:
    return "choosing half" if choosing else "other half"


def report(rows: Sequence[LeftOut]) -> str:
    """A row for each pass: how many are right without it, and what that gains or loses."""
    whole = rows[0]
    titles = [f"{column} ({share.count})" for column, share in whole.right.items()]
    header = ["right without", "read again", *titles, "ms, mean", "of the time"]
    told = [
        [
            *(row.name, "all" if row is whole else str(row.again)),
            *(_change(share, whole.right[column]) for column, share in row.right.items()),
            *(f"{row.ms:.0f}", f"{row.ms / whole.ms * 100:.0f} %"),
        ]
        for row in rows
    ]
    return table(header, told)


def _change(share: Share, whole: Share) -> str:
    gain = share.right - whole.right
    return f"{share.right} ({gain:+d})" if gain else str(share.right)
