"""Lines read beyond their ends: what the finder's quad left out is often there to be read.

The finder ends a line where its maps fade, sometimes before a faint first letter or at the blank
before a colour. The recogniser is shown more of the line; where it reads what was read before and
more, the quad was too short.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from recognizer.looking.line_reading import likeliest_first, reading_of, skimmed
from recognizer.looking.passes import Seen
from recognizer.looking.photo_text import PhotoText, looks_like_code
from recognizer.looking.settings import LOOKING, LookingSettings
from recognizer.quads import holds, longer, middle
from recognizer.reading.recogniser import Recogniser
from recognizer.types import Pixels, RegionReading, TextRegion
from stylecode import key, unfinished


@dataclass(frozen=True, slots=True)
class _Try:
    """A line's region with more at one end, and how surely that has to be read."""

    region: TextRegion
    least: float


@dataclass(frozen=True, slots=True)
class BeyondEnds:
    """Reads at most `most` of the lines that may go on beyond their quads."""

    recogniser: Recogniser
    settings: LookingSettings = LOOKING
    most: int = 1
    name: str = "beyond ends"

    def wanted(self, seen: Seen) -> bool:
        """Where a line may go on."""
        return bool(self._open_ended(seen.text))

    def run(self, seen: Seen) -> Seen:
        """The codes with those readings, where that makes the best one longer."""
        text, settings = seen.text, self.settings
        further = self.read(seen.grey, text.lines, self._open_ended(text)[: self.most])
        if not further:
            return seen
        longer_text = seen.with_lines([*text.lines, *further])
        codes = longer_text.text.codes
        if not codes or not text.codes:
            return longer_text if codes else seen
        old, new = text.codes[0], codes[0]
        least = settings.whole_part if old.brand and old.confidence >= settings.plain else 1
        return longer_text if len(key(new.code)) >= len(key(old.code)) + least else seen

    def _open_ended(self, text: PhotoText) -> list[int]:
        """The numbers of the lines that may go on beyond their quads."""
        if text.settled:
            code = text.codes[0]
            read = text.lines[code.line].text
            beside = read[: code.start][-1:] + read[code.end :][:1]
            return [code.line] if unfinished(code.code) or any(map(str.isalnum, beside)) else []
        likely = sorted(
            (likeliest_first(line.region), number)
            for number, line in enumerate(text.lines)
            if looks_like_code(line, self.settings.promising)
        )
        best = [code.line for code in text.codes[:1]]
        return list(dict.fromkeys([*best, *(number for _, number in likely)]))

    def read(
        self, grey: Pixels, lines: Sequence[RegionReading], numbers: Sequence[int]
    ) -> list[RegionReading]:
        """Longer readings of those of a photo's lines that have such numbers, where there are any.

        A line may have several, as far as one, two and three letters go.
        """
        reaches = ((self.settings.in_front, True), (self.settings.behind, False))
        ends = [
            (lines[number], self._tries(lines, number, grey.shape, *one))
            for number in numbers
            for one in reaches
        ]
        quads = [one.region.quad for _, tries in ends for one in tries]
        texts = iter(skimmed(self.recogniser, grey, quads))
        found: list[RegionReading] = []
        for line, tries in ends:
            read = [(one, reading_of(one.region, next(texts))) for one in tries]
            found += self._believed(line, read)
        return found

    def _tries(
        self,
        lines: Sequence[RegionReading],
        number: int,
        size: tuple[int, ...],
        reaches: Sequence[float],
        in_front: bool,
    ) -> list[_Try]:
        """The line reaching further, as far as the photo goes and cuts no well read line in two."""
        line, settings = lines[number], self.settings
        centre = middle(line.region.quad)
        found: list[_Try] = []
        for reach in reaches:
            quad = longer(line.region.quad, reach, in_front)
            a, b, c, d = quad
            x, y = end = middle((a, d) if in_front else (b, c))
            if not (0 <= x < size[1] and 0 <= y < size[0]):
                break
            others = (one for one in lines if one is not line and one.text)
            there = [one for one in others if holds(one.region.quad, end)]
            well_read = (one for one in there if one.confidence >= settings.uncut)
            if any(not holds(one.region.quad, centre) for one in well_read):
                continue
            region = replace(line.region, quad=quad, parts=())
            found.append(_Try(region, settings.longer_inside if there else settings.longer))
        return found

    def _believed(
        self, line: RegionReading, tried: Sequence[tuple[_Try, RegionReading]]
    ) -> list[RegionReading]:
        """Of what was read at one end, nearest first, what holds the line's text and more."""
        found: list[RegionReading] = []
        for one, far in tried:
            goes_on = bool(found) and _goes_on(found[-1].text, far.text)
            if goes_on:
                found.pop()  # its quad ended within a word,
            least = self.settings.longer_going_on if goes_on else one.least
            if far.confidence < least or not self._more(line, far):
                continue
            if found and len(key(found[-1].text)) == len(key(far.text)):
                found.pop()  # or within a letter
            found.append(far)
        return found

    def _more(self, line: RegionReading, far: RegionReading) -> bool:
        """Whether a reading has what was read and more, or is far surer of what it says.

        Half a letter at the line's end may have been read as another.
        """
        was, now, settings = key(line.text), key(far.text), self.settings
        telling = len(was) >= settings.telling
        if telling and was != now and (now.startswith(was) or now.endswith(was)):
            return True
        further = len(now) > len(was) > settings.telling
        if further and (now.startswith(was[:-1]) or now.endswith(was[1:])):
            return far.confidence >= settings.longer_otherwise
        least = max(settings.longer, settings.much_surer * line.confidence)
        return far.confidence > least and len(now) >= settings.telling


def _goes_on(near: str, far: str) -> bool:
    """Whether the farther text has more of the same run of letters and digits, at either end."""
    if len(far) <= len(near):
        return False
    ahead = far.startswith(near) and far[len(near)].isalnum()
    return ahead or (far.endswith(near) and far[-len(near) - 1].isalnum())
