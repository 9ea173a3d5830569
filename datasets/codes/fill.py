"""Texts filled in at random: numbers and codes by their marks, colours, strings of no shape."""

from __future__ import annotations

import random

from stylecode.grammar.patterns import DIGITS, LETTERS, MARKS

COLOURS = (
    *("BLK", "WHT", "BKA", "BLU", "RED", "GRY", "NVY", "OLV", "CHK", "TAN", "PNK", "GRN", "WWT"),
    *("BBK", "BBLC", "NRG", "CCBW", "WBK", "KHK", "PRP", "YEL", "BKW", "NAT", "TPE", "CHAR"),
    *("SIL", "GLD", "MLT", "LTPK", "OFWT", "CRM", "BRN", "IVO", "NTW", "DMH", "BGE"),
)
_LETTER_SHARE = 0.45  # of what may be a letter or a digit

_ANY_OF = {mark: "".join(sorted(chars)) for mark, chars in MARKS.items()}
_LETTERS, _DIGITS_OF = ("".join(sorted(chars)) for chars in (LETTERS, DIGITS))


def fill(text: str, rng: random.Random) -> str:
    """`text` with its marks filled in (`stylecode/grammar/brands.toml`); the rest as it stands."""
    return "".join(_filled(char, rng) if char in _ANY_OF else char for char in text)


def _filled(mark: str, rng: random.Random) -> str:
    if mark == "*":
        return rng.choice(_LETTERS if rng.random() < _LETTER_SHARE else _DIGITS_OF)
    return rng.choice(_ANY_OF[mark])


def colour(rng: random.Random) -> str:
    """A short colour code such as `WHT`."""
    return rng.choice(COLOURS)


def random_code(rng: random.Random) -> str:
    """Letters and digits in a code's look, 5 to 14 long, sometimes in two or three parts."""
    parts = rng.choices((1, 2, 3), (6, 3, 1))[0]
    sizes = [rng.randint(5, 11)] if parts == 1 else [rng.randint(2, 7) for _ in range(parts)]
    joint = rng.choice("---/. ")
    return joint.join(fill("*" * size, rng) for size in sizes)
