"""An independent reader of lines: PP-OCRv6 small, which comes inside the wheel of RapidOCR.

It was trained by others on other pictures (Cui et al., "PaddleOCR 3.0 Technical Report", 2025;
Apache-2.0), so it fails on other lines than TRBA does. Its recogniser is SVTR-like with a CTC head
over some 18,000 characters: Latin, Chinese and Japanese, no Hangul. Here it is run by onnxruntime
as our own networks are; what it says of a character is kept as alternatives.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from recognizer.errors import ModelError
from recognizer.models import session_of
from recognizer.reading.tokenizer import DecodedText, Floats
from recognizer.types import Pixels
from stylecode.types import Alternatives

LINE_PIXELS = 48  # pixels that the network takes
NARROWEST, WIDEST = 64, 960  # pixels: an empty crop still has some, a long line is squeezed
STEP = 32  # between two widths, so that crops of about one length share a batch
KEPT = 6  # alternatives of a character
LEAST = 1e-4  # less likely ones are not listed
BLANK_WIDTH = 1.8  # times as far apart as most neighbours: there is a blank that it does not name
_IN_PACKAGE = ("models", "PP-OCRv6_rec_small.onnx")
_BLANK = 0


log = logging.getLogger(__name__)


class WitnessReader:
    """Reads RGB crops of one line each.

    The network is loaded beside what else starts; who asks before it is there waits for it. Raises
    ModelError where its file is missing; one that cannot be loaded is logged, and not `ready`.
    """

    version = "ppocr-v6-small"

    def __init__(self, threads: int = 1, path: Path | None = None) -> None:
        path = path or network_file(*_IN_PACKAGE)
        loader = ThreadPoolExecutor(1, thread_name_prefix="witness")
        self._network = loader.submit(_Network.load, path, threads)
        loader.shutdown(wait=False)

    @property
    def ready(self) -> bool:
        """Whether it can be asked."""
        return self._loaded() is not None

    def _loaded(self) -> _Network | None:
        error = self._network.exception()
        if error is None:
            return self._network.result()
        if not isinstance(error, ModelError):
            raise error
        log.error("no witness: %s", error)
        return None

    def read(self, crops: Sequence[Pixels]) -> list[DecodedText]:
        """The greedy reading of each HxWx3 crop, in order; letter case is put aside.

        Raises ModelError where it is not `ready`.
        """
        return self._network.result().read(crops)


class _Network:
    """The loaded network, and what its classes are."""

    def __init__(self, session: onnxruntime.InferenceSession, characters: Sequence[str]) -> None:
        self._session, self._characters = session, characters
        self._folding = _folding(characters)

    @classmethod
    def load(cls, path: Path, threads: int) -> _Network:
        """Raises ModelError."""
        session = session_of(path, threads)
        listed = session.get_modelmeta().custom_metadata_map.get("character", "")
        if not listed:
            raise ModelError(f"{path} does not say which characters it knows")
        return cls(session, ("", *listed.splitlines(), " "))

    def read(self, crops: Sequence[Pixels]) -> list[DecodedText]:
        """As `WitnessReader.read`."""
        widths = [_width(crop) for crop in crops]
        found: list[DecodedText | None] = [None] * len(crops)
        for width in sorted(set(widths)):
            numbers = [number for number, one in enumerate(widths) if one == width]
            inputs = np.stack([_input(crops[number], width) for number in numbers])
            (frames,) = self._session.run(None, {self._session.get_inputs()[0].name: inputs})
            for number, rows in zip(numbers, frames, strict=True):
                found[number] = self._decoded(np.asarray(rows, np.float32))
        return [one for one in found if one is not None]

    def _decoded(self, rows: Floats) -> DecodedText:
        """(T, classes) probabilities by the best path: repeats merged, blanks dropped."""
        peaks = _peaks(rows)
        named = [self._likely(rows[at], int(rows[at].argmax())) for at in peaks]
        apart = BLANK_WIDTH * float(np.median(np.diff(peaks))) if len(peaks) > 1 else np.inf
        text, alternatives, sure = "", list[Alternatives](), 1.0
        for number, likely in enumerate(named):
            if number and peaks[number] - peaks[number - 1] > apart:
                text, alternatives = text + " ", [*alternatives, ((" ", 1.0),)]
            text, alternatives = text + likely[0][0], [*alternatives, likely]
            sure *= likely[0][1]
        return DecodedText(text, tuple(alternatives), sure)

    def _likely(self, row: Floats, chosen: int) -> Alternatives:
        """The characters that one frame may show, the chosen one first."""
        names, classes = self._folding
        shares = np.bincount(classes, weights=row, minlength=len(names) + 1)[:-1]
        first = int(classes[chosen])
        if first == len(names):  # of another script: nothing that a code may hold
            return ((self._characters[chosen], float(row[chosen])),)
        order = np.argsort(-shares)[:KEPT]
        others = [(names[at], float(shares[at])) for at in order if at != first]
        return ((names[first], float(shares[first])), *(one for one in others if one[1] > LEAST))


def _peaks(rows: Floats) -> list[int]:
    """The surest frame of each character on the best path, in order."""
    best, peaks, start = rows.argmax(axis=1), list[int](), 0
    for end in range(1, len(best) + 1):
        if end < len(best) and best[end] == best[start]:
            continue
        if best[start] != _BLANK:
            peaks.append(start + int(rows[start:end, best[start]].argmax()))
        start = end
    return peaks


def network_file(*parts: str) -> Path:
    """A file in RapidOCR's package, without importing it; raises ModelError."""
    spec = find_spec("rapidocr")
    if spec is None or spec.origin is None:
        raise ModelError("rapidocr is not installed: pip install 'rapidocr>=3.10'")
    path = Path(spec.origin).parent.joinpath(*parts)
    if not path.exists():
        raise ModelError(f"{path} is not there: rapidocr 3.10 or newer has it")
    return path


def _folding(characters: Sequence[str]) -> tuple[list[str], NDArray[np.int64]]:
    """Printable ASCII characters, case put aside, and for each class which of them it is.

    The class of others, and of the blank, is their number.
    """
    names = sorted({chr(code).upper() for code in range(32, 127)})
    at = {name: number for number, name in enumerate(names)}
    return names, np.array([at.get(one.upper(), len(names)) for one in characters])


def _width(crop: Pixels) -> int:
    height, width = crop.shape[:2]
    stretched = width * LINE_PIXELS / max(height, 1)
    return int(np.clip(-(-stretched // STEP) * STEP, NARROWEST, WIDEST))


def _input(crop: Pixels, width: int) -> Floats:
    """HxWx3 RGB to (3, 48, width) in -1..1, BGR, padded behind with 0."""
    height, across = crop.shape[:2]
    own = min(width, max(1, round(across * LINE_PIXELS / max(height, 1))))
    resized = cv2.resize(crop, (own, LINE_PIXELS), interpolation=cv2.INTER_LINEAR)
    padded = np.zeros((3, LINE_PIXELS, width), np.float32)
    padded[:, :, :own] = (resized[..., ::-1].astype(np.float32) / 127.5 - 1).transpose(2, 0, 1)
    return padded
