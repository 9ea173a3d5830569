"""Tags read with the shipped networks: what may be a code on each, its signals, and which is it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from datasets.fonts.fonts import FontPool
from datasets.labelled import LabelledCrop, crops_of_all_kinds
from datasets.real.choosing import chosen_on
from datasets.real.measured import RealSets
from datasets.scenes.evalset import TAG_LETTERS_PX, coded_and_bare
from recognizer.looking.line_reading import read_line
from recognizer.photo.photo import decode, grey_of
from recognizer.pipeline import Pipeline
from recognizer.types import Photo
from stylecode import ReadLine, key
from stylecode.ranking.matching import Hit
from stylecode.ranking.rank import spans_of
from stylecode.ranking.signals import SIGNALS
from stylecode.ranking.weighing import best_of_spans, readings_of

TAGS = 450  # drawn photos with a code
SEED = 2_000_003  # neither the calibration's nor the benchmarks'

_COLUMN = {name: at for at, name in enumerate(SIGNALS)}


@dataclass(frozen=True, slots=True)
class Tag:
    """A picture's spans: `signals` is N x len(SIGNALS), `right` N flags.

    `coded` says that it shows a code, `crop` that nobody asks whether it does.
    """

    signals: NDArray[np.float64]
    right: NDArray[np.bool_]
    coded: bool
    crop: bool = False


def drawn_tags(pipeline: Pipeline, pool: FontPool, count: int) -> Iterator[Tag]:
    """`count` drawn photos with a code, a third as many without, and `count` drawn crops."""
    for scene in coded_and_bare(pool, count, SEED, TAG_LETTERS_PX):
        truths = (scene.code, scene.printed) if scene.code else ()
        yield tag_of(_lines(pipeline, Photo(scene.image)), truths)
    for crop in crops_of_all_kinds(pool, count, SEED):
        yield _of_crop(pipeline, crop)


def real_tags(pipeline: Pipeline, sets: RealSets) -> Iterator[Tag]:
    """The photographs and crops of the half that things are chosen on."""
    for one in sets.photos:
        if one.choosing:
            yield tag_of(_lines(pipeline, decode(one.path.read_bytes())), one.truths)
    for crop in sets.crops:
        if chosen_on(crop.truths[0]):
            yield _of_crop(pipeline, crop)


def _of_crop(pipeline: Pipeline, crop: LabelledCrop) -> Tag:
    text = pipeline.crops.read(Photo(crop.pixels)).text
    line = ReadLine(text.text, text.alternatives, text.confidence)
    return tag_of([line], crop.truths, crop=True)


def _lines(pipeline: Pipeline, photo: Photo) -> list[ReadLine]:
    """What is read on a photo, all looks at it included."""
    text = pipeline.photos.read(photo, grey_of(photo.pixels), pipeline.finder.find(photo), ())
    return [read_line(line, (photo.width, photo.height)) for line in text.lines]


def tag_of(lines: Sequence[ReadLine], truths: Sequence[str], crop: bool = False) -> Tag:
    """The spans of what was read; right are those that read as one of `truths`."""
    found = spans_of(lines, crop)
    best, wanted = best_of_spans(found), {key(truth) for truth in truths}
    signals = np.zeros((len(found), len(SIGNALS)))
    right = np.zeros(len(found), bool)
    for row, hit in enumerate(found):
        for name, value in hit.signals:
            signals[row, _COLUMN[name]] += value
        right[row] = _likeliest(hit, best[hit.span]) in wanted
    return Tag(signals, right, bool(truths), crop)


def _likeliest(hit: Hit, best: Hit) -> str:
    """The span's likeliest characters in this shape; none where it is hardly of it."""
    found = readings_of(hit, best)
    return max(found, key=lambda one: one.confidence).chars if found else ""
