"""A typed text as people see it: without invisible characters, in plain forms."""

from __future__ import annotations

import re
import unicodedata

from stylecode.grammar.pieces import DASHES

_KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3")
# Numbers of a list, letters of flags, and the like; as plain letters they would look like a code's.
_ENCLOSED = re.compile("[\u2460-\u24ff\u2776-\u2793\u3220-\u32ff\U0001f100-\U0001f1ff™℠®©]")
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")  # letters, for Unicode, that show nothing
_GONE = frozenset({"Cf", "Cc", "Mn", "Me"})
_PICTURES = frozenset({"So", "Sk", "Cn", "Co", "Cs"})  # emoji, their skin, and what has no sign
_LONG_DASH = re.compile("(?<=[A-Za-z0-9])( ?)[ーㅡ\u1173一─━]( ?)(?=[A-Za-z0-9])")
_WITH_DIGIT = re.compile(r"\w*[0-9]\w*")
_ALIKE = str.maketrans(
    "АВЕКМНОРСТУХавекмнорстухІіЈјЅѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧοι",
    "ABEKMHOPCTYXabekmhopctyxIiJjSsABEZHIKMNOPTYXoi",
)
"""Cyrillic and Greek letters that nobody can tell from Latin ones."""


def seen(text: str) -> str:
    """The text as people see it, in plain forms; upper and lower case stay, lines stay lines."""
    text = _ENCLOSED.sub(" ", _KEYCAP.sub(" ", text))
    text = "".join(map(_shown, unicodedata.normalize("NFKC", text)))
    text = _LONG_DASH.sub(r"\1-\2", text).translate(DASHES)
    return _WITH_DIGIT.sub(lambda match: match[0].translate(_ALIKE), text)


def upper(text: str) -> str:
    """In capitals, character by character: places stay."""
    return "".join(up if len(up := char.upper()) == 1 else char for char in text)


def _shown(char: str) -> str:
    if char in "\n\r\u2028\u2029\v\f\x85":
        return "\n"
    if char == "\t" or char in _FILLERS or unicodedata.category(char) in _PICTURES:
        return " "
    return "" if unicodedata.category(char) in _GONE else char
