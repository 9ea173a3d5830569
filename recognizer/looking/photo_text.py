"""What was read on a photo: lines and the codes among them, from one look or from several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from recognizer.calibration import Scored
from recognizer.looking.line_reading import read_line
from recognizer.looking.voting import surest, tallied, whole_first
from recognizer.types import RegionReading
from stylecode import RankedCode, key, rank
from stylecode.tag.labels import skeleton

SURE = 0.8  # confidence of a code that makes further lines needless
ALONE = 0.45  # confidence from which on a code stands that one look of several shows,
ALONE_WHOLE = 0.3  # or where that was the look at the whole photo, as it is,
THERE = 0.9  # or a lesser one where the photo shows some code so likely, whichever it is
SPELLED = 0.95  # a code's confidence, of its place's, where no character is in doubt,
LEAST_SPELLED = 0.45  # and at least, to be shown without another look
AGREED = 0.6  # share of a look's views that find the same code likeliest
MOST_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class PhotoText:
    """The lines read on a photo and the codes among them, best first."""

    lines: list[RegionReading]
    scored: Scored

    @property
    def codes(self) -> tuple[RankedCode, ...]:
        """The codes, best first."""
        return self.scored.codes

    @property
    def confidence(self) -> float:
        """The best code's, 0 without one."""
        return self.codes[0].confidence if self.codes else 0.0

    @property
    def settled(self) -> bool:
        """Whether a code is so sure that no other line need be read."""
        return self.confidence >= SURE

    @property
    def clear(self) -> bool:
        """Whether another look would only say the same: sure of a code, or of all its characters.

        Zero or O is no question for another look: print that is alike stays so.
        """
        if self.settled or not self.codes:
            return self.settled
        best = self.codes[0]
        same = sum(one.confidence for one in self.codes if _as_print(one) == _as_print(best))
        spelled = same >= SPELLED * best.place and self.scored.agreement == 1.0
        return same >= SURE or (spelled and best.confidence >= LEAST_SPELLED)

    @property
    def witnessed(self) -> bool:
        """Whether both heads of the recogniser read the best code's line alike."""
        return bool(self.codes) and self.lines[self.codes[0].line].witnessed


def ranked(lines: list[RegionReading], size: tuple[int, int]) -> PhotoText:
    """The codes among the lines of a photo of this width and height."""
    return PhotoText(lines, Scored(rank([read_line(line, size) for line in lines])))


def alike(one: PhotoText, other: PhotoText) -> bool:
    """Whether two looks clearly show the same code, or none: a third hardly says otherwise."""
    firsts = {_as_print(look.codes[0]) if look.codes else "" for look in (one, other)}
    return len(firsts) == 1 and min(one.scored.agreement, other.scored.agreement) >= AGREED


def _as_print(code: RankedCode) -> str:
    return skeleton(key(code.code))


def together(looks: Sequence[PhotoText]) -> PhotoText:
    """Several looks at one photo as one: its surest look's lines, and the codes of all.

    A code's score lies halfway between its best in a look and its mean over the looks. Where one
    look alone shows the best code and is sure neither of it nor of its place, there is none.
    """
    if len(looks) == 1:
        return looks[0]
    surer = sorted(looks, key=lambda look: -look.confidence)
    lines, found = list(surer[0].lines), list[tuple[bool, RankedCode]]()
    for one in tallied([surest(look.codes) for look in surer]):
        line = one.code.line
        if one.view:
            lines.append(surer[one.view].lines[line])
            line = len(lines) - 1
        score = (one.code.confidence + one.mean) / 2
        least = ALONE_WHOLE if surer[one.view] is looks[0] else ALONE
        alone = one.code.confidence >= least or one.code.place >= THERE
        stands = one.votes > 1 or alone
        found.append((stands, replace(one.code, confidence=score, line=line)))
    found.sort(key=lambda one: -one[1].confidence)
    if not found or not found[0][0]:
        return PhotoText(list(surer[0].lines), Scored(()))
    codes = whole_first([code for _, code in found])[:MOST_CANDIDATES]
    agreed = [look.scored.agreement * _first(look, codes[0]) for look in looks]
    return PhotoText(lines, Scored(codes, sum(agreed) / len(looks)))


def _first(look: PhotoText, code: RankedCode) -> bool:
    return bool(look.codes) and key(look.codes[0].code) == key(code.code)
