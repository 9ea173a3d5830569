"""What stands on the lines of a tag: codes, their labels, and the lines around them."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np

from datasets.codes.first import first_code
from datasets.codes.known import known_code
from datasets.crops.settings import CURRENT, CropSettings
from recognizer.reading.tokenizer import CHARACTERS

Rng = np.random.Generator

MAX_LENGTH = 25
_UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGITS = "0123456789"
_LOOKALIKES = (
    *("0O", "0OD", "1I", "5S", "8B", "2Z", "6G", "1IL7", "QO0", "UV", "MN", "EF", "CG", "4A"),
)
_LIKE = {
    char: "".join(c for pair in _LOOKALIKES if char in pair for c in pair if c != char)
    for char in _UPPER + _DIGITS
}
_HANGUL_LABELS = (
    *("품번:", "품번 :", "품번", "모델명:", "모델명", "상품코드:", "제품번호:", "품명/품번:"),
)
_HANGUL_LINES = (
    *("제조국: 베트남", "제조자명", "소재: 폴리에스터", "품명: 운동화", "제조연월"),
    *("수입자: 나이키", "색상: 검정", "치수", "취급시 주의사항", "합성가죽, 고무"),
    *("소비자상담실", "대한민국", "판매가격"),
)
_SYLLABLES = (
    "가나다라마바사아자차카타파하고노도로모보소오조초코토포호"
    "구누두루무부수우주추쿠투푸후한글품번제조국"
)
_SCRIPTS = (
    _SYLLABLES,
    "アイウエオカキクケコサシスセソタチツテトナニヌネノ東京日本中国製品番号色寸",
    "БГДЖЗИЙЛПФЦЧШЩЪЫЬЭЮЯ",
    "ΓΔΘΛΞΠΣΦΨΩ",
    "กขคงจชซดตถทนบปผพมยรลวสห",
    "कखगघचछजटठडतथदनपफबमयरलवसह",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
)
_SCRIPT_SHARES = (0.4, 0.25, 0.1, 0.07, 0.06, 0.06, 0.06)
_PLACES = ("VIETNAM", "CHINA", "INDONESIA", "KOREA", "CAMBODIA", "INDIA", "ITALY", "BANGLADESH")
_BRAND_NAMES = (
    *("NIKE", "JORDAN", "adidas", "PUMA", "new balance", "CONVERSE", "VANS", "FILA", "ASICS"),
    *("SKECHERS", "Reebok", "HOKA", "SALOMON", "CROCS", "UGG", "Timberland", "SUPERGA", "MLB"),
    *("MENS", "WOMENS", "UNISEX", "COLOR", "COLOUR", "SIZE", "STYLE", "ART", "BLACK", "WHITE"),
    *("CHUCK 70 OX BLACK", "2750 CLASSIC", "AIR MAX", "OLD SKOOL", "LEATHER", "TEXTILE", "RUBBER"),
    *("UPPER", "LINING", "SOLE", "FACTORY", "PO", "FABRIQUE AU", "HECHO EN", "Made in", "TENNIS"),
)


def line_text(rng: Rng, settings: CropSettings = CURRENT) -> str:
    """The text of one line, at most `MAX_LENGTH` characters of the recogniser's set."""
    kind = rng.random()
    if kind < settings.codes:
        text = _code(rng, settings)
        if settings.swaps and rng.random() < settings.swaps:
            text = _swapped(text, rng)
    elif kind < settings.codes + settings.random_strings:
        text = random_string(rng)
    else:
        text = tag_line(rng)
    text = "".join(c for c in text if c in CHARACTERS).strip()[:MAX_LENGTH].strip()
    return text or random_string(rng)


def neighbour_texts(rng: Rng) -> tuple[str, str]:
    """Lines above and below."""
    above = tag_line(rng) if rng.random() < 0.6 else ""
    below = tag_line(rng) if rng.random() < 0.6 else ""
    return above, below


def _code(rng: Rng, settings: CropSettings) -> str:
    known = settings.grammar > 0 and rng.random() < settings.grammar
    chance = random.Random(int(rng.integers(2**63)))
    drawn = known_code(chance) if known else first_code(chance)
    label = "".join(c for c in drawn.label if c in CHARACTERS)
    if not label or rng.random() < 0.5:
        return drawn.printed
    joint = "" if label.endswith("#") and rng.random() < 0.7 else " "
    return f"{label}{joint}{drawn.printed}"


def foreign_line(rng: Rng) -> tuple[str, str]:
    """A line that the recogniser has no characters for, and letters that tell its script."""
    if rng.random() < 0.35:
        return str(rng.choice(_HANGUL_LINES)), _SYLLABLES
    letters = str(rng.choice(_SCRIPTS, p=_SCRIPT_SHARES))
    word = "".join(letters[int(i)] for i in rng.integers(len(letters), size=rng.integers(2, 11)))
    cut = int(rng.integers(1, len(word)))
    return (f"{word[:cut]} {word[cut:]}" if rng.random() < 0.3 else word), letters


def hangul_label(rng: Rng) -> str:
    """What Korean labels print before a code."""
    return str(rng.choice(_HANGUL_LABELS))


def _swapped(text: str, rng: Rng) -> str:
    """Some characters replaced by what they look like: a code's shape must not be trusted."""
    chars = list(text)
    for i, char in enumerate(chars):
        group = _LIKE.get(char)
        if group and rng.random() < 0.4:
            chars[i] = group[int(rng.integers(len(group)))]
    return "".join(chars)


def random_string(rng: Rng) -> str:
    """Letters and digits in no order, so that nothing is read by habit; look-alikes often."""
    length = int(rng.integers(3, 14))
    pool = _UPPER + _DIGITS
    kind = rng.random()
    if kind < 0.3:
        pool = (
            str(rng.choice(_LOOKALIKES))
            + str(rng.choice(_LOOKALIKES))
            + pool[:: int(rng.integers(2, 9))]
        )
    elif kind < 0.45:
        pool = _DIGITS
    chars = [pool[int(i)] for i in rng.integers(0, len(pool), length)]
    if length > 5 and rng.random() < 0.5:
        chars[int(rng.integers(2, length - 2))] = str(rng.choice(list("-- ./:#")))
    return "".join(chars)


def tag_line(rng: Rng) -> str:
    """A line that is no code: sizes, dates, places, materials, numbers."""
    return _TAG_LINES[int(rng.integers(len(_TAG_LINES)))](rng)


def _word(rng: Rng) -> str:
    word = str(rng.choice(_BRAND_NAMES))
    return word.title() if rng.random() < 0.3 else word


_TAG_LINES: tuple[Callable[[Rng], str], ...] = (
    lambda rng: f"MADE IN {rng.choice(_PLACES)}",
    lambda rng: f"US {rng.integers(4, 14)} UK {rng.integers(3, 13)}.5 EUR {rng.integers(35, 48)}",
    lambda rng: f"{rng.integers(1, 13):02d}/{rng.integers(1, 29):02d}/{rng.integers(15, 27)}",
    lambda rng: f"{rng.integers(215, 300)}mm",
    lambda rng: f"{rng.integers(10**5, 10**6)} {rng.integers(10**5, 10**6)}",
    lambda rng: f"{rng.choice(_BRAND_NAMES)}: {rng.choice(_BRAND_NAMES)}",
    lambda rng: f"{rng.choice(_BRAND_NAMES)} {rng.choice(_BRAND_NAMES)}",
    _word,
)
