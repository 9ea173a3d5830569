"""What flows through the recogniser: frozen data, quads in pixels of the upright photo.

A quad is four (x, y) corners, clockwise from the corner where the text begins
(top-left of the text as it is read), so rotation and reading direction are in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from stylecode.fields import TagFields
from stylecode.types import Alternatives

Pixels = NDArray[np.uint8]
Quad = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Photo:
    """A checked photo: `pixels` is HxWx3 RGB uint8, upright by EXIF, EXIF itself dropped.

    `jpeg` is exactly this picture as a JPEG without metadata, where it was received as one.
    `missing` is which share of it (0..1) the file did not hold: it was cut off.
    """

    pixels: Pixels
    jpeg: bytes | None = field(default=None, repr=False, compare=False)
    missing: float = 0.0

    @property
    def width(self) -> int:
        """Width in pixels."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Height in pixels."""
        return int(self.pixels.shape[0])


@dataclass(frozen=True, slots=True)
class TextRegion:
    """A line of text that the finder found; `score` in 0..1 is the finder's, not the reader's.

    `parts` are the words that the line was joined from, where it was joined, in reading order.
    `code` is how much the line looks like a style code, 0..1, None where the finder cannot tell;
    `directed` says that the finder saw from which end it reads.
    """

    quad: Quad
    score: float
    parts: tuple[Quad, ...] = ()
    code: float | None = None
    directed: bool = False


@dataclass(frozen=True, slots=True)
class RegionReading:
    """What was read in one region; `alternatives[i]` belongs to `text[i]`, best first.

    `witnessed` says that both heads of the recogniser read the same. `said` is what each reader
    made of it, the recogniser first, where one of another make was asked, too.
    """

    region: TextRegion
    text: str
    alternatives: tuple[Alternatives, ...]
    confidence: float
    witnessed: bool = False
    said: tuple[str, ...] = ()

    @property
    def heard(self) -> bool:
        """Whether a second reader has had its say."""
        return len(self.said) > 1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A style code that the photo may show, with a calibrated confidence in 0..1.

    `code` is in the brand's display form, `printed` has the separators of the tag. `terms` are what
    spoke for and against its place on the tag (`stylecode.ranking.signals`), in log-odds by name,
    the weightiest first.
    """

    code: str
    confidence: float
    region: TextRegion
    alternatives: tuple[Alternatives, ...] = ()
    printed: str = ""
    terms: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Barcode:
    """A barcode on the photo, its check digit right.

    `format` is "EAN-13", "EAN-8", "UPC-A", "UPC-E", "CODE-128" or "ITF-14". `text` has the digits
    as standardised: 12 for a UPC-A and for the one that a UPC-E is short for, 13 for an EAN-13.
    """

    format: str
    text: str
    quad: Quad


@dataclass(frozen=True, slots=True)
class CodeReading:
    """The answer for one photo: candidates best first (none is an empty tuple, not an error).

    `signs` are what the first one's confidence was made of (`recognizer.calibration`). `fields`
    are what else the tag says.
    """

    candidates: tuple[Candidate, ...]
    regions: tuple[RegionReading, ...] = ()
    models: Mapping[str, str] = field(default_factory=dict)
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    signs: tuple[float, ...] = ()
    barcodes: tuple[Barcode, ...] = ()
    fields: TagFields = field(default_factory=TagFields)


@dataclass(frozen=True, slots=True)
class ReadPhoto:
    """A reading together with the photo it belongs to, re-encoded as JPEG without EXIF.

    The quads of `reading` are in the pixels of `jpeg`. `missing` is which share of the photo (0..1)
    the file did not hold.
    """

    jpeg: bytes
    reading: CodeReading
    missing: float = 0.0
