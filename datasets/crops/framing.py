"""Where a finder cuts a line out of the picture. Lengths in pixels of the warped mask."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from datasets.crops.geometry import LaidLine
from datasets.crops.ink import InkLine
from datasets.crops.treatment import Treatment

Grey = NDArray[np.uint8]
_SHOWN_OF_NEXT = 0.3  # letter heights of a word beside the line that a crop may show


@dataclass(frozen=True, slots=True)
class CropFrame:
    """What a cut has to keep: the line, and how far it may reach left and right of it."""

    line: LaidLine
    rooms: tuple[float, float]


def rooms(line: InkLine, laid: LaidLine) -> tuple[float, float]:
    """How far a cut may reach left and right: into the next word's first letter, not past it."""
    wide = float(laid.corners[1, 0] - laid.corners[0, 0])
    # A single speck may lean so far that its corners change sides.
    stretch = max(0.05, wide / max(line.box[2] - line.box[0], 1.0))
    glyph = line.box[3] - line.box[1]
    left, right = ((gap + _SHOWN_OF_NEXT * glyph) * stretch for gap in line.room)
    return left, right


def pads(frame: CropFrame, how: Treatment) -> NDArray[np.float64]:
    """(4,) left, top, right, bottom: air around the ink's box, below 0 where it is cut."""
    rng, hard, glyph = how.rng, how.hard, frame.line.glyph
    tight = -how.settings.tight * hard
    found = rng.uniform(tight, 0.1 + 0.35 * hard * rng.random(), 4) * glyph
    if how.chance(0.15):
        found += rng.uniform(0, 0.6) * glyph
    found[[0, 2]] = np.minimum(found[[0, 2]], frame.rooms)
    return np.asarray(found, np.float64)


def cut(picture: Grey, frame: CropFrame, how: Treatment) -> Grey:
    """The finder's rectangle: some air around the ink, now and then a hair too tight."""
    corners = frame.line.corners
    low, high = corners.min(axis=0), corners.max(axis=0)
    left, top, right, bottom = pads(frame, how)
    x0, y0 = max(0, int(low[0] - left)), max(0, int(low[1] - top))
    x1, y1 = int(high[0] + right) + 1, int(high[1] + bottom) + 1
    return np.ascontiguousarray(picture[y0:y1, x0:x1])
