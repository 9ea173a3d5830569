"""Words that people write around codes: brands, models' names, and plain talk."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from stylecode.grammar.brands import grammar
from stylecode.grammar.pieces import key

_WORDS_FILE = Path(__file__).with_name("words.toml")
_PREDICATE = re.compile(
    r"(?:요|니다|니까|습니까|까|세요|줘|줄래|냐|죠|다면|는데|인데|[ㄱ-ㅎㅏ-ㅣ]+)$"
)
_ASKING = re.compile(
    "찾|알려|보여|검색|사고|구매|팔|파나|파는|있|없|얼마|궁금|주세|주실|부탁|원해|가격|조회|싶|필요"
    "|할까|될까|되나|인가"
)
_LONGEST_STEM = 3  # "찾아", "사고", "팔아요"
_TYPED_WORD = re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣ]+|[A-Za-z0-9]+(?:[-'.][A-Za-z0-9]+)*")
_WORDS_OF_NAME = 3
_MOST_SEARCHED, _LONGEST_SEARCH = 6, 40  # more is talk, not a name
_LATIN_LETTERS = re.compile(r"[A-Za-z]{3,}")


@cache
def _words(*kinds: str) -> frozenset[str]:
    """Words of these kinds, as the file has them."""
    told = tomllib.loads(_WORDS_FILE.read_text("utf-8"))
    return frozenset(word for kind in kinds for word in told[kind].split())


@cache
def _korean() -> tuple[tuple[str, str], ...]:
    return tuple((name, brand.name) for brand in grammar().brands for name in brand.korean)


@cache
def _names() -> frozenset[str]:
    return frozenset(name for name, _ in _korean())


def is_a_word(text: str) -> bool:
    """Whether letters in capitals are a word, not a part of a code typed apart."""
    return text in _words("talk", "footwear", "after_codes") or text in grammar().words


def named_brands(text: str, runs: Sequence[str]) -> frozenset[str]:
    """The brands that a text in capitals names, in either language."""
    words = grammar().words
    whole = text.split()
    # A name of one letter stands in many words.
    found = {brand for name, brand in _korean() if name in (text if len(name) > 1 else whole)}
    for first in range(len(runs)):
        together = ""
        for run in runs[first : first + _WORDS_OF_NAME]:
            together += run
            if together in words:
                found.add(words[together].name)
    return frozenset(found)


def without_talk(text: str) -> str:
    """The text without words in Latin letters that nobody prints as a part of a code."""
    talk = _words("talk")
    return " ".join(word for word in text.split() if word.upper() not in talk)


def words_of(text: str, named: bool) -> str:
    """What a shop could be searched for; "" where it is but talk.

    `named`: a brand is. Without one, a sentence that asks for nothing is about something else.
    """
    words = _TYPED_WORD.findall(" ".join(text.split()))
    kept = [word for word in words if not _is_talk(word)]
    said = [word for word in words if word not in kept and _PREDICATE.search(word)]
    if not named and not all(_ASKING.search(word) for word in said):
        return ""
    found = " ".join(kept)
    told = any(map(_tells, kept))
    return found if told and len(kept) <= _MOST_SEARCHED and len(found) <= _LONGEST_SEARCH else ""


def _is_talk(word: str) -> bool:
    if word.upper() in _words("talk", "footwear", "korean_talk", "korean_footwear"):
        return True
    if len(word) <= _LONGEST_STEM and _ASKING.match(word) and word not in _names():
        return True
    named = any(word.startswith(name) for name, _ in _korean() if len(name) > 1)
    return not named and _PREDICATE.search(word) is not None


def _tells(word: str) -> bool:
    """Whether a word is more than a number: Hangul, or a few Latin letters."""
    return (
        not word.isascii()
        or _LATIN_LETTERS.search(word) is not None
        or key(word) in grammar().words
    )
