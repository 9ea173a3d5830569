"""The drawer of crops v1 to v3, and of the scenes that are measured with: it never changes.

It draws 21 brands as they were known then. New versions draw from the grammar
(`datasets.codes.known`).
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from datasets.codes.fill import colour, fill, random_code
from datasets.codes.types import DrawnCode
from stylecode.grammar.normalise import brands_of

FIRST_NAMES = {
    "Nike": ("NIKE", "NIKE", "nike", "NIKE SPORTSWEAR", "NIKE AIR"),
    "Jordan": ("JORDAN", "AIR JORDAN", "JUMPMAN"),
    "adidas": ("adidas", "adidas", "ADIDAS", "adidas ORIGINALS"),
    "Reebok": ("Reebok", "REEBOK", "Reebok CLASSIC"),
    "Puma": ("PUMA", "PUMA", "Puma"),
    "New Balance": ("new balance", "New Balance", "NEW BALANCE", "NB"),
    "Converse": ("CONVERSE", "CONVERSE ALL STAR", "ALL STAR"),
    "Vans": ("VANS", "VANS OFF THE WALL", "Vans"),
    "Fila": ("FILA", "FILA", "FILA KOREA"),
    "Skechers": ("SKECHERS", "Skechers"),
    "Asics": ("ASICS", "asics", "Onitsuka Tiger", "ASICS TIGER"),
    "Superga": ("SUPERGA", "SUPERGA 2750"),
    "Hoka": ("HOKA", "HOKA ONE ONE", "UGG"),
    "Salomon": ("SALOMON",),
    "MLB": ("MLB", "MLB KOREA", "F&F MLB"),
    "Discovery": ("Discovery", "DISCOVERY EXPEDITION"),
    "Timberland": ("Timberland", "TIMBERLAND"),
    "Crocs": ("crocs", "CROCS"),
    "Under Armour": ("UNDER ARMOUR", "UA"),
    "On": ("On", "ON RUNNING"),
    "Prospecs": ("PROSPECS", "SPERRY", "K-SWISS", "ECCO"),
}
"""How tags print the brands' names."""

RANDOM_SHARE = 0.06
_QUALITY_LABEL = frozenset({"MLB", "Discovery", "Prospecs", "Fila"})
_FIRST_BESIDE = {"Skechers": "COLOR:@@@"}
_GOES_ON = frozenset({"Fila"})
_FIRST_LABELS = (
    *("ART", "ART.", "ART#", "ARTICLE", "STYLE", "STYLE#", "STYLE:", "STYLE NO.", "STYLE-NO."),
    *("SN", "SN:", "MTL#", "SKU", "SKU:", "ITEM", "ITEM#", "ITEM NO.", "MODEL", "MODEL:"),
    *("MODEL NO.", "REF", "REF.", "NO.", "품번", "품번:", "모델명", "상품코드", "제품번호"),
)
_OTHERS = (
    *("#######", "########", "100######", "10######", "#######-###", "######-###", "#####-####"),
    *("S#####-##", "S#####-#", "J######", "K######-###", "P1G@######", "D1G@######", "@######"),
    *("@L0A#######", "NF0A*******", "#####-####", "@@#####", "###### ## ##", "#-#####-##"),
)
# Codes of shapes that the rules did not know.
_UNKNOWN = re.compile(r"PW0.{9}|RBKH.{5}|S\d{3}[A-Z]\d\d|FS1[A-Z]{3}\d{5}(-.{3})?|2\d{5}-\d[IO]\d")

Draw = Callable[[random.Random], str]


@dataclass(frozen=True, slots=True)
class _Shape:
    brand: str
    weight: float
    draw: Draw
    joints: tuple[str, ...] = ("-",)  # what may stand where the display form has its dash
    labels: tuple[str, ...] = ()
    label_share: float = 0.25
    solid: bool = False  # the display form has no dash: the joint is only printed


