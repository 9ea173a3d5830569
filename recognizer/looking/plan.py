"""From a whole photo to the codes on it: look, read, and look again where that leaves doubt.

1. The finder looks at the whole photo; the lines that look most like a code are read and ranked.
2. Without a sure code all other lines are read, and badly read ones word by word and cut in front.
3. Likely lines are read beyond their ends, where the finder may have left something out; the line
   of the best code is read closely where its reading is doubtful, or the reader reads it otherwise
   than it was skimmed.
4. While doubt stays that another look may settle, the finder looks again: at the part of the photo
   around the likely lines, turned on its side, then at the likely lines, each alone. What it finds
   is read and confirmed as before, and the looks are taken together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from recognizer.calibration import Scored
from recognizer.finding.finder import Finder
from recognizer.looking.enlarged import SmallPrint
from recognizer.looking.line_ends import LineEnds
from recognizer.looking.line_reading import LineReader, likeliest_first
from recognizer.looking.other_ways import OtherReadings
from recognizer.looking.parts import covered
from recognizer.looking.photo_text import PhotoText, alike, ranked, together
from recognizer.looking.recut import SecondLook
from recognizer.looking.single_lines import CloserLook
from recognizer.looking.turned_look import TurnedLook
from recognizer.looking.zero_or_o import weighed
from recognizer.reading.recogniser import Recogniser
from recognizer.types import Barcode, Photo, Pixels, RegionReading, TextRegion
from stylecode import RankedCode, key, unfinished

FIRST = 10  # lines read before asking whether they hold the code
MOST_LINES = 24
LEAST_VOTED = 0.22  # mean confidence over the cuts of a code that is worth showing
CERTAIN = 0.85  # how likely a line holds a code that is shown though its letters are in doubt,
LEAST_CERTAIN = 0.05  # at this mean confidence
READ = 0.8  # confidence of a line that is not doubted to begin where it does
CLEARLY = 1.3  # times as sure a reading from the other end has to be
MOST_OPEN = 2  # lines that are read beyond their ends where no code is sure; one in later looks
PLAIN = 0.5  # confidence of a brand's code to which no single letter is added,
WHOLE_PART = 2  # only such a part
SURELY = 0.95  # confidence of a skimmed line that needs no second reader
FRESH = 8  # lines of a new look that are read
PROMISING = 0.35  # how much a line has to look like a code to be read beyond its ends,
LIKELY, UNREAD = 0.7, 0.3  # or for another look where no code was read, if it is read less surely


class Look(Protocol):
    """A way for the finder to look at a photo again."""

    def regions(self, photo: Photo, regions: Sequence[TextRegion]) -> list[TextRegion]:
        """What it finds where it found `regions` before, in the photo's pixels."""
        ...


