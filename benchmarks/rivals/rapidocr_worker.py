"""RapidOCR as a worker (see worker.py); runs in a virtual environment of its own.

It is started by path and imports nothing of this project. Modes: `read` takes each picture as one
line, `batch` does so with all at once, `find` looks for lines first, with a border around the
crop, and `photo` looks for lines in a whole photo, also upside down.
"""

from __future__ import annotations

import json
import os
import sys
import time
from importlib.metadata import version
from typing import Any

import cv2
from rapidocr_onnxruntime import RapidOCR

BORDER = 40  # pixels; without one the detector misses lines that fill the picture


def main() -> None:
    """Answer questions until stdin ends."""
    # Whatever the library prints must not stand between the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    threads = int(sys.argv[1])
    engine = RapidOCR(intra_op_num_threads=threads, inter_op_num_threads=1)
    cv2.setNumThreads(threads)
    _say(answers, {"ready": version("rapidocr-onnxruntime")})
    for line in sys.stdin:
        question = json.loads(line)
        try:
            _say(answers, _answer(engine, question["mode"], question["pictures"]))
        except Exception as error:  # the other end decides what to do about it
            _say(answers, {"error": repr(error)})


def _say(answers: Any, what: dict[str, Any]) -> None:
    answers.write(json.dumps(what) + "\n")
    answers.flush()


def _answer(engine: Any, mode: str, paths: list[str]) -> dict[str, Any]:
    pictures = [_picture(path, mode) for path in paths]
    if mode == "batch":
        engine.text_rec.rec_batch_num = len(pictures)
        started = time.perf_counter()
        found, _ = engine.text_rec(pictures)
        ms = (time.perf_counter() - started) * 1000
        return {"ms": ms, "lines": [[_plain(text, score)] for text, score in found]}
    finds = mode in {"find", "photo"}
    lines, ms = [], 0.0
    for picture in pictures:
        started = time.perf_counter()
        found, _ = engine(picture, use_det=finds, use_cls=mode == "photo", use_rec=True)
        ms += (time.perf_counter() - started) * 1000
        lines.append([_placed(*one) if finds else _plain(*one) for one in found or []])
    return {"ms": ms, "lines": lines}


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
