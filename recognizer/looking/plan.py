"""From a whole photo to the codes on it: look, read, and look again where that leaves doubt.

1. The finder looks at the whole photo; the lines that look most like a code are read by TRBA and
   ranked, and the best of them by the witness.
2. Without a clear code all other lines are read, and the witness reads those that may hold one.
3. The line of the best code is read closely where the readers leave doubt about it.
4. While doubt stays, parts of the photo are looked at, enlarged, until one code leads.
5. A zero or an O is told by its shape; a picture of one line is read as such.
"""

from __future__ import annotations

from collections.abc import Sequence

from recognizer.calibration import Scored
from recognizer.finding.finder import Finder
from recognizer.looking.again.recut import Recut
from recognizer.looking.again.tiles import Tiles
from recognizer.looking.double_reading import DoubleReading, LineWitness, NoWitness
from recognizer.looking.first_look import AllLines, FirstLines
from recognizer.looking.line_reading import LineReader
from recognizer.looking.passes import Pass, Seen, run_all
from recognizer.looking.photo_text import PhotoText
from recognizer.looking.settings import LOOKING, LookingSettings
from recognizer.looking.whole_picture import WholePicture
from recognizer.looking.witnessed import Witnessed
from recognizer.looking.zero_or_o import ZeroOrO
from recognizer.reading.recogniser import Recogniser
from recognizer.types import Barcode, Photo, Pixels, TextRegion


class PhotoReader:
    """Reads whole photos; keeps no state."""

    def __init__(
        self,
        finder: Finder,
        recogniser: Recogniser,
        settings: LookingSettings = LOOKING,
        witness: LineWitness | None = None,
    ) -> None:
        self.settings = settings
        self.plan = plan_of(finder, recogniser, settings, witness or NoWitness())

    def read(
        self, photo: Photo, grey: Pixels, found: Sequence[TextRegion], bars: Sequence[Barcode] = ()
    ) -> PhotoText:
        """Read the regions that were found on the photo; `bars` may spell the code themselves."""
        nothing = PhotoText([], Scored(()), self.settings)
        seen = Seen(photo, grey, tuple(found), tuple(bars), nothing)
        return run_all(self.plan, seen).text


def plan_of(
    finder: Finder, recogniser: Recogniser, settings: LookingSettings, witness: LineWitness
) -> tuple[Pass, ...]:
    """The passes in the order in which they are taken."""
    skimming = LineReader(recogniser, True, settings)
    in_full = LineReader(recogniser, False, settings)
    double = DoubleReading(witness, settings)
    return (
        FirstLines(skimming, settings),
        Witnessed(double, settings, settings.first_witnessed, "witness first"),
        AllLines(skimming, settings),
        Witnessed(double, settings, settings.most_witnessed, "witness all"),
        Recut(in_full, double, settings),
        Tiles(finder, skimming, double, settings),
        ZeroOrO(),
        WholePicture(in_full, settings),
    )
