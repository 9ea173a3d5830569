"""A number as its cell shows it, zeros and all, by the cell's number format. Pure."""

from __future__ import annotations

import math
import re

# A quoted or escaped sign is shown as it is; blanks as wide as a sign, and filled ones, are not.
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_NOT_SHOWN = re.compile(r"\[[^\]]*\]|_.|\*.")
_LITERAL_SIGN = "\x00"
_DECIMAL = re.compile(r"([#0,]*[#0])(?:\.([#0]+))?")
_GROUPED_DIGITS = re.compile(r"[#0](?:[-/. ]?[#0])*")
_SAME = 1e-6  # a price of 128999.9999999 is one of 129000: how computers count


def as_shown(value: float, number_format: str) -> str:
    """The number with the zeros, commas and dashes of its format; other formats change nothing."""
    return _formatted(value, number_format) or _plain(value)


def _plain(value: float) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return str(value)


def _formatted(value: float, number_format: str) -> str:
    if not math.isfinite(value) or value < 0:
        return ""
    literals: list[str] = []

    def kept(match: re.Match[str]) -> str:
        literals.append(match[1] if match[1] is not None else match[2])
        return _LITERAL_SIGN

    bare = _NOT_SHOWN.sub("", _LITERAL.sub(kept, number_format)).split(";")[0].strip()
    digits = bare.strip(_LITERAL_SIGN + " ₩￦\\원")
    if not any(literals) and not any(sign in digits for sign in "0#"):
        return ""
    if _LITERAL_SIGN in digits:
        for text in literals[bare[: bare.index(digits)].count(_LITERAL_SIGN) :]:
            digits = digits.replace(_LITERAL_SIGN, text, 1)
    if match := _DECIMAL.fullmatch(digits):
        return _decimal(value, match[1], match[2] or "")
    if _GROUPED_DIGITS.fullmatch(digits) and float(value).is_integer():
        return _in_groups(str(int(value)), digits)
    return ""


def _decimal(value: float, whole: str, behind: str) -> str:
    text = f"{value:.{len(behind)}f}"
    if abs(float(text) - value) > _SAME:
        return ""  # a code of five decimals in a cell that shows two: the cell hides what counts
    number, _, decimals = text.partition(".")
    shown = decimals.rstrip("0").ljust(behind.count("0"), "0")
    number = number.zfill(whole.count("0"))
    number = f"{int(number):,}" if "," in whole and "0" not in whole[:-1] else number
    return f"{number}.{shown}" if shown else number


def _in_groups(number: str, digits: str) -> str:
    """309339001 in 000000-000 is 309339-001."""
    places = sum(sign in "0#" for sign in digits)
    if len(number) > places:
        return ""
    waiting = list(number.zfill(digits.count("0")).rjust(places))
    return "".join(waiting.pop(0) if sign in "0#" else sign for sign in digits).strip(" -/.")
