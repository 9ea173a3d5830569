"""Photo to ranked candidates: decode, find, rectify, read, choose. Plain synchronous code."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from recognizer.barcodes import read_barcodes
from recognizer.calibration import UNCALIBRATED, Calibrated, Calibration, Scored
from recognizer.finding.finder import Finder, OnnxMaps
from recognizer.looking.close_reading import CropReader
from recognizer.looking.double_reading import LineWitness, NoWitness
from recognizer.looking.line_reading import read_line
from recognizer.looking.plan import PhotoReader
from recognizer.looking.settings import LOOKING, LookingSettings
from recognizer.looking.whole_picture import whole_of
from recognizer.memory import READING_BYTES, ROOM
from recognizer.models import ModelFiles
from recognizer.photo.marked import marked_part
from recognizer.photo.photo import decode, encode_jpeg, grey_of
from recognizer.reading.recogniser import Recogniser
from recognizer.reading.witness import WitnessReader
from recognizer.types import (
    Candidate,
    CodeReading,
    Photo,
    Quad,
    ReadPhoto,
    RegionReading,
)
from stylecode.fields import fields_of


class Pipeline:
    """Both networks and the rules between them; keeps no state, so threads may share it."""

    def __init__(
        self,
        finder: Finder,
        recogniser: Recogniser,
        calibrated: Calibrated = UNCALIBRATED,
        settings: LookingSettings = LOOKING,
        witness: LineWitness | None = None,
    ) -> None:
        self.finder, self.recogniser = finder, recogniser
        self.witness = witness or NoWitness()
        self.crops = CropReader(finder, recogniser, settings, witness)
        self.photos = PhotoReader(finder, recogniser, settings, witness)
        self.calibrated = calibrated
        self._beside = ThreadPoolExecutor(thread_name_prefix="barcodes")

    @classmethod
    def load(
        cls,
        files: ModelFiles | None = None,
        threads: int = 2,
        settings: LookingSettings = LOOKING,
        witness: LineWitness | None = None,
    ) -> Pipeline:
        """Load the shipped networks, and PP-OCRv6 where no witness is given; raises ModelError."""
        files = files or ModelFiles()
        manifest = files.manifest()
        witness = witness or WitnessReader(threads)
        return cls(
            Finder(OnnxMaps(files, threads)),
            Recogniser(files, threads),
            Calibrated.of(manifest),
            settings,
            witness,
        )

    def read_bytes(
        self, data: bytes, marked: Quad | None = None, *, crop: bool = False
    ) -> ReadPhoto:
        """Read a photo as it was received; raises PhotoError.

        `marked` says where the code is (see `read_marked`), `crop` that the photo is the code.
        """
        started = time.perf_counter()
        photo = decode(data)
        decoded = time.perf_counter()
        with ROOM.taken(READING_BYTES), self.recogniser.at_work():
            if marked is not None:
                reading = self.read_marked(photo, marked)
            else:
                reading = self.read_crop(photo) if crop else self.read(photo)
        timings = {"decode": (decoded - started) * 1000, **reading.timings_ms}
        return ReadPhoto(
            encode_jpeg(photo),
            replace(reading, timings_ms=timings),
            photo.missing,
        )

    def read(self, photo: Photo) -> CodeReading:
        """Find and read all lines of a photo and choose the codes among them."""
        clock = [time.perf_counter()]
        grey = grey_of(photo.pixels)
        bars = self._beside.submit(read_barcodes, grey)  # while the finder looks
        found = self.finder.find(photo)
        clock.append(time.perf_counter())
        barcodes = bars.result()
        clock.append(time.perf_counter())
        text = self.photos.read(photo, grey, found, barcodes)
        clock.append(time.perf_counter())
        reading = self._reading(text.lines, text.scored, self.calibrated.photos, clock)
        code = reading.candidates[0].code if reading.candidates else None
        lines = [read_line(line) for line in text.lines]
        fields = fields_of(lines, [barcode.text for barcode in barcodes], code)
        return replace(reading, barcodes=barcodes, fields=fields)

    def read_crop(self, photo: Photo) -> CodeReading:
        """Take the whole picture as one code, without detection."""
        clock = [time.perf_counter()] * 2
        found = self.crops.read(photo)
        clock += [time.perf_counter()] * 2
        text = found.text
        lines = [RegionReading(whole_of(photo), text.text, text.alternatives, text.confidence)]
        return self._reading(lines, found.scored, self.calibrated.crops, clock)

    def read_marked(self, photo: Photo, corners: Quad) -> CodeReading:
        """Read the part of a photo that a person marked; quads are those of the whole photo.

        `corners` are shares (0..1) of width and height, clockwise from where the code begins.
        The part is read as a photo (people mark generously) and as the code itself (or tightly);
        the surer reading goes first. Raises MarkTooSmall.
        """
        part = marked_part(photo, corners)
        as_photo, as_code = self.read(part.photo), self.read_crop(part.photo)
        sure = max((as_photo, as_code), key=_confidence)
        both = {candidate.code: candidate for candidate in as_photo.candidates}
        both = {c.code: c for c in sure.candidates} | both | {c.code: c for c in as_code.candidates}
        candidates = [
            replace(found, region=part.region(found.region))
            for found in list(both.values())[: self.photos.settings.candidates]
        ]
        lines = [replace(line, region=part.region(line.region)) for line in as_photo.regions]
        barcodes = [replace(code, quad=part.on_photo(code.quad)) for code in as_photo.barcodes]
        return replace(
            as_photo,
            candidates=tuple(candidates),
            regions=tuple(lines),
            barcodes=tuple(barcodes),
            signs=sure.signs,
        )

    def _reading(
        self,
        lines: Sequence[RegionReading],
        scored: Scored,
        calibration: Calibration,
        clock: list[float],
    ) -> CodeReading:
        candidates = tuple(
            Candidate(
                code.code,
                code.confidence,
                lines[code.line].region,
                code.alternatives,
                code.printed,
                code.terms,
            )
            for code in calibration.applied(scored)
        )
        models = {"finder": self.finder.version, "reader": self.recogniser.version}
        if self.witness.ready:
            models["witness"] = self.witness.version
        stages = ("find", "barcodes", "read")
        spans = zip(stages, clock, clock[1:], strict=False)
        timings = {stage: (after - before) * 1000 for stage, before, after in spans}
        return CodeReading(candidates, tuple(lines), models, timings, scored.signs)


def _confidence(reading: CodeReading) -> float:
    return reading.candidates[0].confidence if reading.candidates else 0.0
