"""A picture of one code, read as it is and, where that is doubtful, closely.

Close reading looks at several views of the crop (`recognizer.looking.views`, and its lines
rectified by the finder), takes the likeliest readings of each instead of the greedy one, and lets
the views vote: a code's confidence is the mean over the views of its best confidence there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from recognizer.calibration import Scored
from recognizer.finding.finder import Finder
from recognizer.looking.settings import LOOKING, LookingSettings
from recognizer.looking.views import VIEWS
from recognizer.looking.voting import agreement, surest, unspoken, vote
from recognizer.quads import area_of
from recognizer.reading.recogniser import Recogniser
from recognizer.reading.rectify import rectified_crop
from recognizer.reading.tokenizer import DecodedText
from recognizer.types import Photo, Pixels
from stylecode import RankedCode, ReadLine, rank


@dataclass(frozen=True, slots=True)
class CropReading:
    """The likeliest text of a crop, and its codes."""

    text: DecodedText
    scored: Scored


class CropReader:
    """Reads pictures that show one code and little else."""

    def __init__(
        self, finder: Finder, recogniser: Recogniser, settings: LookingSettings = LOOKING
    ) -> None:
        self.finder, self.recogniser, self.settings = finder, recogniser, settings

    def read(self, grey: Pixels) -> CropReading:
        """Read an HxW grey picture."""
        text = self.recogniser.read([grey])[0]
        if not self._sure(text):
            grey, text = self._upright(grey, text)
        if text.witnessed and not text.text:
            return CropReading(text, Scored(()))  # cloth, another script: both heads see nothing
        if not self._sure(text):
            return self._closely(grey)
        return CropReading(text, Scored(self._worth_showing(_codes_of(text))))

    def _upright(self, grey: Pixels, text: DecodedText) -> tuple[Pixels, DecodedText]:
        """The crop turned by quarters, if it reads much better so, and its text then."""
        height, width = grey.shape
        quarters = (1, 2, 3) if height > width else (2,)
        crops = [np.ascontiguousarray(np.rot90(grey, quarter)) for quarter in quarters]
        texts = self.recogniser.read(crops)
        best = max(range(len(crops)), key=lambda at: (texts[at].text != "", texts[at].confidence))
        least = max(self.settings.crop_turned, 2 * text.confidence if text.text else 0.0)
        if not texts[best].text or texts[best].confidence < least:
            return grey, text
        return crops[best], texts[best]

    def _closely(self, grey: Pixels) -> CropReading:
        readings = self.recogniser.read_closely([view(grey) for view in VIEWS])
        views = [*map(_best, readings), self._rectified(grey)]
        voted = vote(views)
        scored = Scored(self._worth_showing(voted), agreement(views, voted))
        return CropReading(readings[0][0], scored)

    def _rectified(self, grey: Pixels) -> Mapping[str, RankedCode]:
        """Codes of the finder's lines; lines off the middle, cut neighbours mostly, count less."""
        lines = list(self._lines(grey))
        readings = self.recogniser.read_closely([crop for crop, _ in lines])
        return surest(
            replace(code, confidence=code.confidence * share)
            for (_, share), of_line in zip(lines, readings, strict=True)
            for code in _best(of_line).values()
        )

    def _lines(self, grey: Pixels) -> Iterator[tuple[Pixels, float]]:
        """The largest lines as rectified crops, with how near the middle they lie (1 to 0)."""
        air = max(8, round(self.settings.crop_air * grey.shape[0]))
        roomy = cv2.copyMakeBorder(grey, air, air, air, air, cv2.BORDER_REPLICATE)
        scale = min(
            4.0,
            max(1.0, self.settings.crop_height / grey.shape[0]),
            self.finder.side / max(roomy.shape),
        )
        enlarged = cv2.resize(roomy, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        pixels = np.asarray(np.repeat(enlarged[..., None], 3, axis=2), np.uint8)
        regions = self.finder.find(Photo(pixels), scale=1.0)
        for quad in sorted((region.quad for region in regions), key=area_of)[
            -self.settings.crop_lines :
        ]:
            middle = sum(y for _, y in quad) / 4 / enlarged.shape[0]
            crop = rectified_crop(np.asarray(enlarged, np.uint8), quad)
            yield crop, max(0.0, 1 - 2 * abs(middle - 0.5))

    def _sure(self, text: DecodedText) -> bool:
        return text.witnessed and text.confidence >= self.settings.crop_sure and text.text != ""

    def _worth_showing(self, codes: Sequence[RankedCode]) -> tuple[RankedCode, ...]:
        """Those that are likely enough; none where the best is not, its look-alikes neither."""
        if not codes:
            return ()
        least = self.settings.least_code
        digits = sum(char.isdigit() for char in codes[0].code)
        if codes[0].confidence < (least if digits > 1 else self.settings.least_word):
            return ()
        return tuple(code for code in codes if code.confidence >= least)


def _codes_of(text: DecodedText) -> tuple[RankedCode, ...]:
    return rank([ReadLine(text.text, text.alternatives, text.confidence)], crop=True)


def _best(readings: Sequence[DecodedText]) -> dict[str, RankedCode]:
    """Each code of a view's readings at its best, by key."""
    return surest(
        replace(code, confidence=code.confidence * share)
        for reading, share in ((reading, unspoken(reading)) for reading in readings)
        for code in _codes_of(reading)
    )
