"""A picture of one code, read as it is and, where that is doubtful, closely.

Close reading looks at several views of the crop (`recognizer.looking.views`, and its lines
rectified by the finder), takes the likeliest readings of each instead of the greedy one, and lets
the views vote: a code's confidence is the mean over the views of its best confidence there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from recognizer.calibration import Scored
from recognizer.finding.finder import Finder
from recognizer.looking.double_reading import LineWitness, NoWitness
from recognizer.looking.fusing import fused
from recognizer.looking.settings import LOOKING, LookingSettings
from recognizer.looking.views import VIEWS
from recognizer.looking.voting import View, agreement, surest, unspoken, vote
from recognizer.photo.photo import grey_of
from recognizer.quads import area_of
from recognizer.reading.recogniser import Recogniser
from recognizer.reading.rectify import rectified_crop
from recognizer.reading.tokenizer import DecodedText
from recognizer.types import Photo, Pixels
from stylecode import RankedCode, ReadLine, key, rank


@dataclass(frozen=True, slots=True)
class CropReading:
    """The likeliest text of a crop, and its codes."""

    text: DecodedText
    scored: Scored


class CropReader:
    """Reads pictures that show one code and little else."""

    def __init__(
        self,
        finder: Finder,
        recogniser: Recogniser,
        settings: LookingSettings = LOOKING,
        witness: LineWitness | None = None,
    ) -> None:
        self.finder, self.recogniser, self.settings = finder, recogniser, settings
        self.witness = witness or NoWitness()

    def read(self, photo: Photo) -> CropReading:
        """Read a picture of one code."""
        pixels = photo.pixels
        text = self.recogniser.read([grey_of(pixels)])[0]
        if not self._sure(text):
            pixels, text = self._upright(pixels, text)
        if text.witnessed and not text.text:
            return CropReading(text, Scored(()))  # cloth, another script: both heads see nothing
        if self.witness.ready:
            text, sure = self._both(text, self.witness.read([pixels])[0])
        else:
            sure = self._sure(text)
        if not sure:
            return self._closely(pixels, text)
        return CropReading(text, Scored(self._worth_showing(_codes_of(text))))

    def _both(self, text: DecodedText, heard: DecodedText) -> tuple[DecodedText, bool]:
        """What both readers make of it, and whether they clearly say the same."""
        both = fused(text, heard, self.settings)
        alike = key(text.text) == key(heard.text) != ""
        return both, alike and both.confidence >= self.settings.crop_alike

    def _upright(self, pixels: Pixels, text: DecodedText) -> tuple[Pixels, DecodedText]:
        """The crop turned by quarters, if it reads much better so, and its text then."""
        height, width = pixels.shape[:2]
        quarters = (1, 2, 3) if height > width else (2,)
        crops = [np.ascontiguousarray(np.rot90(pixels, quarter)) for quarter in quarters]
        texts = self.recogniser.read([grey_of(crop) for crop in crops])
        best = max(range(len(crops)), key=lambda at: (texts[at].text != "", texts[at].confidence))
        least = max(self.settings.crop_turned, 2 * text.confidence if text.text else 0.0)
        if not texts[best].text or texts[best].confidence < least:
            return pixels, text
        return crops[best], texts[best]

    def _closely(self, pixels: Pixels, text: DecodedText) -> CropReading:
        """The vote of both readers' looks at the crop, and at the finder's lines of it."""
        lines = list(self._lines(pixels))
        crops = [*(view(pixels) for view in VIEWS), *(crop for crop, _ in lines)]
        shares = [share for _, share in lines]
        read = self.recogniser.read_closely([grey_of(crop) for crop in crops])
        views = _views(read, shares)
        if self.witness.ready:
            heard = [[one] for one in self.witness.read(crops)]
            views += self.settings.crop_witness_say * _views(heard, shares)
        voted = vote(views)
        return CropReading(text, Scored(self._worth_showing(voted), agreement(views, voted)))

    def _lines(self, pixels: Pixels) -> Iterator[tuple[Pixels, float]]:
        """The largest lines as rectified crops, with how near the middle they lie (1 to 0)."""
        height = pixels.shape[0]
        air = max(8, round(self.settings.crop_air * height))
        roomy = cv2.copyMakeBorder(pixels, air, air, air, air, cv2.BORDER_REPLICATE)
        scale = min(
            4.0,
            max(1.0, self.settings.crop_height / height),
            self.finder.side / max(roomy.shape),
        )
        larger = cv2.resize(roomy, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        enlarged: Pixels = np.asarray(larger, np.uint8)
        regions = self.finder.find(Photo(enlarged), scale=1.0)
        for quad in sorted((region.quad for region in regions), key=area_of)[
            -self.settings.crop_lines :
        ]:
            middle = sum(y for _, y in quad) / 4 / enlarged.shape[0]
            yield rectified_crop(enlarged, quad), max(0.0, 1 - 2 * abs(middle - 0.5))

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


def _views(read: Sequence[Sequence[DecodedText]], shares: Sequence[float]) -> list[View]:
    """What one reader makes of the crop's views, and of its lines, which are one view together.

    Lines off the middle, cut neighbours mostly, count less: `shares`.
    """
    of_lines = zip(read[len(VIEWS) :], shares, strict=True)
    together = [code for one, share in of_lines for code in _best(one, share).values()]
    return [*(_best(one) for one in read[: len(VIEWS)]), surest(together)]


def _best(readings: Sequence[DecodedText], share: float = 1.0) -> dict[str, RankedCode]:
    """Each code of a view's readings at its best, by key."""
    return surest(
        replace(code, confidence=code.confidence * spoken * share)
        for reading, spoken in ((reading, unspoken(reading)) for reading in readings)
        for code in _codes_of(reading)
    )