class PhotoReader:
    """Reads whole photos; keeps no state."""

    def __init__(self, finder: Finder, recogniser: Recogniser) -> None:
        self.lines, self.again = LineReader(recogniser), SecondLook(recogniser)
        self.in_full = LineReader(recogniser, skimming=False)
        self.ends, self.others = LineEnds(recogniser), OtherReadings(recogniser)
        self.small: Look = SmallPrint(finder)
        self.sideways: Look = TurnedLook(finder, quarters=1)
        self.near: Look = CloserLook(finder)

    def read(
        self, photo: Photo, grey: Pixels, found: Sequence[TextRegion], bars: Sequence[Barcode] = ()
    ) -> PhotoText:
        """Read the regions that were found on the photo; `bars` may spell the code themselves."""
        text = self._read(photo, grey, found, bars)
        codes = weighed(grey, text.lines, text.codes)
        return PhotoText(text.lines, Scored(codes, text.scored.agreement))

    def _read(
        self, photo: Photo, grey: Pixels, found: Sequence[TextRegion], bars: Sequence[Barcode]
    ) -> PhotoText:
        first = self._confirmed(photo, grey, self._searched(photo, grey, found, bars), MOST_OPEN)
        if first.clear or not (first.codes or _promising(first)):
            return first
        second = self._anew(photo, grey, first, self.sideways)
        looks = [first, second]
        if not (second.settled or alike(first, second)):
            looks.append(self._anew(photo, grey, first, self.near))
        return together(looks)

    def _confirmed(self, photo: Photo, grey: Pixels, text: PhotoText, most: int = 1) -> PhotoText:
        """The best code's line read again, unless it is settled and both heads agree on it."""
        text = self._lengthened(photo, grey, self._righted(photo, grey, text), most)
        if not text.codes or (text.settled and text.witnessed and self._borne_out(grey, text)):
            return text
        scored = self.again.at(grey, text.lines, text.codes, (photo.width, photo.height))
        if not _shown(scored.codes):
            scored = Scored(())  # what other cuts of the same line do not show is no code
        return PhotoText(text.lines, scored)

    def _borne_out(self, grey: Pixels, text: PhotoText) -> bool:
        """Whether the reader itself reads the best code's line as it was skimmed."""
        line = text.lines[text.codes[0].line]
        if line.confidence >= SURELY:
            return True
        (again,) = self.in_full.read(grey, [line.region])
        return key(again.text) == key(line.text)

    def _righted(self, photo: Photo, grey: Pixels, text: PhotoText) -> PhotoText:
        """The codes with the best one's line from its other end, too, if it reads clearly so."""
        line = text.lines[text.codes[0].line] if text.codes else None
        if line is None or line.confidence >= READ:
            return text
        other = self.others.turned(grey, [line])
        if not other or other[0].confidence < CLEARLY * line.confidence:
            return text
        return ranked([*text.lines, *other], (photo.width, photo.height))

    def _lengthened(self, photo: Photo, grey: Pixels, text: PhotoText, most: int) -> PhotoText:
        """The codes with lines read beyond their ends, where that makes the best one longer."""
        further = self.ends.read(grey, text.lines, _open_ended(text)[:most])
        if not further:
            return text
        longer = ranked([*text.lines, *further], (photo.width, photo.height))
        if not longer.codes or not text.codes:
            return longer if longer.codes else text
        old, new = text.codes[0], longer.codes[0]
        least = WHOLE_PART if old.brand and old.confidence >= PLAIN else 1
        return longer if len(key(new.code)) >= len(key(old.code)) + least else text

    def _searched(
        self, photo: Photo, grey: Pixels, found: Sequence[TextRegion], bars: Sequence[Barcode]
    ) -> PhotoText:
        """Lines read until a code is sure."""
        size = (photo.width, photo.height)
        regions = self._likeliest(grey, found)
        spelled = [_spelled(barcode) for barcode in bars if barcode.format == "CODE-128"]
        text = ranked([*spelled, *self.lines.read(grey, regions[:FIRST])], size)
        if text.settled:
            return text
        others = self.lines.read(grey, regions[FIRST:MOST_LINES])
        text = ranked(self._more(grey, [*text.lines, *others]), size)
        return text if text.clear else self._enlarged(photo, grey, text)

    def _more(self, grey: Pixels, lines: list[RegionReading]) -> list[RegionReading]:
        """The lines, and other readings of some: word by word, from the other end, or cut."""
        return [*lines, *self.others.read(grey, lines)]

    def _enlarged(self, photo: Photo, grey: Pixels, text: PhotoText) -> PhotoText:
        """The codes with small print as it is seen enlarged."""
        near = self.small.regions(photo, [line.region for line in text.lines])
        if not near:
            return text
        fresh = self._likeliest(grey, near)[:FIRST]
        return _replaced(photo, text, fresh, self._more(grey, self.lines.read(grey, fresh)))

    def _anew(self, photo: Photo, grey: Pixels, text: PhotoText, look: Look) -> PhotoText:
        """The codes with the lines that a new look finds in place of those read there."""
        near = look.regions(photo, [line.region for line in text.lines])
        fresh = self._likeliest(grey, near)[:FRESH]
        lines = self.lines.read(grey, fresh)
        return self._confirmed(photo, grey, _replaced(photo, text, fresh, lines))

    def _likeliest(self, grey: Pixels, regions: Sequence[TextRegion]) -> list[TextRegion]:
        return sorted(self.lines.directed(grey, regions), key=likeliest_first)


def _shown(codes: Sequence[RankedCode]) -> bool:
    """Whether the cuts of a line agree on a code, or that there is one, though hard to read."""
    if not codes:
        return False
    least = LEAST_CERTAIN if codes[0].place >= CERTAIN else LEAST_VOTED
    return codes[0].confidence >= least


def _replaced(
    photo: Photo, text: PhotoText, fresh: Sequence[TextRegion], lines: Sequence[RegionReading]
) -> PhotoText:
    """The codes with `lines`, read in the `fresh` regions, in place of what was read there."""
    kept = [line for line in text.lines if not covered(line.region, fresh)]
    return ranked([*kept, *lines], (photo.width, photo.height))


def _open_ended(text: PhotoText) -> list[int]:
    """The numbers of the lines that may go on beyond their quads."""
    if text.settled:
        code = text.codes[0]
        read = text.lines[code.line].text
        beside = read[: code.start][-1:] + read[code.end :][:1]
        return [code.line] if unfinished(code.code) or any(map(str.isalnum, beside)) else []
    likely = sorted(
        (likeliest_first(line.region), number)
        for number, line in enumerate(text.lines)
        if _looks_like_one(line)
    )
    best = [code.line for code in text.codes[:1]]
    return list(dict.fromkeys([*best, *(number for _, number in likely)]))


def _promising(text: PhotoText) -> bool:
    """Whether some line looks like a code and could hardly be read."""
    return any(_looks_like_one(line, LIKELY) and line.confidence < UNREAD for line in text.lines)


def _looks_like_one(line: RegionReading, least: float = PROMISING) -> bool:
    look = line.region.code
    return bool(line.text) and (look is None or look >= least)


def _spelled(barcode: Barcode) -> RegionReading:
    """A Code 128 as a line that is read without doubt."""
    alternatives = tuple(((char, 1.0),) for char in barcode.text)
    return RegionReading(TextRegion(barcode.quad, 1.0), barcode.text, alternatives, 0.99, True)
