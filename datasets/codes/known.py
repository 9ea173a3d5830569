"""Codes drawn from the grammar: every brand, as often as its codes are met, and random strings."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from datasets.codes.fill import COLOURS, fill, random_code
from datasets.codes.types import DrawnCode, Names
from stylecode.grammar.brands import grammar
from stylecode.grammar.entries import Brand, Labels, Pattern
from stylecode.grammar.normalise import brands_of
from stylecode.grammar.patterns import LETTERS, PRINTED, Shape

RANDOM_SHARE = 0.06
COLOUR_SHARE = 0.7  # of last parts of three letters and more: a colour as it is abbreviated

_LABELS = Labels(
    (
        *("ART", "ARTICLE", "STYLE", "STYLE", "SN", "MTL#", "SKU", "ITEM", "MODEL", "REF", "NO."),
        *("품번", "모델명", "상품코드", "제품번호"),
    ),
    0.25,
)
_BEHIND = {True: ("", "", ".", ":", "#", " NO.", "-NO."), False: ("", ":", " :")}  # by: in Latin
_JOINTS = {
    "-": ("-", "-", "-", " "),
    "=": ("-", "-", " "),
    "~": (" ", ""),
    ",": (" ", ""),
    ".": (".",),
    "!": ("-", " "),
    "/": ("/",),
}
_LEAST_COLOUR = 3


@dataclass(frozen=True, slots=True)
class _CodeKind:
    """A pattern of a brand; None: of several that are not told apart by it."""

    brand: Brand | None
    pattern: Pattern


def known_code(rng: random.Random, brand: str | None = None) -> DrawnCode:
    """A code of `brand`, or of any brand or, seldom, a random string of a code's look.

    Raises IndexError for a brand that the grammar does not have.
    """
    if brand is None and rng.random() < RANDOM_SHARE:
        code = random_code(rng)
        return DrawnCode("", code, code, _label(rng, _LABELS))
    kinds = [kind for kind in _kinds() if brand in {None, kind.brand and kind.brand.name}]
    kind = rng.choices(kinds, [kind.pattern.often for kind in kinds])[0]
    shape = rng.choice(kind.pattern.drawn or kind.pattern.shapes)
    code, printed = _printed(rng, shape, kind.pattern.joints)
    return DrawnCode(
        brand=kind.brand.name if kind.brand else "",
        code=code,
        printed=printed,
        label=_label(rng, kind.pattern.labels or _LABELS),
        beside=kind.pattern.beside,
        goes_on=bool(brands_of(f"{printed} {'X' * _LEAST_COLOUR}")),
        quality_label=kind.brand is not None and kind.brand.quality_label,
    )


@cache
def known_names() -> Names:
    """How tags print the brands' names."""
    return {
        brand.name: brand.printed or (brand.name, brand.name.upper(), *brand.words)
        for brand in grammar().brands
    }


@cache
def _kinds() -> tuple[_CodeKind, ...]:
    return (
        *(_CodeKind(brand, pattern) for brand in grammar().brands for pattern in brand.patterns),
        *(_CodeKind(None, pattern) for pattern in grammar().unnamed),
    )


def _printed(rng: random.Random, shape: Shape, joints: Sequence[str]) -> tuple[str, str]:
    """A code of this shape as it is shown, and as a tag prints it."""
    joint = {
        kind: rng.choice([one for one in joints if one in PRINTED[kind]] or _JOINTS[kind])
        for kind in sorted(set(shape.gaps.values()))
    }
    code = printed = ""
    for place, char in enumerate(_chars(rng, shape)):
        gap = joint[shape.gaps[place]] if place in shape.gaps else ""
        code += (shape.shown(place, gap) if place else "") + char
        printed += gap + char
    return code, printed


def _chars(rng: random.Random, shape: Shape) -> str:
    """Letters and digits of this shape; its last part is often a colour, if it may be one."""
    chars = "".join(fill(mark, rng) for mark in shape.pattern if mark not in PRINTED)
    last = len(shape) - max(shape.gaps, default=len(shape))
    alike = [one for one in COLOURS if len(one) == last >= _LEAST_COLOUR]
    if alike and all(slot == LETTERS for slot in shape.slots[-last:]):
        return chars[:-last] + rng.choice(alike) if rng.random() < COLOUR_SHARE else chars
    return chars


def _label(rng: random.Random, labels: Labels) -> str:
    if rng.random() >= labels.share:
        return ""
    word = rng.choice(labels.words)
    return word + rng.choice(_BEHIND[word.isascii()]) if word[-1].isalnum() else word
