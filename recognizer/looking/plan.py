"""From a whole photo to the codes on it: look, read, and look again where that leaves doubt.

1. The finder looks at the whole photo; the lines that look most like a code are read and ranked.
2. Without a sure code all other lines are read, and badly read ones word by word and cut in front;
   small print is looked at again, enlarged.
3. The best line is read from its other end, likely lines beyond their ends, where the finder may
   have left something out; the line of the best code is read closely where its reading is doubtful,
   or the reader reads it otherwise than it was skimmed.
4. While doubt stays that another look may settle, the finder looks again: at the part of the photo
   around the likely lines, turned on its side, then at the likely lines, each alone. What it finds
   is read and confirmed as before, and the looks are taken together.
5. A zero or an O is told by its shape; a picture of one line is read as such.
"""

from __future__ import annotations

from collections.abc import Sequence

from recognizer.calibration import Scored
from recognizer.finding.finder import Finder
from recognizer.looking.again.enlarged import Enlarged, SmallPrint
from recognizer.looking.again.new_looks import NewLook, Together
from recognizer.looking.again.single_lines import SingleLines
from recognizer.looking.again.turned_part import TurnedPart
from recognizer.looking.first_look import AllLines, FirstLines
from recognizer.looking.line_ends import BeyondEnds
from recognizer.looking.line_reading import LineReader
from recognizer.looking.other_ways import OtherEnd, OtherWays
from recognizer.looking.passes import Pass, Seen, run_all
from recognizer.looking.photo_text import PhotoText
from recognizer.looking.recut import Recut
from recognizer.looking.settings import LOOKING, LookingSettings
from recognizer.looking.whole_picture import WholePicture
from recognizer.looking.zero_or_o import ZeroOrO
from recognizer.reading.recogniser import Recogniser
from recognizer.types import Barcode, Photo, Pixels, TextRegion


class PhotoReader:
    """Reads whole photos; keeps no state."""

    def __init__(
        self, finder: Finder, recogniser: Recogniser, settings: LookingSettings = LOOKING
    ) -> None:
        self.settings = settings
        self.plan = plan_of(finder, recogniser, settings)

    def read(
        self, photo: Photo, grey: Pixels, found: Sequence[TextRegion], bars: Sequence[Barcode] = ()
    ) -> PhotoText:
        """Read the regions that were found on the photo; `bars` may spell the code themselves."""
        nothing = PhotoText([], Scored(()), self.settings)
        seen = Seen(photo, grey, tuple(found), tuple(bars), nothing)
        return run_all(self.plan, seen).text


def plan_of(finder: Finder, recogniser: Recogniser, settings: LookingSettings) -> tuple[Pass, ...]:
    """The passes in the order in which they are taken."""
    skimming = LineReader(recogniser, True, settings)
    in_full = LineReader(recogniser, False, settings)
    others = OtherWays(recogniser, settings)
    confirming = (OtherEnd(others), BeyondEnds(recogniser, settings), Recut(in_full, settings))
    return (
        FirstLines(skimming, settings),
        AllLines(skimming, others, settings),
        Enlarged(SmallPrint(finder, settings), skimming, others),
        OtherEnd(others),
        BeyondEnds(recogniser, settings, settings.most_open),
        Recut(in_full, settings),
        NewLook("turned part", TurnedPart(finder, 1, settings), skimming, confirming),
        NewLook("single lines", SingleLines(finder, settings), skimming, confirming),
        Together(),
        ZeroOrO(),
        WholePicture(in_full, settings),
    )