def first_code(rng: random.Random) -> DrawnCode:
    """A code of any brand or, seldom, a random string of a code's look."""
    if rng.random() < RANDOM_SHARE:
        code = random_code(rng)
        return DrawnCode("", code, code, _label(rng, _FIRST_LABELS, 0.3))
    shape = rng.choices(_SHAPES, [one.weight for one in _SHAPES])[0]
    code = shape.draw(rng)
    printed = code.replace("-", rng.choice(shape.joints))
    return DrawnCode(
        brand=shape.brand,
        code=code.replace("-", "") if shape.solid else code,
        printed=printed,
        label=_label(rng, shape.labels or _FIRST_LABELS, shape.label_share),
        beside=_FIRST_BESIDE.get(shape.brand, ""),
        goes_on=shape.brand in _GOES_ON,
        quality_label=shape.brand in _QUALITY_LABEL,
    )


def other_code(rng: random.Random) -> DrawnCode:
    """A code of a brand that is none of these, mostly beside a word that names it."""
    code = fill(rng.choice(_OTHERS), rng)
    return DrawnCode("", code, code, _label(rng, _FIRST_LABELS, 0.75))


def known_then(brand: str, code: str) -> bool:
    """Whether a drawn code is of a shape that the rules knew when it was first drawn.

    So that a brand more, with which the rules know more, leaves what is measured with as it is; but
    for a random string that has the new brand's shape, which is one photo in some thousands.
    """
    return not _UNKNOWN.fullmatch(code) if brand else bool(brands_of(code))


def _label(rng: random.Random, labels: tuple[str, ...], share: float) -> str:
    return rng.choice(labels) if rng.random() < share else ""


def _of(*patterns: str) -> Draw:
    return lambda rng: fill(rng.choice(patterns), rng)


def _nike(rng: random.Random) -> str:
    first = rng.choices("CDFHABIJ", (30, 34, 18, 8, 6, 4, 2, 1))[0]
    colours = ("001", "002", "010", "100", "101", "102", "110", "111", "200", "300", "400", "600")
    tail = rng.choice(colours) if rng.random() < 0.6 else fill("###", rng)
    return f"{first}{fill('@####', rng)}-{tail}"


def _adidas(rng: random.Random) -> str:
    if rng.random() < 0.35:
        return rng.choice("BGHSIDQF") + fill("#####", rng)
    return rng.choice("FGHIEDCBAJK") + fill("@####", rng)


def _converse(rng: random.Random) -> str:
    return rng.choices(
        (fill("M####C", rng), fill("1#####C", rng), fill("A0####C", rng)),
        (3, 5, 3),
    )[0]


def _vans(rng: random.Random) -> str:
    start = rng.choices(("VN0A", "VN000", "VN-0"), (6, 3, 2))[0]
    if start == "VN-0":
        return fill("VN-0***", rng) + colour(rng)[:3]
    tail = fill(rng.choice(("#**##*#", "#***@@@", "***#***")), rng)
    if rng.random() < 0.4:
        tail = tail[:4] + colour(rng)[:3]
    return start + tail


def _new_balance(rng: random.Random) -> str:
    start = rng.choice(("M", "U", "W", "ML", "MR", "BB", "MS", "WL", "GC", "PV", "MT", "CT", "CM"))
    return start + fill(rng.choice(("###", "####")), rng) + _tail(rng)


def _tail(rng: random.Random) -> str:
    return fill(rng.choice(("@@", "@@", "@@@", "@@@", "@@#", "@@@#")), rng)


def _new_balance_korea(rng: random.Random) -> str:
    return fill(rng.choice(("NBP@@@###@", "NBP@@##@", "NBP@@###@", "NBP@@####@")), rng)


def _fila(rng: random.Random) -> str:
    code = fill(rng.choice(("FS1@@@####*", "FS1@@@####X", "FS1@@@####@")), rng)
    return f"{code}-{colour(rng)[:3]}" if rng.random() < 0.35 else code


def _fila_old(rng: random.Random) -> str:
    code = rng.choice("1113") + fill(rng.choice(("@M#####", "@@#####")), rng)
    code += rng.choice(("", "", "D", "A", "E"))
    return code + (fill("-###", rng) if rng.random() < 0.2 else "")


