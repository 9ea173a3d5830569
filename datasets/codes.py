"""Style codes to draw: every brand shape we know, in sensible frequencies, and random strings.

A code has its brand's display form (`code`, the truth) and the form this one tag prints
(`printed`: dash, space, dot or nothing between the parts), with the label printed before it.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

_DIGITS = "0123456789"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_COLOURS = (
    *("BLK", "WHT", "BKA", "BLU", "RED", "GRY", "NVY", "OLV", "CHK", "TAN", "PNK", "GRN", "WWT"),
    *("BBK", "BBLC", "NRG", "CCBW", "WBK", "KHK", "PRP", "YEL", "BKW", "NAT", "TPE", "CHAR"),
    *("SIL", "GLD", "MLT", "LTPK", "OFWT", "CRM", "BRN", "IVO", "NTW", "DMH", "BGE"),
)
_LABELS = (
    *("ART", "ART.", "ART#", "ARTICLE", "STYLE", "STYLE#", "STYLE:", "STYLE NO.", "STYLE-NO."),
    *("SN", "SN:", "MTL#", "SKU", "SKU:", "ITEM", "ITEM#", "ITEM NO.", "MODEL", "MODEL:"),
    *("MODEL NO.", "REF", "REF.", "NO.", "품번", "품번:", "모델명", "상품코드", "제품번호"),
)
_OTHERS = (
    *("9999999", "99999999", "100999999", "10999999", "9999999-999", "999999-999", "99999-9999"),
    *(
        "\\S99999-99",
        "\\S99999-9",
        "\\J999999",
        "K999999-999",
        "P1GA999999",
        "D1GA999999",
        "A999999",
    ),
    *("AL0\\A9999999", "NF0\\AXXXXXXX", "99999-9999", "AA99999", "999999 99 99", "9-99999-99"),
)
RANDOM_SHARE = 0.06

Draw = Callable[[random.Random], str]


@dataclass(frozen=True, slots=True)
class DrawnCode:
    """A code to print: `brand` (empty for a random string), `code` in the brand's display form,
    `printed` as this tag has it, `label` the word before it (often empty)."""

    brand: str
    code: str
    printed: str
    label: str


@dataclass(frozen=True, slots=True)
class _Shape:
    brand: str
    weight: float
    draw: Draw
    joints: tuple[str, ...] = ("-",)  # what may stand where the display form has its dash
    labels: tuple[str, ...] = ()
    label_share: float = 0.25
    solid: bool = False  # the display form has no dash: the joint is only printed


class StyleCodes:
    """An endless supply of style codes; the same `rng` state gives the same codes."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng

    def draw(self, brand: str | None = None) -> DrawnCode:
        """A code of `brand`, or of any brand, or (seldom) a random string of a code's look.

        Raises KeyError for a brand without a shape.
        """
        rng = self._rng
        if brand is None and rng.random() < RANDOM_SHARE:
            code = random_code(rng)
            return DrawnCode("", code, code, _label(rng, _LABELS, 0.3))
        shapes = _SHAPES if brand is None else _BY_BRAND[brand]
        shape = rng.choices(shapes, [one.weight for one in shapes])[0]
        code = shape.draw(rng)
        printed = code.replace("-", rng.choice(shape.joints))
        label = _label(rng, shape.labels or _LABELS, shape.label_share)
        return DrawnCode(
            shape.brand, code.replace("-", "") if shape.solid else code, printed, label
        )


def brands() -> tuple[str, ...]:
    """The brands whose codes can be drawn."""
    return tuple(_BY_BRAND)


def random_code(rng: random.Random) -> str:
    """Letters and digits in a code's look, 5 to 14 long, sometimes in two or three parts."""
    parts = rng.choices((1, 2, 3), (6, 3, 1))[0]
    sizes = [rng.randint(5, 11)] if parts == 1 else [rng.randint(2, 7) for _ in range(parts)]
    joint = rng.choice("---/. ")
    return joint.join("".join(_mixed(rng) for _ in range(size)) for size in sizes)


