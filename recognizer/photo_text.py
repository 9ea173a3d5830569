"""What was read on a photo: lines and the codes among them, from one look or from several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from recognizer.calibration import Scored
from recognizer.line_reading import read_line
from recognizer.types import RegionReading
from recognizer.voting import surest
from stylecode import RankedCode, key, rank

SURE = 0.8  # confidence of a code that makes further lines needless
ALONE = 0.45  # confidence from which on a code stands that one look of several shows
MOST_CODES = 5


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
    def witnessed(self) -> bool:
        """Whether both heads of the recogniser read the best code's line alike."""
        return bool(self.codes) and self.lines[self.codes[0].line].witnessed


def ranked(lines: list[RegionReading], size: tuple[int, int]) -> PhotoText:
    """The codes among the lines of a photo of this width and height."""
    return PhotoText(lines, Scored(rank([read_line(line, size) for line in lines])))


def together(looks: Sequence[PhotoText]) -> PhotoText:
    """Several looks at one photo as one: its surest look's lines, and the codes of all.

    A code's score lies halfway between its best in a look and its mean over the looks. Where one
    look alone shows the best code and is not sure of it, there is none.
    """
    if len(looks) == 1:
        return looks[0]
    surer = sorted(looks, key=lambda look: -look.confidence)
    lines, found = list(surer[0].lines), list[RankedCode]()
    views = [surest(look.codes) for look in surer]
    for name in dict.fromkeys(name for view in views for name in view):
        votes = [(view[name], at) for at, view in enumerate(views) if name in view]
        code, best = max(votes, key=lambda vote: vote[0].confidence)
        mean = sum(vote.confidence for vote, _ in votes) / len(views)
        line = code.line
        if best:
            lines.append(surer[best].lines[line])
            line = len(lines) - 1
        found.append(replace(code, confidence=(code.confidence + mean) / 2, line=line))
    found.sort(key=lambda code: -code.confidence)
    if not found or not _stands(found[0], views):
        return PhotoText(list(surer[0].lines), Scored(()))
    agreed = [look.scored.agreement * _first(look, found[0]) for look in looks]
    return PhotoText(lines, Scored(tuple(found[:MOST_CODES]), sum(agreed) / len(looks)))


def _stands(code: RankedCode, views: Sequence[dict[str, RankedCode]]) -> bool:
    votes = [view[key(code.code)].confidence for view in views if key(code.code) in view]
    return len(votes) > 1 or votes[0] >= ALONE


def _first(look: PhotoText, code: RankedCode) -> bool:
    return bool(look.codes) and key(look.codes[0].code) == key(code.code)