def _mlb(rng: random.Random) -> str:
    if rng.random() < 0.5:
        return fill("32SH@@###-##@", rng)
    return fill(rng.choice(("3ASX@@##@-##@@@", "3A@@@@@@-##@@@", "3ASH@@##@-##@@@")), rng)


def _hoka(rng: random.Random) -> str:
    return fill("11#####-", rng) + fill(rng.choice(("@@@", "@@@@", "@@@")), rng)


_STYLE = ("STYLE", "STYLE:", "STYLE#", "STYLE NO.", "STYLE NO", "STYLE-NO.")
_ART = ("ART", "ART", "ART.", "ART:", "ARTICLE", "ART NO.", "ART#")
_KOREAN = ("품번", "품번:", "품번 :", "모델명", "상품코드", "제품번호")
_ANY = ("-", "-", "-", " ")

_SHAPES = (
    _Shape("Nike", 20, _nike, ("-", "-", " "), ("STYLE", "SKU", "STYLE:"), 0.06),
    _Shape("Nike", 6, _of("######-###", "8#####-###", "5#####-###"), ("-", " "), _STYLE, 0.06),
    _Shape("Jordan", 4, _nike, ("-", " "), ("STYLE", "SKU"), 0.06),
    _Shape("adidas", 15, _adidas, ("-",), _ART, 0.55),
    _Shape("Reebok", 3, _of("@@####", "@#####", "1000#####", "RBKH#####"), ("-",), _ART, 0.4),
    _Shape("Puma", 7, _of("37####-##", "1#####-##", "3#####-##"), (" ", " ", "-"), _STYLE, 0.15),
    _Shape("New Balance", 6, _new_balance, ("-",), (*_STYLE, "MODEL", "ITEM"), 0.2),
    _Shape("New Balance", 4, _new_balance_korea, ("-",), _KOREAN, 0.6),
    _Shape("Converse", 8, _converse, ("-",), (*_STYLE, "STYLE"), 0.15),
    _Shape("Vans", 6, _vans, ("-",), ("MTL#", "MTL#", "MTL", "STYLE", "SKU"), 0.4),
    _Shape("Fila", 6, _fila, _ANY, (*_KOREAN, "STYLE", "ART"), 0.3),
    _Shape("Fila", 5, _fila_old, _ANY, (*_KOREAN, "STYLE", "ART"), 0.25),
    _Shape(
        "Skechers", 4, _of("SN-######", "SN-#####"), (" ", " ", ":", ""), ("STYLE",), 0.05, True
    ),
    _Shape("Asics", 5, _of("1###@###-###"), ("-", "-", ".", "_", " "), (*_STYLE, *_KOREAN), 0.2),
    _Shape("Superga", 2, _of("S00@#@#", "S00@#@#", "S###@##"), ("-",), ("ART", "STYLE"), 0.15),
    _Shape("Hoka", 2, _hoka, _ANY, _STYLE, 0.3),
    _Shape("Salomon", 2, _of("L4#######", "L47######"), ("-",), ("REF", "SKU", "ITEM"), 0.3),
    _Shape("MLB", 3, _mlb, _ANY, _KOREAN, 0.5),
    _Shape("Discovery", 1.5, _of("DX-@@@#-###", "DXSH@@###-##@"), ("-",), _KOREAN, 0.4),
    _Shape(
        "Timberland", 1.5, _of("TB0*****@###", "TB01########", "TB0A****@##"), ("-",), _STYLE, 0.2
    ),
    _Shape("Crocs", 1.5, _of("2#####-#@#", "1####-###"), _ANY, _STYLE, 0.3),
    _Shape("Under Armour", 1.5, _of("30#####-###"), ("-",), _STYLE, 0.3),
    _Shape("On", 1.5, _of("61.#####", "5#.#####", "3@@########"), ("-",), ("SKU", "ITEM"), 0.2),
    _Shape("Prospecs", 1.5, _of("PW0@@##@@###", "@@@ ######"), ("-",), _KOREAN, 0.5),
)
