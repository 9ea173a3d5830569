"""Photo to ranked candidates: decode, find, rectify, read, choose. Plain synchronous code."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from recognizer.calibration import Calibration, Scored
from recognizer.close_reading import CropReader
from recognizer.finder import Finder
from recognizer.models import ModelFiles
from recognizer.photo import decode, encode_jpeg
from recognizer.recogniser import Recogniser
from recognizer.rectify import rectified_crop, turned
from recognizer.tokenizer import DecodedText
from recognizer.types import (
    Candidate,
    CodeReading,
    Photo,
    Pixels,
    Quad,
    ReadPhoto,
    RegionReading,
    TextRegion,
)
from stylecode import RankedCode, ReadLine, rank

SCOUTS = 8  # words read from both ends to learn which way up the photo is
LINE_HEIGHT = 200  # pixels; a picture of a whole tag is higher
LEAST_CUT = 0.1  # confidence that a small picture shows a code at all
MOST_CANDIDATES = 5
MOST_PARTS = 32  # words read a second time, on their own
SURE = 0.5  # a line read worse than this is tried from its other end, too


class Pipeline:
    """Both networks and the rules between them; keeps no state, so threads may share it."""

    def __init__(
        self,
        finder: Finder,
        recogniser: Recogniser,
        of_photos: Calibration | None = None,
        of_crops: Calibration | None = None,
    ) -> None:
        self.finder, self.recogniser = finder, recogniser
        self.crops = CropReader(finder, recogniser)
        self._of_photos, self._of_crops = of_photos or Calibration(), of_crops or Calibration()

    @classmethod
    def load(cls, files: ModelFiles | None = None, threads: int = 2) -> Pipeline:
        """Load the shipped networks; raises ModelError."""
        files = files or ModelFiles()
        manifest = files.manifest()
        return cls(
            Finder(files, threads=threads),
            Recogniser(files, threads),
            Calibration.of(manifest, "photo"),
            Calibration.of(manifest, "crop"),
        )

    def read_bytes(self, data: bytes, crop: bool = False) -> ReadPhoto:
        """Read a photo as it was received; raises PhotoError."""
        started = time.perf_counter()
        photo = decode(data)
        decoded = time.perf_counter()
        reading = self.read_crop(photo) if crop else self.read(photo)
        timings = {"decode": (decoded - started) * 1000, **reading.timings_ms}
        return ReadPhoto(
            encode_jpeg(photo),
            replace(reading, timings_ms=timings),
        )

    def read(self, photo: Photo) -> CodeReading:
        """Find and read all lines of a photo and choose the codes among them."""
        clock = [time.perf_counter()]
        regions = self.finder.find(photo)
        maybe_cut = _may_be_one_line(photo)
        if maybe_cut:
            regions = (*regions, _whole(photo))
        clock.append(time.perf_counter())
        lines = self._read_regions(_grey(photo), regions)
        clock.append(time.perf_counter())
        ranked = rank([_read_line(line) for line in lines])
        if maybe_cut:
            ranked = _or_as_crop(ranked, lines, len(regions) - 1)
        clock.append(time.perf_counter())
        return self._reading(lines, Scored(ranked), self._of_photos, clock)

    def read_crop(self, photo: Photo) -> CodeReading:
        """Take the whole picture as one code, without detection."""
        clock = [time.perf_counter()] * 2
        found = self.crops.read(_grey(photo))
        clock += [time.perf_counter()] * 2
        lines = [_reading_of(_whole(photo), found.text)]
        return self._reading(lines, found.scored, self._of_crops, clock)

    def _read_regions(self, grey: Pixels, regions: Sequence[TextRegion]) -> list[RegionReading]:
        """Read every region, in the direction that makes sense.

        The readings are in the regions' order; single words of badly read lines follow.
        """
        upside_down = self._upside_down(grey, regions)
        quads = [turned(region.quad) if upside_down else region.quad for region in regions]
        texts = self._read_quads(grey, quads)
        doubtful = [i for i, text in enumerate(texts) if text.confidence < SURE]
        others = self._read_quads(grey, [turned(quads[i]) for i in doubtful])
        for i, other in zip(doubtful, others, strict=True):
            if other.confidence > max(2 * texts[i].confidence, SURE):
                texts[i], quads[i] = other, turned(quads[i])
        readings = [
            _reading_of(replace(region, quad=quad), text)
            for region, quad, text in zip(regions, quads, texts, strict=True)
        ]
        return [*readings, *self._read_parts(grey, readings)]

    def _upside_down(self, grey: Pixels, regions: Sequence[TextRegion]) -> bool:
        """Whether a few prominent words read better from their other end.

        Words, not whole lines: what cannot be read on a line would hide what can.
        """
        words = [
            TextRegion(_aligned(part, region.quad), region.score)
            for region in regions
            for part in region.parts or (region.quad,)
        ]
        scouts = [word.quad for word in sorted(words, key=_scouting)[:SCOUTS]]
        forth = self._read_quads(grey, scouts)
        back = self._read_quads(grey, [turned(quad) for quad in scouts])
        return sum(text.confidence for text in back) > sum(text.confidence for text in forth)

    def _read_parts(self, grey: Pixels, lines: Sequence[RegionReading]) -> list[RegionReading]:
        """The words of lines that were read badly: Hangul beside a code spoils the whole line."""
        parts = [
            TextRegion(_aligned(part, line.region.quad), line.region.score)
            for line in lines
            if line.confidence < SURE
            for part in line.region.parts
        ]
        texts = self._read_quads(grey, [part.quad for part in parts[:MOST_PARTS]])
        return [_reading_of(part, text) for part, text in zip(parts, texts, strict=False)]

    def _read_quads(self, grey: Pixels, quads: Sequence[Quad]) -> list[DecodedText]:
        return self.recogniser.read([rectified_crop(grey, quad) for quad in quads])

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
            )
            for code in calibration.applied(scored)
        )
        models = {"finder": self.finder.version, "reader": self.recogniser.version}
        stages = ("find", "read", "rank")
        spans = zip(stages, clock, clock[1:], strict=False)
        timings = {stage: (after - before) * 1000 for stage, before, after in spans}
        return CodeReading(candidates, tuple(lines), models, timings, scored.signs)


def _grey(photo: Photo) -> Pixels:
    return np.asarray(cv2.cvtColor(photo.pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def _whole(photo: Photo) -> TextRegion:
    """The picture itself as a region."""
    width, height = float(photo.width), float(photo.height)
    return TextRegion(((0.0, 0.0), (width, 0.0), (width, height), (0.0, height)), 1.0)


def _may_be_one_line(photo: Photo) -> bool:
    """Whether somebody may have cut the code out: then the picture itself is a line, too."""
    return photo.height <= LINE_HEIGHT and photo.width > 1.5 * photo.height


def _aligned(part: Quad, line: Quad) -> Quad:
    """The word's quad, beginning at the end where the line begins."""
    (ax, ay), (bx, by), *_ = part
    (cx, cy), (dx, dy), *_ = line
    return part if (bx - ax) * (dx - cx) + (by - ay) * (dy - cy) >= 0 else turned(part)


