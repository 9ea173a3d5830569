"""RapidOCR as a worker (see worker.py), in whichever release its interpreter has.

It is started by path and imports nothing of this project. Modes: `read` takes each picture as one
line, `batch` does so with all at once, `find` looks for lines first, with a border around the
crop, and `photo` looks for lines in a whole photo, also upside down, timed from its file.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Protocol

import cv2
import numpy as np

BORDER = 40  # pixels; without one the detector misses lines that fill the picture


class RapidEngine(Protocol):
    """What a release can do, with BGR pixels."""

    version: str

    def lines(self, picture: Any, finds: bool, turns: bool) -> list[dict[str, Any]]:
        """The lines that it finds, or the picture as one line."""
        ...

    def together(self, pictures: list[Any]) -> list[tuple[str, float]]:
        """Each picture as one line, all in one batch."""
        ...


class ReleaseOne:
    """Of `rapidocr_onnxruntime`."""

    version: str

    def __init__(self, threads: int) -> None:
        from rapidocr_onnxruntime import RapidOCR  # noqa: PLC0415 (either may be missing)

        self.version = version("rapidocr-onnxruntime")
        self._engine = RapidOCR(intra_op_num_threads=threads, inter_op_num_threads=1)

    def lines(self, picture: Any, finds: bool, turns: bool) -> list[dict[str, Any]]:
        """As `RapidEngine` says."""
        found, _ = self._engine(picture, use_det=finds, use_cls=turns, use_rec=True)
        return [_placed(*one) if finds else _plain(*one) for one in found or []]

    def together(self, pictures: list[Any]) -> list[tuple[str, float]]:
        """As `RapidEngine` says."""
        with _batches_of(self._engine.text_rec, len(pictures)):
            found, _ = self._engine.text_rec(pictures)
        return [(str(text), float(score)) for text, score in found]


class ReleaseThree:
    """Of `rapidocr`, whose networks are loaded when they are first asked."""

    version: str

    def __init__(self, threads: int) -> None:
        from rapidocr import RapidOCR  # noqa: PLC0415 (either may be missing)

        self.version = version("rapidocr")
        told = {"intra_op_num_threads": threads, "inter_op_num_threads": 1}
        options = {f"EngineConfig.onnxruntime.{name}": n for name, n in told.items()}
        self._engine: Any = RapidOCR(params={**options, "Global.log_level": "error"})

    def lines(self, picture: Any, finds: bool, turns: bool) -> list[dict[str, Any]]:
        """As `RapidEngine` says."""
        found = self._engine(picture, use_det=finds, use_cls=turns, use_rec=True)
        texts = getattr(found, "txts", None)
        if texts is None:
            return []
        if not finds:
            return [_plain(*one) for one in zip(texts, found.scores, strict=True)]
        whole = zip(found.boxes.tolist(), texts, found.scores, strict=True)
        return [_placed(*one) for one in whole]

    def together(self, pictures: list[Any]) -> list[tuple[str, float]]:
        """As `RapidEngine` says."""
        with _batches_of(self._engine.text_rec, len(pictures)):
            found = self._engine.recognize_txt(pictures)
        pairs = zip(found.txts, found.scores, strict=True)
        return [(str(text), float(score)) for text, score in pairs]


@contextmanager
def _batches_of(reader: Any, count: int) -> Iterator[None]:
    """So many lines at once, for now: photos are read in batches of the usual size."""
    usual, reader.rec_batch_num = reader.rec_batch_num, count
    try:
        yield
    finally:
        reader.rec_batch_num = usual


def main() -> None:
    """Answer questions until stdin ends."""
    # Whatever the library prints must not stand between the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    threads = int(sys.argv[1])
    engine = _engine(threads)
    cv2.setNumThreads(threads)
    for finds in (True, False):
        engine.lines(np.full((320, 320, 3), 200, np.uint8), finds, not finds)
    _say(answers, {"ready": engine.version})
    for line in sys.stdin:
        question = json.loads(line)
        try:
            _say(answers, _answer(engine, question["mode"], question["pictures"]))
        except Exception as error:  # the other end decides what to do about it
            _say(answers, {"error": repr(error)})


def _engine(threads: int) -> RapidEngine:
    try:
        return ReleaseThree(threads)
    except (ImportError, PackageNotFoundError):
        return ReleaseOne(threads)


def _say(answers: Any, what: dict[str, Any]) -> None:
    answers.write(json.dumps(what) + "\n")
    answers.flush()


def _answer(engine: RapidEngine, mode: str, paths: list[str]) -> dict[str, Any]:
    if mode == "photo":
        return _photos(engine, paths)
    pictures = [_picture(path, mode) for path in paths]
    started = time.perf_counter()
    if mode == "batch":
        lines = [[_plain(*one)] for one in engine.together(pictures)]
    else:
        lines = [engine.lines(picture, mode == "find", False) for picture in pictures]
    return {"ms": (time.perf_counter() - started) * 1000, "lines": lines}


def _photos(engine: RapidEngine, paths: list[str]) -> dict[str, Any]:
    started = time.perf_counter()
    lines = [engine.lines(_picture(path, "photo"), True, True) for path in paths]
    return {"ms": (time.perf_counter() - started) * 1000, "lines": lines}


def _picture(path: str, mode: str) -> Any:
    picture = cv2.imread(path, cv2.IMREAD_COLOR)
    if picture is None:
        raise FileNotFoundError(path)
    if mode == "find":
        sides = (BORDER,) * 4
        # Of white, the edge's median and the edge itself drawn out, the last read best.
        picture = cv2.copyMakeBorder(picture, *sides, cv2.BORDER_REPLICATE)
    return picture


def _plain(text: str, score: float) -> dict[str, Any]:
    return {"text": text, "confidence": float(score)}


def _placed(box: list[list[float]], text: str, score: float) -> dict[str, Any]:
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = box
    height = ((x3 - x0) ** 2 + (y3 - y0) ** 2) ** 0.5
    place = {"x": (x0 + x1 + x2 + x3) / 4, "y": (y0 + y1 + y2 + y3) / 4, "height": height}
    return _plain(text, score) | place


if __name__ == "__main__":
    main()
