"""What stands beside a code on a tag: labels that name it, labels that name something else, words.

All matching is done on a skeleton of the text, in which characters that print alike are one, so a
misread "5TYLE N0." still counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum, auto
from functools import cache

from stylecode.grammar.brands import grammar

LABELS: tuple[str, ...] = (
    "ARTICLE",
    "ARTIKEL",
    "ART",
    "STYLE",
    "STYL",
    "STY",
    "SKU",
    "ITEM",
    "MODEL",
    "MODELE",
    "MODELO",
    "MTL",
    "MATL",
    "S/N",
    "SN",
    "SIN",  # a slash is easily read as an I
    "P/N",
    "PN",
    "REFERENCE",
    "REF",
    "PRODUCT",
    "PROD",
    "CODE",
)
"""Words in front of a style code."""

_CLIPPED = (
    "TYLE",
    "YLE NO",
    "YL NO",
    "YL-NO",
    "LE NO",
    "RTICLE",
    "ODEL NO",
    "EL NO",
    "KU",
    "TEM NO",
)
"""Labels whose first letters were not seen, as at a fold; only such as mean nothing else."""

_OTHER_LABELS = """
SIZE UPC EAN GTIN BARCODE PO P/O P.O LOT FACTORY FTY DATE MFG MFD TEL FAX PHONE CALL A/S AIS US UK
EUR EU CM MM QTY COLOR COLOUR COL WIDTH LAST SERIAL CUSTOMER RN CA VENDOR ORDER SEASON PRICE KC CERT
REG PATENT PAT PCI APE WEIGHT HEIGHT ZIP BATCH LINE PAGE INVOICE EXP POS TID MID BILL AUTH APPROVAL
CARD CASHIER VISA TOTAL SUBTOTAL VAT TAX CTN RECEIPT ACCT STORE TERMINAL TEL. HOTLINE
"""

_LEAST_NEAR = 5  # letters of a label that is known with one of them misread

_FOLD = str.maketrans("0DQ1L58264G7YU", "OOOIISBZCACTVV")
_FILLER = r"(?:NO|NUMBER|NR|NUM|CODE|NAME)"


def skeleton(text: str) -> str:
    """Folded `text` with characters that print alike made one. Same length."""
    return text.translate(_FOLD)


def _words(words: Iterable[str]) -> str:
    return "|".join(re.escape(skeleton(word)) for word in sorted(words, key=len, reverse=True))


_BEFORE = re.compile(
    rf"(?:^|[^A-Z0-9])(?:(?P<good>{_words((*LABELS, *_CLIPPED))})"
    rf"|(?P<bad>{_words(_OTHER_LABELS.split())})|(?P<weak>NO))"
    rf"(?P<filler>[^A-Z0-9]*{skeleton(_FILLER)})?[^A-Z0-9]*$"
    rf"|(?P<order>PO) ?[#:]{{1,2}} ?$"
)
_GLUED = re.compile(
    rf"(?:{_words(w for w in LABELS if len(w) > 2 and w.isalpha())})"
    rf"(?:{skeleton('NUMBER')}|NO)?(?=[A-Z0-9]{{5}})"
)
_LABEL_LINE = re.compile(
    rf"[^A-Z0-9]*(?:(?:{_words(LABELS)}|{skeleton(_FILLER)})(?:[^A-Z0-9]+|$))+"
)
_COLOUR = rf"(?:{_words(('COLOR', 'COLOUR', 'COL'))})"
_COLOUR_TAIL = re.compile(rf"[^A-Z0-9]{_COLOUR}[^A-Z0-9].*")
_COLOUR_IN_FRONT = re.compile(rf"[^A-Z0-9]*{_COLOUR}(?:[^A-Z0-9]*{skeleton(_FILLER)})?[^A-Z0-9]+")

_NEAR_LABEL = re.compile(rf"(?:^|[^A-Z0-9])([A-Z0-9]{{{_LEAST_NEAR},}}) ?[:#]+ ?$")
_LONG_LABELS = tuple(skeleton(word) for word in LABELS if len(word) >= _LEAST_NEAR)


class Label(Enum):
    """What stands in front of a text or above it: a style code's label, a doubtful one (No.), none,
    or the label of something else.
    """

    GOOD = auto()
    WEAK = auto()
    NONE = auto()
    OTHER = auto()


def label_before(prefix: str, read: str = "") -> tuple[Label, int]:
    """The label at the very end of `prefix` (a skeleton), and where it begins.

    `read` is the text that it is the skeleton of, where it is known: no short label differs from
    it by more than a letter.
    """
    match = _BEFORE.search(prefix)
    if match is None or (match["bad"] and _far_off(read[slice(*match.span("bad"))])):
        return _nearly_a_label(prefix)
    if match["good"]:
        named = (match["filler"] or "").endswith(skeleton("NAME"))
        return (Label.NONE if named else Label.GOOD), match.start()
    other = match["bad"] or match["order"]
    return (Label.OTHER if other else Label.WEAK), match.start()


def _nearly_a_label(prefix: str) -> tuple[Label, int]:
    """The same for a long label in which one letter was misread ("SIVLE: "); a colon tells it."""
    match = _NEAR_LABEL.search(prefix)
    if match is None or match[1] in _stop():
        return Label.NONE, len(prefix)
    near = _nearly(match[1], _LONG_LABELS)
    return (Label.GOOD, match.start()) if near else (Label.NONE, len(prefix))


def _nearly(read: str, words: Iterable[str]) -> bool:
    """Whether a text is one of the words, but for a letter at most."""
    alike = (word for word in words if len(word) == len(read))
    return any(sum(map(str.__ne__, read, word)) <= 1 for word in alike)


def glued_label(token: str) -> int:
    """How many characters of a token (a skeleton) are a label without a space ("ARTCP9448")."""
    match = _GLUED.match(token)
    return match.end() if match else 0


def is_label_line(line: str) -> bool:
    """Whether a line (a skeleton) holds nothing but labels of style codes."""
    return _LABEL_LINE.fullmatch(line) is not None


def colour_tail(line: str) -> int:
    """Where " COLOR:…" begins in a line (a skeleton); its length where there is none."""
    match = _COLOUR_TAIL.search(line)
    return match.start() if match else len(line)


def colour_label(line: str) -> int:
    """How many characters at the start of a line (a skeleton) are a colour's label."""
    match = _COLOUR_IN_FRONT.match(line)
    return match.end() if match else 0


