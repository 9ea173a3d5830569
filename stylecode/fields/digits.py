"""Numbers in which a digit was read as a letter that prints alike."""

from __future__ import annotations

import re

_DIGITS_ALIKE = str.maketrans("OQDIL|SBZ", "000111582")
_NUMBER_READ = re.compile(r"(?<![A-Z0-9|])[0-9OQDIL|SBZ]+(?:[-./,][0-9OQDIL|SBZ]+)*(?![A-Z0-9|])")
_LEAST_DIGITS = 0.5  # of its characters that are digits as they stand


def as_digits(text: str) -> str:
    """`text` with look-alikes of digits put right in what is mostly digits; the same length."""
    return _NUMBER_READ.sub(_mended, text)


def _mended(match: re.Match[str]) -> str:
    number = match[0]
    marks = [char for char in number if char not in "-./,"]
    digits = sum(char.isdigit() for char in marks)
    return number.translate(_DIGITS_ALIKE) if digits >= _LEAST_DIGITS * len(marks) else number
