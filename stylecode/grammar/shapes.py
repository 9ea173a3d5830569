"""What the brands' style codes look like, as data.

A pattern spells one code: `@` a letter, `&` one but I and O, `#` a digit, `%` one but 0, `*` either
letter or digit, any other letter or digit itself.
Between them stand gaps, named by how a tag prints them and how the code is shown:

    -   a separator or none in print; shown as '-'
    =   the same before a part that may be missing; with a space it may be another text
    ~   a separator or none in print; not shown
    ,   a separator or none in print; shown as printed
    .   a dot in print, always; shown as '.'
    !   a separator in print, always; shown as '-'
    /   a slash in print, always; shown as '/'

`strength` is the log-odds that a text of this shape, read without doubt and with nothing else known
about the tag, is the style code. `bare` shapes hold digits only, or so little else that factories
print the like: they need a brand word or a label.
"""

from __future__ import annotations

import re
import string
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache

from stylecode.grammar.brands import TABLE

LETTERS = frozenset(string.ascii_uppercase)
DIGITS = frozenset(string.digits)
ALNUM = LETTERS | DIGITS
_CLASSES = {"@": LETTERS, "#": DIGITS, "*": ALNUM, "&": LETTERS - set("IO"), "%": DIGITS - {"0"}}
_GAPS = frozenset("-=~,.!/")
_PRINTED = {
    "-": frozenset({"", " ", "-", ".", "_", "/"}),
    "=": frozenset({"", " ", "-", ".", "_"}),
    "~": frozenset({"", " ", "-", ".", "_", "/", ":"}),
    ",": frozenset({"", " ", "-"}),
    ".": frozenset({"."}),
    "!": frozenset({" ", "-", ".", "_"}),
    "/": frozenset({"/"}),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """One positional shape. `slots[i]` are the characters allowed at the i-th place.

    `gaps` maps a place to the kind of gap before it; `brands` are the brands that print it, the
    most likely first (empty for shapes that several unnamed brands share).
    """

    pattern: str
    brands: tuple[str, ...]
    strength: float
    bare: bool = False
    slots: tuple[frozenset[str], ...] = field(init=False)
    gaps: dict[int, str] = field(init=False, hash=False, compare=False)

    def __post_init__(self) -> None:
        slots: list[frozenset[str]] = []
        gaps: dict[int, str] = {}
        for mark in self.pattern:
            if mark in _GAPS:
                gaps[len(slots)] = mark
            else:
                slots.append(_CLASSES.get(mark, frozenset(mark)))
        object.__setattr__(self, "slots", tuple(slots))
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

    def kin(self, other: Shape) -> bool:
        """Whether one brand prints both, or unnamed ones do."""
        return self.brands == other.brands or not set(self.brands).isdisjoint(other.brands)

    def takes(self, place: int, printed: str) -> bool:
        """Whether `printed` (a separator or nothing) may stand before `place`."""
        kind = self.gaps.get(place)
        return printed == "" if kind is None else printed in _PRINTED[kind]

    def shown(self, place: int, printed: str) -> str:
        """What the display form has before `place`."""
        kind = self.gaps.get(place, "~")
        return {"~": "", ",": printed, ".": ".", "/": "/"}.get(kind, "-")


SHAPES: tuple[Shape, ...] = tuple(
    Shape(pattern, brands, strength, bare)
    for brands, patterns, strength, bare in TABLE
    for pattern in patterns
)


def _by_length() -> dict[int, tuple[Shape, ...]]:
    found: defaultdict[int, list[Shape]] = defaultdict(list)
    for shape in SHAPES:
        found[len(shape)].append(shape)
    return {n: tuple(sorted(some, key=lambda s: -s.strength)) for n, some in found.items()}


BY_LENGTH: dict[int, tuple[Shape, ...]] = _by_length()
"""Shapes by their number of letters and digits, the strongest first."""

DOTTED = frozenset(at for shape in SHAPES for at, kind in shape.gaps.items() if kind == ".")
"""Places before which some brand always prints a dot."""


@cache
def begins_another(shape: Shape) -> bool:
    """Whether a longer shape may begin with a code of this one."""
    return any(_within(shape, other, 0) for other in SHAPES if len(other) > len(shape))


@cache
def is_a_part(shape: Shape) -> bool:
    """Whether a longer shape may begin with a code of this one and then have a gap."""
    longer = [other for other in SHAPES if len(shape) in other.gaps]
    return any(_within(shape, other, 0) for other in longer)


@cache
def ends_another(shape: Shape) -> bool:
    """Whether a longer shape may end in a code of this one."""
    longer = [other for other in SHAPES if len(other) > len(shape)]
    return any(_within(shape, other, len(other) - len(shape)) for other in longer)


def _within(shape: Shape, longer: Shape, at: int) -> bool:
    gaps = {place - at for place in longer.gaps if 0 < place - at < len(shape)}
    there = longer.slots[at : at + len(shape)]
    return gaps == set(shape.gaps) and all(
        not one.isdisjoint(two) for one, two in zip(shape.slots, there, strict=True)
    )


_STRONG = 2.0
_TELLING = tuple(
    shape
    for shape in SHAPES
    if shape.strength >= _STRONG and all(len(slot) == 1 for slot in shape.slots[:2])
)


def begins_a_strong_one(text: str) -> bool:
    """Whether a text is the beginning of a code whose shape is strong and tells its brand."""
    return any(
        len(shape) > len(text)
        and all(char in slot for char, slot in zip(text, shape.slots, strict=False))
        for shape in _TELLING
    )


_BEGINNING = re.compile("[A-Z0-9]{2,}")


def _beginnings() -> tuple[tuple[str, int], ...]:
    least: dict[str, int] = {}
    for shape in SHAPES:
        begins = _BEGINNING.match(shape.pattern.replace("~", "").replace("-", ""))
        if begins and any(char in DIGITS for char in begins[0]) and begins[0][0] in LETTERS:
            least[begins[0]] = min(len(shape), least.get(begins[0], len(shape)))
    return tuple(least.items())


BEGINNINGS: tuple[tuple[str, int], ...] = _beginnings()
"""Characters that only one brand's codes begin with, and how long the shortest of these is.

A shorter beginning may be that of another form of the same brand, parted by a dash ("VN-0")."""
