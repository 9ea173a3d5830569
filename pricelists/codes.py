"""A cell with one style code, as people and spreadsheets leave it. Pure."""

from __future__ import annotations

import re
import unicodedata

from pricelists.errors import NEVER_COMPUTED
from stylecode import key as code_key
from stylecode.grammar.normalise import known_form

_LONGEST_CODE = 40
_MOST_CODE_WORDS = 3  # of a code that is printed with blanks
_SHORTEST_IN_WORDS = 5  # letters and digits; shorter words beside a code are names and sizes
_STRING_FORMULA = re.compile(r"=\s*\"([^\"]*)\"")  # ="00309339", against Excel's taking zeros off
_CELL_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]+")
_CELL_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_CELL_EDGES = " -./#_:()[]*'\""

_MONTH_NAME = r"(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]{0,6}"
_CELL_DATE = re.compile(
    r"\d{4}[-./] ?\d{1,2}[-./] ?\d{1,2}\.?(?:[T ][\d:.]+)?|\d{1,2}[-./]\d{1,2}[-./](?:20)?\d\d"
    r"|\d{4} ?년(?: ?\d{1,2} ?월)?(?: ?\d{1,2} ?일)?|\d{1,2} ?월(?: ?\d{1,2} ?일)?"
    rf"|{_MONTH_NAME}[-./ ,']+(?:\d{{1,2}}[-./ ,]+)?(?:\d{{1,2}}|\d{{4}})"
    rf"|\d{{1,2}}[-./ ]{_MONTH_NAME}(?:[-./ ]\d{{2,4}})?|\d{{1,2}}:\d\d(?::\d\d(?:\.\d+)?)?",
    re.IGNORECASE,
)
_EXPONENT = re.compile(r"\d+(?:[.,]\d+)?E[+-]?\d+", re.IGNORECASE)
_ARTICLE_NUMBER = re.compile(r"\d{12,14}")
_ADDRESS = re.compile(r"[a-z]+://|www\.|(?:[\w-]+\.)+(?:com|kr|net|shop)\b", re.IGNORECASE)
_BETWEEN_CODES = re.compile(r"[,;|/&+~\n]| 또는 | or ", re.IGNORECASE)
_CODE_LIKE = re.compile(r"(?=.*\d)[A-Z0-9][A-Z0-9._-]{3,}")
_PLAIN_CELL = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./_#:-]*")


def style_code(cell: str) -> str:
    """The code in a cell. Raises ValueError where none stands there, or not one alone."""
    text = _opened(cell)
    shown = repr(text[:_LONGEST_CODE])
    if text.startswith("="):
        raise ValueError(f"code is the formula {shown}, {NEVER_COMPUTED}")
    _refuse_other_things(text, shown)
    if len(text) <= _LONGEST_CODE and _PLAIN_CELL.fullmatch(text) and known_form(text):
        return text
    if len(_codes(text)) > 1 or "~" in text:
        raise ValueError(f"code {shown} is more than one code: give each a row of its own")
    bare = _bare(text)
    if len(bare) > _LONGEST_CODE or not any(char.isdigit() for char in code_key(bare)):
        raise ValueError(f"code {shown} is not a style code")
    return bare


def _opened(cell: str) -> str:
    """Without what spreadsheets put around a text, full-width forms and odd dashes plain."""
    text = unicodedata.normalize("NFKC", cell.translate(_CELL_DASHES)).strip()
    text = _STRING_FORMULA.sub(r"\1", text).lstrip("'").strip()
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def _refuse_other_things(text: str, shown: str) -> None:
    if "##" in text:
        raise ValueError(f"code {shown} is what a column shows that is too narrow: widen it")
    if not text.strip(_CELL_EDGES):
        raise ValueError("code is empty")
    if _CELL_DATE.fullmatch(text):
        raise ValueError(f"code {shown} is a date: write the code as text")
    if _EXPONENT.fullmatch(text) and not known_form(text):
        raise ValueError(f"code {shown} was made a number by a spreadsheet: write it as text")
    if _ARTICLE_NUMBER.fullmatch(re.sub(r"[ -]", "", text)):
        raise ValueError(f"code {shown} is a barcode's number, not a style code")
    if _ADDRESS.search(text):
        raise ValueError(f"code {shown} is an address, not a style code")


def _codes(text: str) -> set[str]:
    """What in the cell can be a code of its own: beside separators, or of a known shape."""
    without = _CELL_BRACKETS.sub(" ", text)
    parts = [part.strip(_CELL_EDGES) for part in _BETWEEN_CODES.split(_HANGUL.sub(" ", without))]
    apart = {code_key(part) for part in parts if _CODE_LIKE.fullmatch(part.upper())}
    words = without.split()
    known = {code_key(word) for word in words if known_form(word)}
    return apart | {code for code in known if len(code) >= _SHORTEST_IN_WORDS}


def _bare(text: str) -> str:
    """The code without words, sizes in brackets and labels around it."""
    if _PLAIN_CELL.fullmatch(text):
        return _known_in(text) or text
    outside = _HANGUL.sub(" ", _CELL_BRACKETS.sub(" ", text))
    bare = " ".join((outside if code_key(outside) else _HANGUL.sub(" ", text)).split())
    bare = bare.strip(_CELL_EDGES)
    if not _PLAIN_CELL.fullmatch(bare):
        raise ValueError(f"code {text[:_LONGEST_CODE]!r} is not a style code")
    return _known_in(bare) or bare


def _known_in(text: str) -> str:
    """The words of a known shape where others stand beside them."""
    words = text.split()
    for length in range(min(len(words), _MOST_CODE_WORDS), 0, -1):
        for start in range(len(words) - length + 1):
            some = " ".join(words[start : start + length])
            if known_form(some) and len(code_key(some)) >= _SHORTEST_IN_WORDS:
                return some
    return ""