def other_code(rng: random.Random) -> DrawnCode:
    """A code of a brand without a shape of its own here, mostly beside a word that names it."""
    code = pattern(rng.choice(_OTHERS), rng)
    return DrawnCode("", code, code, _label(rng, _LABELS, 0.75))


def colour(rng: random.Random) -> str:
    """A short colour code such as `WHT`."""
    return rng.choice(_COLOURS)


def pattern(text: str, rng: random.Random) -> str:
    """Fill `text`: 9 a digit, A a letter, X either; everything after a backslash as it stands."""
    out: list[str] = []
    literal = False
    for char in text:
        if literal or char not in "9AX\\":
            out.append(char)
            literal = False
        elif char == "\\":
            literal = True
        else:
            out.append({"9": _digit, "A": _letter, "X": _mixed}[char](rng))
    return "".join(out)


def _digit(rng: random.Random) -> str:
    return rng.choice(_DIGITS)


def _letter(rng: random.Random) -> str:
    return rng.choice(_LETTERS)


def _mixed(rng: random.Random) -> str:
    return rng.choice(_LETTERS if rng.random() < 0.45 else _DIGITS)


def _label(rng: random.Random, labels: tuple[str, ...], share: float) -> str:
    return rng.choice(labels) if rng.random() < share else ""


def _of(*patterns: str) -> Draw:
    return lambda rng: pattern(rng.choice(patterns), rng)


def _nike(rng: random.Random) -> str:
    first = rng.choices("CDFHABIJ", (30, 34, 18, 8, 6, 4, 2, 1))[0]
    colours = ("001", "002", "010", "100", "101", "102", "110", "111", "200", "300", "400", "600")
    tail = rng.choice(colours) if rng.random() < 0.6 else pattern("999", rng)
    return f"{first}{pattern('A9999', rng)}-{tail}"


def _adidas(rng: random.Random) -> str:
    if rng.random() < 0.35:
        return rng.choice("BGHSIDQF") + pattern("99999", rng)
    return rng.choice("FGHIEDCBAJK") + pattern("A9999", rng)


def _converse(rng: random.Random) -> str:
    return rng.choices(
        (pattern("M9999C", rng), pattern("199999C", rng), pattern("\\A09999C", rng)),
        (3, 5, 3),
    )[0]


def _vans(rng: random.Random) -> str:
    start = rng.choices(("VN0\\A", "VN000", "VN-0"), (6, 3, 2))[0]
    if start == "VN-0":
        return pattern("VN-0XXX", rng) + colour(rng)[:3]
    tail = pattern(rng.choice(("9XX99X9", "9XXXAAA", "XXX9XXX")), rng)
    if rng.random() < 0.4:
        tail = tail[:4] + colour(rng)[:3]
    return pattern(start, rng) + tail


def _new_balance(rng: random.Random) -> str:
    start = rng.choice(("M", "U", "W", "ML", "MR", "BB", "MS", "WL", "GC", "PV", "MT", "CT", "CM"))
    return start + pattern(rng.choice(("999", "9999")), rng) + _tail(rng)


def _tail(rng: random.Random) -> str:
    return pattern(rng.choice(("AA", "AA", "AAA", "AAA", "AA9", "AAA9")), rng)


def _new_balance_korea(rng: random.Random) -> str:
    return pattern(rng.choice(("NBPAAA999A", "NBPAA99A", "NBPAA999A", "NBPAA9999A")), rng)


def _fila(rng: random.Random) -> str:
    code = pattern(rng.choice(("FS1AAA9999X", "FS1AAA9999\\X", "FS1AAA9999A")), rng)
    return f"{code}-{colour(rng)[:3]}" if rng.random() < 0.35 else code


def _fila_old(rng: random.Random) -> str:
    code = rng.choice("1113") + pattern(rng.choice(("AM99999", "AA99999")), rng)
    code += rng.choice(("", "", "D", "A", "E"))
    return code + (pattern("-999", rng) if rng.random() < 0.2 else "")


def _mlb(rng: random.Random) -> str:
    if rng.random() < 0.5:
        return pattern("32SHAA999-99A", rng)
    return pattern(
        rng.choice(("3\\AS\\XAA99A-99AAA", "3\\AAAAAAA-99AAA", "3\\ASHAA99A-99AAA")), rng
    )