_PRINTED_WORDS = """
MADE VIETNAM CHINA INDONESIA CAMBODIA KOREA INDIA THAILAND TAIWAN BANGLADESH MYANMAR FABRIQUE HECHO
LEATHER SYNTHETIC TEXTILE RUBBER UPPER OUTSOLE MIDSOLE INSOLE LINING BLACK WHITE BLUE GREEN GREY
NAVY BROWN BEIGE YELLOW ORANGE PURPLE SILVER ADULT UNISEX WOMEN KIDS YOUTH JUNIOR INFANT TODDLER
SHOES SNEAKERS BOOTS SANDALS NUMBER IMPORTED IMPORTER SPORTS RUNNING ORIGINAL ORIGINALS COTTON
POLYESTER NYLON POLYURETHANE NO NR NUM NAME
"""


@cache
def _all_words() -> tuple[str, ...]:
    return (*LABELS, *grammar().words, *_OTHER_LABELS.split(), *_PRINTED_WORDS.split())


@cache
def _stop() -> frozenset[str]:
    return frozenset(map(skeleton, _all_words()))


def is_plain_word(token: str, read: str = "") -> bool:
    """Whether a token (a skeleton) is a word that tags print and no code ("B00TS").

    `read` is the text that it is the skeleton of, where it is known.
    """
    return token in _stop() and not _far_off(read)


_SHORT_WORD = 3


@cache
def _short_words() -> tuple[str, ...]:
    return tuple(word for word in _all_words() if len(word) <= _SHORT_WORD)


def _far_off(read: str) -> bool:
    """Whether a short text differs by more than a letter from all short words that it may be.

    Print makes one letter of a word look like another, hardly two of three ("DTU" for "QTY").
    """
    return 0 < len(read) <= _SHORT_WORD and not _nearly(read, _short_words())


_NUMBERED = re.compile(
    r"(?:PCI|APE|LOT|FTY|TEL|FAX|SIZE|DATE|COL|QTY|GEL|BILL|POS|AUTH|TID|CTN)[0-9OI]+|NO[0-9]{3,}"
)


_WORD = re.compile(r"[A-Z0-9]+")
_TILL = frozenset(
    skeleton(word)
    for word in (
        *("TOTAL", "SUBTOTAL", "VAT", "TID", "AUTH", "APPROVAL", "CARD", "VISA", "BILL", "POS"),
        *("CASHIER", "RECEIPT"),
    )
)


def till_words(line: str) -> int:
    """How many words of a till receipt stand in a line (a skeleton)."""
    return len(_TILL.intersection(_WORD.findall(line)))


def is_numbered_word(token: str) -> bool:
    """Whether a token (folded) is a word for something else with its number ("PCI001")."""
    return _NUMBERED.fullmatch(token) is not None
