"""The little language in which `brands.toml` spells codes, and the shapes that are told in it.

The head of that file has its marks and gaps.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from types import MappingProxyType

from stylecode.errors import GrammarError
from stylecode.grammar.pieces import Pieces

LETTERS = frozenset(string.ascii_uppercase)
DIGITS = frozenset(string.digits)
ALNUM = LETTERS | DIGITS
MARKS = {"@": LETTERS, "#": DIGITS, "*": ALNUM, "&": LETTERS - set("IO"), "%": DIGITS - {"0"}}
"""Marks that stand for any of several characters."""

PRINTED = {
    "-": frozenset({"", " ", "-", ".", "_", "/"}),
    "=": frozenset({"", " ", "-", ".", "_"}),
    "~": frozenset({"", " ", "-", ".", "_", "/", ":"}),
    ",": frozenset({"", " ", "-"}),
    ".": frozenset({"."}),
    "!": frozenset({" ", "-", ".", "_"}),
    "/": frozenset({"/"}),
}
"""What tags print in each kind of gap."""

_SLOTS = MARKS | {char: frozenset(char) for char in ALNUM}
_REPEATED = re.compile(r"([A-Z0-9@#*&%])\{(\d),(\d)\}")
_PLAIN = re.compile(r"[A-Z0-9@#*&%]+(?:[-=~,.!/][A-Z0-9@#*&%]+)*")
_LEAST_CODE, _MOST_CODE = 5, 20  # letters and digits of a code


@dataclass(frozen=True, slots=True)
class Shape:
    """One positional shape. `slots[i]` are the characters allowed at the i-th place.

    `gaps` maps a place to the kind of gap before it; `brands` are the brands that print it, the
    most likely first (empty for shapes that several unnamed brands share). `strength` is the
    log-odds that a text of this shape, read without doubt and with nothing else known about the
    tag, is the style code. A shape that `needs_name` is digits only, or so little else that
    factories print the like: it needs a brand word or a label. `own_label` is a label that its
    brand counts as a part of its codes.
    """

    pattern: str
    brands: tuple[str, ...]
    strength: float
    needs_name: bool = False
    own_label: str = ""
    slots: tuple[frozenset[str], ...] = field(init=False, compare=False)
    gaps: Mapping[int, str] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        slots, gaps = _parts(self.pattern)
        object.__setattr__(self, "slots", slots)
        object.__setattr__(self, "gaps", gaps)

    def __len__(self) -> int:
        return len(self.slots)

    @property
    def brand(self) -> str:
        """The most likely brand, or an empty string."""
        return self.brands[0] if self.brands else ""

    @property
    def marked(self) -> bool:
        """Whether all its codes begin with the same few characters."""
        return all(len(slot) == 1 for slot in self.slots[:3])

    @property
    def free(self) -> bool:
        """Whether most places take any letter or digit."""
        return 2 * self.pattern.count("*") > len(self)

    @property
    def numeric(self) -> bool:
        """Whether nothing but digits stands in its codes."""
        return all(slot <= DIGITS for slot in self.slots)

    @property
    def begins_with_label(self) -> bool:
        """Whether its codes begin with the label that its brand counts as a part of them."""
        return bool(self.own_label) and self.pattern.startswith(self.own_label)

    def takes(self, place: int, printed: str) -> bool:
        """Whether `printed` (a separator or nothing) may stand before `place`."""
        kind = self.gaps.get(place)
        return printed == "" if kind is None else printed in PRINTED[kind]

    def shown(self, place: int, printed: str) -> str:
        """What the display form has before `place`."""
        kind = self.gaps.get(place, "~")
        return {"~": "", ",": printed, ".": ".", "/": "/"}.get(kind, "-")

    def fits(self, pieces: Pieces) -> bool:
        """Whether a text has this shape."""
        if len(pieces) != len(self.slots):
            return False
        for slot, (_, char) in zip(self.slots, pieces, strict=True):
            if char not in slot:
                return False
        return all(self.takes(place, gap) for place, (gap, _) in enumerate(pieces))

    def spelled(self, pieces: Pieces) -> str:
        """The display form of a text that has this shape."""
        return "".join(
            (self.shown(place, gap) if place else "") + char
            for place, (gap, char) in enumerate(pieces)
        )

    def holds(self, other: Shape) -> bool:
        """Whether every text of the other shape has this one, too."""
        if len(self) != len(other) or self.gaps != other.gaps:
            return False
        return all(one >= two for one, two in zip(self.slots, other.slots, strict=True))


@lru_cache(maxsize=1024)
def _parts(pattern: str) -> tuple[tuple[frozenset[str], ...], Mapping[int, str]]:
    """The characters allowed at each place, and the gaps before places."""
    slots: list[frozenset[str]] = []
    gaps: dict[int, str] = {}
    for mark in pattern:
        if mark in PRINTED:
            gaps[len(slots)] = mark
        else:
            slots.append(_SLOTS[mark])
    return tuple(slots), MappingProxyType(gaps)


def forms(pattern: str) -> tuple[str, ...]:
    """The patterns without repeats that one stands for; raises GrammarError for a bad one."""
    found = _unrolled(pattern) if "{" in pattern else (pattern,)
    for form in found:
        if not _PLAIN.fullmatch(form):
            raise GrammarError(f"pattern {pattern!r}: {form!r} is not spelled in marks and gaps")
        if not _LEAST_CODE <= len(_parts(form)[0]) <= _MOST_CODE:
            raise GrammarError(
                f"pattern {pattern!r}: not {_LEAST_CODE} to {_MOST_CODE} letters and digits"
            )
    return found


def _unrolled(pattern: str) -> tuple[str, ...]:
    """A pattern with each repeat as often as it may stand there, the fewest first."""
    parts = _REPEATED.split(pattern)
    choices = [[parts[0]]]
    for mark, least, most, rest in zip(*(iter(parts[1:]),) * 4, strict=True):
        if int(least) > int(most):
            raise GrammarError(f"pattern {pattern!r}: {{{least},{most}}} is no number of times")
        choices.append([mark * times + rest for times in range(int(least), int(most) + 1)])
    return tuple(map("".join, product(*choices)))
