"""The words of a row that sizes are printed with: systems, values, "SIZE", and what else is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stylecode.fields.agreement import Evidence
from stylecode.fields.layout import FieldRow, Point
from stylecode.grammar.size_charts import size_number

# What a value may be in each system; shown in this order: people here buy by the foot's length.
RANGES: dict[str, tuple[tuple[float, float], ...]] = {
    "CM": ((7, 36),),
    "JP": ((7, 36), (70, 360)),
    "KR": ((70, 360),),
    "US": ((0.5, 22),),
    "UK": ((0.5, 21),),
    "EUR": ((14, 56),),
    "FR": ((14, 56),),
    "CHN": ((14, 56), (70, 360)),
    "BR": ((12, 54),),
    "MEX": ((2, 36),),
}
# As they are printed; the longer ones come first. A system without a name here is passed over.
_NAMES: dict[str, str] = {
    "USA": "US", "US": "US", "U5": "US", "GB": "UK", "UK": "UK", "EURO": "EUR", "EUR": "EUR",
    "EU": "EUR", "FR": "FR", "CM": "CM", "JPN": "JP", "JP": "JP", "CHN": "CHN", "CHI": "CHN",
    "CN": "CHN", "BRA": "BR", "BR": "BR", "8R": "BR", "MEX": "MEX", "MX": "MEX", "KOR": "KR",
    "KR": "KR", "K0R": "KR", "MM": "KR", "IND": "", "F": "FR", "J": "JP", "D": "",
}  # fmt: skip
_SIZE_WORDS = ("SIZE", "S1ZE", "5IZE", "SIZ", "사이즈", "치수", "호수")
_WEARERS = r"MEN'?S?|WOMEN'?S?|WMNS?|UNISEX|KIDS?|YOUTH|MNS|M|W|Y"
_VALUE = r"\d{1,3}(?:[.,]\d)?(?: [12]/[23])?(?:(?P<kids>[CYK])(?!M)|(?!MM)[DEMW]{1,2})?"
_READ_SIZE = r"(?=[OISBZL.,]*\d)[0-9OISBZL]{1,3}(?:[.,][0-9OS])?"
_VALUE_ENDS = r"(?=$|[^A-Z0-9.,/%-]|[/,.-](?:$|[^0-9A-Z])|MM|CM)"
_TOKEN = re.compile(
    rf"(?<![A-Z가-힣])(?P<system>{'|'.join(sorted(_NAMES, key=len, reverse=True))})(?![A-Z])"
    rf"|(?<![A-Z가-힣])(?P<size>{'|'.join(_SIZE_WORDS)})(?![A-Z가-힣])"
    rf"|(?<![A-Z0-9])(?P<who>{_WEARERS})(?![A-Z])"
    # "EUR.42.5": a line between system and value, read as a dot.
    rf"|(?:(?<![0-9.,/#%-])|(?<=[A-Z][./-]))(?P<value>{_VALUE}){_VALUE_ENDS}"
    rf"|(?<![A-Z0-9.,/#%-])(?P<alike>{_READ_SIZE}){_VALUE_ENDS}"
    r"|(?P<mark>[\s:./|,()\[\]=+*'_-])"
    r"|(?P<other>[A-Z0-9가-힣]+|.)"
)
_AS_DIGITS = str.maketrans("OISBZL", "015821")
_SINGLE = frozenset("FJD")
_KIDS = frozenset(("US", "UK"))  # systems with sizes such as 10C and 3Y


@dataclass(frozen=True, slots=True)
class SizeWord:
    """`kind` is system, size, value or other; `text` the system's name, or the value.

    `point` is its middle on the photo, `alone` says that its line has nothing but values.
    """

    kind: str
    text: str
    point: Point
    evidence: Evidence
    alone: bool = False


def size_words(row: FieldRow) -> list[SizeWord]:
    """The words of a row from left to right."""
    matches = [
        match
        for match in _TOKEN.finditer(row.text)
        if match.lastgroup is not None and match.lastgroup not in ("mark", "who")
    ]
    proper = sum(match["system"] is not None and match[0] not in _SINGLE for match in matches)
    numbers = {row.cell_at(match.start()) for match in matches}
    numbers -= {row.cell_at(match.start()) for match in matches if not _is_value(match)}
    return [
        SizeWord(
            *_told(match, proper),
            row.point((match.start() + match.end()) / 2),
            row.evidence(match.start(), match.end()),
            row.cell_at(match.start()) in numbers,
        )
        for match in matches
    ]


def _is_value(match: re.Match[str]) -> bool:
    return match["value"] is not None or match["alike"] is not None


def _told(match: re.Match[str], proper: int) -> tuple[str, str]:
    """Kind and text; a system of one letter only counts among others: "US 9 F 42 2/3 J 27"."""
    text = match[0]
    if match["system"] is not None:
        known = text not in _SINGLE or proper > 1
        return ("system", _NAMES[text]) if known else ("other", text)
    if not _is_value(match):
        return ("size" if match["size"] else "other"), text
    text = text.replace(",", ".")
    if match["alike"]:
        text = text.translate(_AS_DIGITS)
    return "value", text if match["kids"] else text.rstrip("DEMW")


def as_size(system: str, value: str) -> str:
    """The value as one of a system's; a half whose point was not read gets it. Else nothing.

    Boxes print halves small and raised, so that "8⁵" is read as "85".
    """
    if value[-1:].isalpha() and system not in _KIDS:
        return ""
    number, letter = size_number(value)
    ranges = RANGES.get(system, ())
    if any(low <= number <= high for low, high in ranges):
        return value
    pointed = f"{number / 10:g}{letter}"
    half = value.rstrip(letter).isdigit() and number % 5 == 0
    return pointed if half and any(low <= number / 10 <= high for low, high in ranges) else ""