def _hoka(rng: random.Random) -> str:
    return pattern("1199999-", rng) + pattern(rng.choice(("AAA", "AAAA", "AAA")), rng)


_STYLE = ("STYLE", "STYLE:", "STYLE#", "STYLE NO.", "STYLE NO", "STYLE-NO.")
_ART = ("ART", "ART", "ART.", "ART:", "ARTICLE", "ART NO.", "ART#")
_KOREAN = ("품번", "품번:", "품번 :", "모델명", "상품코드", "제품번호")
_ANY = ("-", "-", "-", " ")

_SHAPES = (
    _Shape("Nike", 20, _nike, ("-", "-", " "), ("STYLE", "SKU", "STYLE:"), 0.06),
    _Shape("Nike", 6, _of("999999-999", "899999-999", "599999-999"), ("-", " "), _STYLE, 0.06),
    _Shape("Jordan", 4, _nike, ("-", " "), ("STYLE", "SKU"), 0.06),
    _Shape("adidas", 15, _adidas, ("-",), _ART, 0.55),
    _Shape("Reebok", 3, _of("AA9999", "A99999", "100099999", "RBKH99999"), ("-",), _ART, 0.4),
    _Shape("Puma", 7, _of("379999-99", "199999-99", "399999-99"), (" ", " ", "-"), _STYLE, 0.15),
    _Shape("New Balance", 6, _new_balance, ("-",), (*_STYLE, "MODEL", "ITEM"), 0.2),
    _Shape("New Balance", 4, _new_balance_korea, ("-",), _KOREAN, 0.6),
    _Shape("Converse", 8, _converse, ("-",), (*_STYLE, "STYLE"), 0.15),
    _Shape("Vans", 6, _vans, ("-",), ("MTL#", "MTL#", "MTL", "STYLE", "SKU"), 0.4),
    _Shape("Fila", 6, _fila, _ANY, (*_KOREAN, "STYLE", "ART"), 0.3),
    _Shape("Fila", 5, _fila_old, _ANY, (*_KOREAN, "STYLE", "ART"), 0.25),
    _Shape(
        "Skechers", 4, _of("SN-999999", "SN-99999"), (" ", " ", ":", ""), ("STYLE",), 0.05, True
    ),
    _Shape("Asics", 5, _of("1999A999-999"), ("-", "-", ".", "_", " "), (*_STYLE, *_KOREAN), 0.2),
    _Shape("Superga", 2, _of("S00A9A9", "S00A9A9", "S999A99"), ("-",), ("ART", "STYLE"), 0.15),
    _Shape("Hoka", 2, _hoka, _ANY, _STYLE, 0.3),
    _Shape("Salomon", 2, _of("L49999999", "L47999999"), ("-",), ("REF", "SKU", "ITEM"), 0.3),
    _Shape("MLB", 3, _mlb, _ANY, _KOREAN, 0.5),
    _Shape("Discovery", 1.5, _of("D\\X-AAA9-999", "D\\XSHAA999-99A"), ("-",), _KOREAN, 0.4),
    _Shape(
        "Timberland", 1.5, _of("TB0XXXXXA999", "TB0199999999", "TB0\\AXXXXA99"), ("-",), _STYLE, 0.2
    ),
    _Shape("Crocs", 1.5, _of("299999-9A9", "19999-999"), _ANY, _STYLE, 0.3),
    _Shape("Under Armour", 1.5, _of("3099999-999"), ("-",), _STYLE, 0.3),
    _Shape("On", 1.5, _of("61.99999", "59.99999", "3AA99999999"), ("-",), ("SKU", "ITEM"), 0.2),
    _Shape("Prospecs", 1.5, _of("PW0AA99AA999", "AAA 999999"), ("-",), _KOREAN, 0.5),
)
_BY_BRAND = {
    brand: tuple(one for one in _SHAPES if one.brand == brand)
    for brand in dict.fromkeys(one.brand for one in _SHAPES)
}
