"""Texts on a tag that are never style codes: dates, barcodes, sizes, phones, prices, materials."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stylecode.errors import Reason

_YEAR = r"(?:19[89]\d|20[0-3]\d)"
_MONTH = r"(?:0[1-9]|1[0-2])"
_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_LOOSE_MONTH = r"(?:0?[1-9]|1[0-2])"
_LOOSE_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_READ_MONTH = r"(?:[1IL][0-2OQDILZ]|[1-9ILSBZ])"  # digits may be read as letters there, too
_READ_DAY = r"[0-3OQDILZ]?[0-9OQDILSBZG]"
_NAME = (
    r"(?:JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?"
    r"|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)"
)
_START = r"(?<![A-Z0-9])"
_END = r"(?![A-Z0-9])"
_ALONE = r"(?!\s?[-./]?\s?\d)" + _END  # compact forms: no further digits behind a separator

_DATES = (
    rf"{_YEAR}{_MONTH}{_DAY}{_ALONE}",
    rf"{_YEAR}{_MONTH}{_ALONE}",
    rf"{_YEAR}([-./ ]){_LOOSE_MONTH}(?:\1 ?{_LOOSE_DAY})?\.?(?![-./]?\d){_END}",
    rf"{_YEAR}\s?년(?:\s?{_LOOSE_MONTH}\s?월)?(?:\s?{_LOOSE_DAY}\s?일)?",
    # The recogniser knows no Hangul: 년 and 월 come out as any character ("20254 109").
    rf"20[0-3]\d[A-Z0-9] {_READ_MONTH}[A-Z0-9]{{1,2}}(?: {_READ_DAY}[A-Z0-9]?)?{_END}",
    rf"{_LOOSE_MONTH}([-./]){_LOOSE_DAY}\2(?:{_YEAR}|\d\d){_END}",
    rf"{_LOOSE_DAY}([-./]){_LOOSE_MONTH}\3(?:{_YEAR}|\d\d){_END}",
    rf"\d\d([-./]){_MONTH}\4{_DAY}{_END}",
    rf"{_MONTH}[/I|]{_DAY}[/I|1]\d\d{_END}",  # a slash is easily read as an I
    rf"{_DAY}[/I|]{_MONTH}[/I|1]\d\d{_END}",
    rf"{_MONTH}/(?:{_YEAR}|\d\d){_END}",
    rf"{_MONTH}[-.]{_YEAR}{_ALONE}",
    rf"2\d\.{_MONTH}\.?{_ALONE}",
    rf"(?:\d\d?[-. /]?)?{_NAME}[-. ,/]*(?:{_YEAR}|\d\d){_END}",
)
_BARCODES = (
    rf"\d{{12,14}}{_END}",
    rf"\d[ -]\d{{6}}[ -]\d{{6}}(?: ?>)?{_END}",
    rf"\d[ -]?\d{{5,6}}[ -]\d{{5}}[ -]?\d{_END}",
    rf"\d{{3}}[ -]\d{{4}}[ -]\d{{5,6}}{_END}",
    rf"\d{{4}}(?: \d{{4}}){{2,}}(?: \d)?{_END}",
)
_UNIT = r"(?:US|UK|EUR|EU|FR|CM|JP|JPN|KR|KOR|BR|CHN|CHI|MM|MX|MEX|IND)"
_WHO = r"(?: ?[MWY]| ?MEN'?S?| ?WOMEN'?S?)?"
_SIZES = (
    rf"{_UNIT}{_WHO} ?[:./]? ?\d{{1,3}}(?:[.,]\d|½|C|Y)?(?: ?[12]/[23])?{_END}",
    rf"\d{{1,4}}(?:[.,]\d)? ?(?:MM|CM){_END}(?! ?[:.]? ?\d)",
    rf"[A-Z]{{1,2}}2\d[05] ?MM{_END}",  # Hangul in front comes out as a letter
    rf"SIZE ?[:./]? ?\d{{1,3}}(?:[.,]\d)?{_END}",
    r"(?<![A-Z0-9][-._/])\d\d[.,]5(?![-._/]?[A-Z0-9])",
)
_PHONES = (
    rf"(?:\+ ?82[- ]?|0)\d{{1,2}}[-.) ]{{1,2}}\d{{3,4}}[-. ]\d{{4}}{_END}",
    rf"01[016-9]\d{{7,8}}{_END}",
    rf"0[2-6]\d{{7,9}}{_END}",
    rf"0[78]0\d{{7,8}}{_END}",
    rf"[A-Z]?1[568]\d\d[- ]\d{{4}}{_END}",  # a letter: the picture of a telephone
    rf"1[- ]8\d\d[- ]\d{{3}}[- ]\d{{4}}{_END}",
)
_PRICES = (
    # The recogniser knows no ₩: it reads a W, V or Y there, or nothing.
    rf"[SWVY] ?\d{{1,3}}[., ]\d{{2,3}}{_END}",
    # 원 behind it is read as two digits, mostly a 9 and a 1.
    rf"\d{{2,3}}[.,]\d00(?:[29][1-4IL])?{_END}",
    rf"\d{{1,3}} \d00{_END}",  # a comma is easily overlooked
    rf"(?:[₩$€£¥]|KRW|USD|RMB|JPY) ?\d[\d,.]*{_END}",
    r"\d{1,3}(?:,\d{3})+(?: ?(?:원|WON|KRW))?(?![A-Z0-9,])",
    r"\d[\d,.]* ?(?:원|WON|KRW)",
)
_MATERIALS = (r"\d{1,3}(?:\.\d)? ?% ?[A-Z]*", r"[A-Z]+ ?\d{1,3}(?:\.\d)? ?%")


def _alternatives(patterns: tuple[str, ...]) -> str:
    """One pattern out of many; back references are numbered through, so groups stay apart."""
    return _START + "(?:" + "|".join(patterns) + ")"


_KINDS: tuple[tuple[Reason, re.Pattern[str]], ...] = (
    (Reason.PRICE, re.compile(_alternatives(_PRICES))),
    (Reason.MATERIAL, re.compile(_alternatives(_MATERIALS))),
    (Reason.PHONE, re.compile(_alternatives(_PHONES))),
    (Reason.BARCODE, re.compile(_alternatives(_BARCODES))),
    (Reason.DATE, re.compile(_alternatives(_DATES))),
    (Reason.SIZE, re.compile(_alternatives(_SIZES))),
)
_LEAST_SLASHES = 2  # of a date
_SLASHED = rf"{_MONTH}/{_DAY}/\d\d"
_GLUED_BEHIND = re.compile(rf"(?<=[A-Z0-9]){_SLASHED}(?![A-Z0-9/])")
_GLUED_BEFORE = re.compile(rf"(?<![A-Z0-9/]){_SLASHED}(?=[A-Z]{{2}}\d)")
_DATE = dict(_KINDS)[Reason.DATE]
_BARE_SIZE = re.compile(r"(?:2[0-9][05]|3[0-2][05])|\d{1,2}(?:[.,]5)?")
_HAS_DIGIT = re.compile(r"\d")


def kind_of(text: str) -> Reason | None:
    """What a whole text (folded: NFKC, upper case) is instead of a code; None if nothing known."""
    bare = text.strip()
    for reason, pattern in _KINDS:
        if pattern.fullmatch(bare):
            return reason
    return Reason.SIZE if _BARE_SIZE.fullmatch(bare) else None


def found(text: str, reason: Reason) -> Iterator[tuple[int, int]]:
    """Where a folded text has something of one kind."""
    return (match.span() for match in dict(_KINDS)[reason].finditer(text))


def ends_in_date(text: str) -> bool:
    """Whether a folded text ends in a date, blanks and dashes aside."""
    bare = text.rstrip(" -")
    return any(match.end() == len(bare) for match in _DATE.finditer(bare))


def dates_parted(text: str) -> frozenset[int]:
    """Before which characters a blank is missing: where a date is glued to a code.

    As in "AA3834-10108/17/17" and "08/17/17AA3834-101"; with slashes, which few codes have.
    """
    if text.count("/") < _LEAST_SLASHES:
        return frozenset()
    behind = {match.start() for match in _GLUED_BEHIND.finditer(text)}
    return frozenset(behind | {match.end() for match in _GLUED_BEFORE.finditer(text)})


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where dates, barcodes, sizes, phones, prices and materials stand in a folded line.

    Numbers in which a digit was read as a letter ("2O23.I2") count as well.
    """
    if not _HAS_DIGIT.search(text):
        return
    for read in {text, _NUMBER.sub(_as_digits, text)}:
        for _, pattern in _KINDS:
            for match in pattern.finditer(read):
                yield match.span()


_NUMBER = re.compile(r"(?<![A-Z0-9])[0-9OQDILSBZG](?:[-./]?[0-9OQDILSBZG]){3,13}(?![A-Z0-9])")
_NO_MARKS = str.maketrans("", "", "-./")
_DIGIT_FOR = str.maketrans("OQDILSBZG", "000115826")


def _as_digits(match: re.Match[str]) -> str:
    number = match[0]
    bare = number.translate(_NO_MARKS)
    return number.translate(_DIGIT_FOR) if looks_numeric(bare) else number


def looks_numeric(token: str) -> bool:
    """Whether a token is a plain number, perhaps with a few digits read as letters."""
    digits = sum(char.isdigit() for char in token)
    return token.translate(_DIGIT_FOR).isdigit() and digits >= 0.75 * len(token)