def _or_as_crop(
    ranked: tuple[RankedCode, ...], lines: Sequence[RegionReading], whole: int
) -> tuple[RankedCode, ...]:
    """The ranking of line `whole`, the picture itself, as a cut-out code, if that is surer."""
    cut = [replace(code, line=whole) for code in rank([_read_line(lines[whole])], crop=True)]
    least = ranked[0].confidence if ranked else LEAST_CUT
    if not cut or cut[0].confidence < least:
        return ranked
    known = {code.code for code in cut}
    return (*cut, *(code for code in ranked if code.code not in known))[:MOST_CANDIDATES]


def _scouting(region: TextRegion) -> float:
    """Lines of a code's proportions and good size first."""
    (x0, y0), (x1, y1), _, (x3, y3) = region.quad
    width, height = float(np.hypot(x1 - x0, y1 - y0)), float(np.hypot(x3 - x0, y3 - y0))
    aspect = width / max(height, 1.0)
    return -min(height, 60.0) * (1.0 if 2.5 <= aspect <= 12 else 0.2) * region.score


def _reading_of(region: TextRegion, text: DecodedText) -> RegionReading:
    return RegionReading(region, text.text, text.alternatives, text.confidence)


def _read_line(line: RegionReading) -> ReadLine:
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = line.region.quad
    height = float(np.hypot(x3 - x0, y3 - y0))
    x, y = (x0 + x1 + x2 + x3) / 4, (y0 + y1 + y2 + y3) / 4
    return ReadLine(line.text, line.alternatives, line.confidence, x, y, height)
