"""What was read on a photo: lines and the codes among them, from one look or from several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from recognizer.calibration import Scored
from recognizer.looking.line_reading import read_line
from recognizer.looking.settings import LOOKING, LookingSettings
from recognizer.looking.voting import surest, tallied
from recognizer.types import RegionReading
from stylecode import RankedCode, key, rank
from stylecode.ranking.whole import whole_first, whole_of
from stylecode.tag.labels import skeleton


@dataclass(frozen=True, slots=True)
class PhotoText:
    """The lines read on a photo and the codes among them, best first."""

    lines: list[RegionReading]
    scored: Scored
    settings: LookingSettings = LOOKING

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
        return self.confidence >= self.settings.settled

    @property
    def clear(self) -> bool:
        """Whether another look would only say the same: sure of a code, or of all its characters.

        Zero or O is no question for another look: print that is alike stays so.
        """
        if self.settled or not self.codes:
            return self.settled
        best = self.codes[0]
        same = sum(one.confidence for one in self.codes if _as_print(one) == _as_print(best))
        least = self.settings.spelled * best.place
        spelled = same >= least and self.scored.agreement == 1.0
        sure = spelled and best.confidence >= self.settings.least_spelled
        return same >= self.settings.settled or sure

    @property
    def witnessed(self) -> bool:
        """Whether both heads of the recogniser read the best code's line alike."""
        return bool(self.codes) and self.lines[self.codes[0].line].witnessed


def ranked(
    lines: list[RegionReading], size: tuple[int, int], settings: LookingSettings = LOOKING
) -> PhotoText:
    """The codes among the lines of a photo of this width and height."""
    return PhotoText(lines, Scored(rank([read_line(line, size) for line in lines])), settings)


def promising(text: PhotoText) -> bool:
    """Whether some line looks like a code and could hardly be read."""
    settings = text.settings
    return any(
        looks_like_code(line, settings.unread_look) and line.confidence < settings.unread
        for line in text.lines
    )


def looks_like_code(line: RegionReading, least: float) -> bool:
    """Whether a line that says something looks so much like a code, as far as anybody can tell."""
    look = line.region.code
    return bool(line.text) and (look is None or look >= least)


def alike(one: PhotoText, other: PhotoText) -> bool:
    """Whether two looks clearly show the same code, or none: a third hardly says otherwise."""
    firsts = {_as_print(look.codes[0]) if look.codes else "" for look in (one, other)}
    return (
        len(firsts) == 1
        and min(one.scored.agreement, other.scored.agreement) >= one.settings.agreed
    )


def _as_print(code: RankedCode) -> str:
    return skeleton(key(code.code))


def together(looks: Sequence[PhotoText]) -> PhotoText:
    """Several looks at one photo as one: its surest look's lines, and the codes of all.

    A code's score lies halfway between its best in a look and its mean over the looks. Where one
    look alone shows the best code and is sure neither of it nor of its place, there is none.
    """
    if len(looks) == 1:
        return looks[0]
    settings = looks[0].settings
    surer = sorted(looks, key=lambda look: -look.confidence)
    lines, found = list(surer[0].lines), list[tuple[bool, RankedCode]]()
    for one in tallied([surest(look.codes) for look in surer]):
        line = one.code.line
        if one.view:
            lines.append(surer[one.view].lines[line])
            line = len(lines) - 1
        score = (one.code.confidence + one.mean) / 2
        whole = surer[one.view] is looks[0]
        least = settings.stands_whole if whole else settings.stands_alone
        alone = one.code.confidence >= least or one.code.place >= settings.stands_there
        stands = one.votes > 1 or alone
        found.append((stands, replace(one.code, confidence=score, line=line)))
    found.sort(key=lambda one: -one[1].confidence)
    if not found or not found[0][0]:
        return PhotoText(list(surer[0].lines), Scored(()), settings)
    codes = whole_first([code for _, code in found], whole_of)[: settings.candidates]
    agreed = [look.scored.agreement * _first(look, codes[0]) for look in looks]
    return PhotoText(lines, Scored(codes, sum(agreed) / len(looks)), settings)


def _first(look: PhotoText, code: RankedCode) -> bool:
    return bool(look.codes) and key(look.codes[0].code) == key(code.code)
