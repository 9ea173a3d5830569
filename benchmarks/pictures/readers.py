"""Our reader and the rivals behind one face: a crop in, what was read and its codes out."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np

from benchmarks.errors import BenchmarkError
from benchmarks.pictures.crops import CropResult, read_crop
from benchmarks.rivals import (
    RAPID_1,
    RAPID_3,
    RapidAlone,
    RapidRelease,
    RapidWhole,
    Rival,
    Tesseract,
    TextLine,
)
from datasets.labelled import LabelledCrop
from recognizer.pipeline import Pipeline
from stylecode import RankedCode, ReadLine, rank

OURS = "ours"
REST_S = 0.05  # between readers: threads of the last one may still spin


@dataclass(frozen=True, slots=True)
class FiledCrop:
    """A crop, and the same as a picture file."""

    crop: LabelledCrop
    path: Path


class ReadsCrops(Protocol):
    """What is compared."""

    @property
    def name(self) -> str:
        """What its rows are called."""
        ...

    def read(self, filed: FiledCrop) -> CropResult:
        """Read one crop; may raise BenchmarkError."""
        ...

    def batch_ms(self, filed: Sequence[FiledCrop]) -> float | None:
        """Milliseconds for all crops in one go; None where it cannot."""
        ...


class OurReader:
    """The shipped recogniser with its rules."""

    name = OURS

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline

    def read(self, filed: FiledCrop) -> CropResult:
        """Read one crop."""
        return read_crop(self._pipeline, filed.crop)

    def batch_ms(self, filed: Sequence[FiledCrop]) -> float | None:
        """Milliseconds for the recogniser's first reading of all crops, as the rivals' is.

        Rules, and the closer reading of doubtful crops, are in the time of single crops only.
        """
        greys = [np.asarray(cv2.cvtColor(one.crop.pixels, cv2.COLOR_RGB2GRAY)) for one in filed]
        started = time.perf_counter()
        self._pipeline.recogniser.read([grey.astype(np.uint8) for grey in greys])
        return (time.perf_counter() - started) * 1000


class RivalReader:
    """A rival's reading, and the codes that our rules find in it."""

    def __init__(self, rival: Rival) -> None:
        self._rival = rival
        self.name = rival.name

    def read(self, filed: FiledCrop) -> CropResult:
        """Read one crop."""
        answer = self._rival.read_crop(filed.path)
        ranked = ranked_lines(answer.lines, crop=True)
        text = " ".join(line.text for line in answer.lines)
        confidence = ranked[0].confidence if ranked else 0.0
        codes = tuple(code.code for code in ranked[:1])
        printed = ranked[0].printed if ranked else ""
        return CropResult(filed.crop, codes, confidence, answer.ms, text, printed)

    def batch_ms(self, filed: Sequence[FiledCrop]) -> float | None:
        """Milliseconds for all crops in one go; None where it cannot."""
        return self._rival.batch_ms([one.path for one in filed])


def ranked_lines(lines: Sequence[TextLine], crop: bool) -> tuple[RankedCode, ...]:
    """The codes in a rival's lines by our rules, best first."""
    read = [ReadLine(one.text, (), one.confidence, one.x, one.y, one.height) for one in lines]
    return rank(read, crop=crop)


def file_crops(crops: Sequence[LabelledCrop], folder: Path) -> list[FiledCrop]:
    """Write each crop as PNG into `folder`."""
    filed = []
    for number, crop in enumerate(crops):
        path = folder / f"{number}.png"
        cv2.imwrite(str(path), cv2.cvtColor(crop.pixels, cv2.COLOR_RGB2BGR))
        filed.append(FiledCrop(crop, path))
    return filed


@dataclass(frozen=True, slots=True)
class OpenedRivals:
    """The rivals that are there, their versions by program, and why others are missing."""

    found: list[Rival]
    versions: dict[str, str]
    missing: dict[str, str]


@contextmanager
def opened_rivals(python: Path, threads: int, wanted: bool = True) -> Iterator[OpenedRivals]:
    """All rivals of this machine, none where not wanted; their processes end with the context.

    `python` is the interpreter of the older RapidOCR's own virtual environment.
    """
    opened = OpenedRivals([], {}, {})
    with ExitStack() as stack:
        if wanted:
            for release in (RAPID_3, replace(RAPID_1, python=python)):
                _open_rapidocr(stack, opened, release, threads)
            _open_tesseract(opened)
        yield opened


def _open_rapidocr(
    stack: ExitStack, opened: OpenedRivals, release: RapidRelease, threads: int
) -> None:
    try:
        worker = stack.enter_context(release.start(threads))
    except BenchmarkError as error:
        opened.missing.update({release.name: str(error), release.alone: str(error)})
        return
    opened.found.extend((RapidWhole(release, worker), RapidAlone(release, worker)))
    opened.versions[release.program] = worker.version


def _open_tesseract(opened: OpenedRivals) -> None:
    try:
        tesseract = Tesseract()
    except BenchmarkError as error:
        opened.missing[Tesseract.name] = str(error)
        return
    opened.found.append(tesseract)
    opened.versions["Tesseract"] = tesseract.version
