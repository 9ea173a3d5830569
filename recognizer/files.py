"""Photos from files, and what is read on them as text or JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path

from recognizer.errors import PhotoError
from recognizer.photo.photo import MAX_BYTES
from recognizer.pipeline import Pipeline
from recognizer.types import Candidate, CodeReading, Quad
from stylecode.ranking.signals import weights


def read_file(
    pipeline: Pipeline,
    path: Path,
    *,
    as_json: bool = False,
    crop: bool = False,
    why: bool = False,
) -> bool:
    """Read one photo and print what is on it: text lines, or one JSON object.

    `crop` says that the picture is one code, cut out; `why` has the lines say also what spoke for
    and against each code. False, with the reason printed (on standard
    error, or as JSON), where it cannot be read.
    """
    started = time.perf_counter()
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)  # what is longer is refused, not loaded
        reading = pipeline.read_bytes(data, crop=crop).reading
    except (PhotoError, OSError) as error:
        _print_error(path, error, as_json)
        return False
    ms = (time.perf_counter() - started) * 1000
    told = _json_line(path, reading, ms) if as_json else _text_lines(path, reading, why)
    print(told, flush=True)
    return True


def _json_line(path: Path, reading: CodeReading, ms: float) -> str:
    candidates = [
        {
            "code": candidate.code,
            "printed": candidate.printed,
            "confidence": round(candidate.confidence, 4),
            "quad": _corners(candidate.region.quad),
            "terms": {name: round(added, 2) for name, added in candidate.terms},
        }
        for candidate in reading.candidates
    ]
    barcodes = [
        {"format": barcode.format, "text": barcode.text, "quad": _corners(barcode.quad)}
        for barcode in reading.barcodes
    ]
    answer = {
        "file": str(path),
        "candidates": candidates,
        "barcodes": barcodes,
        "fields": {**asdict(reading.fields), "sizes": dict(reading.fields.sizes)},
        "model": dict(reading.models),
        "ms": round(ms, 1),
    }
    return json.dumps(answer, ensure_ascii=False, default=date.isoformat)


def _corners(quad: Quad) -> list[list[float]]:
    return [[round(x, 1), round(y, 1)] for x, y in quad]


def _text_lines(path: Path, reading: CodeReading, why: bool) -> str:
    lines = ["no code found"] if not reading.candidates else []
    for candidate in reading.candidates:
        lines += [_told(candidate), *(_terms(candidate) if why else ())]
    return "\n  ".join([f"{path}:", *lines])


def _told(candidate: Candidate) -> str:
    printed = "" if candidate.printed == candidate.code else f"  (printed {candidate.printed})"
    return f"{candidate.code}  {candidate.confidence:.0%}{printed}"


def _terms(candidate: Candidate) -> Iterator[str]:
    """What spoke for and against its place on the tag, and what the log-odds are in all."""
    reasons = {str(name): weight.why for name, weight in weights().items()}
    for name, added in candidate.terms:
        yield f"  {added:+6.2f}  {name}: {reasons[name]}"
    yield f"  {sum(added for _, added in candidate.terms):+6.2f}  in all, as log-odds"


def _print_error(path: Path, error: Exception, as_json: bool) -> None:
    told = error.strerror if isinstance(error, OSError) else error
    reason = f"{type(error).__name__}: {told or error}"
    if as_json:
        print(json.dumps({"file": str(path), "error": reason}, ensure_ascii=False), flush=True)
    else:
        print(f"{path}: {reason}", file=sys.stderr, flush=True)
