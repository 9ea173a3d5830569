"""The finder again, where the first look leaves doubt: what it finds then is read anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from recognizer.looking.line_reading import LineReader
from recognizer.looking.passes import Pass, Seen, run_all
from recognizer.looking.photo_text import alike, promising, together
from recognizer.types import Photo, TextRegion


class Look(Protocol):
    """A way for the finder to look at a photo again."""

    def regions(self, photo: Photo, regions: Sequence[TextRegion]) -> list[TextRegion]:
        """What it finds where it found `regions` before, in the photo's pixels."""
        ...


@dataclass(frozen=True, slots=True)
class NewLook:
    """Reads what another look finds in place of what was read there, and confirms it."""

    name: str
    look: Look
    lines: LineReader
    confirming: Sequence[Pass]

    def wanted(self, seen: Seen) -> bool:
        """Where the first look leaves doubt about a code, and a later one has not settled it."""
        if not seen.later:
            return not seen.text.clear and bool(seen.text.codes or promising(seen.text))
        last = seen.later[-1]
        return not (last.settled or alike(seen.text, last))

    def run(self, seen: Seen) -> Seen:
        """The looks so far, and this one."""
        near = self.look.regions(seen.photo, [line.region for line in seen.text.lines])
        fresh = self.lines.likeliest(seen.grey, near)[: seen.text.settings.fresh_lines]
        there = seen.with_fresh(fresh, self.lines.read(seen.grey, fresh))
        later = run_all(self.confirming, replace(there, later=())).text
        return replace(seen, later=(*seen.later, later))


@dataclass(frozen=True, slots=True)
class Together:
    """Takes all looks as one."""

    name: str = "together"

    def wanted(self, seen: Seen) -> bool:
        """Where there was more than one."""
        return bool(seen.later)

    def run(self, seen: Seen) -> Seen:
        """What they say together."""
        return replace(seen, text=together([seen.text, *seen.later]), later=())
