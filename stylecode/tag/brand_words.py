"""Brand words on tags, also misread ones and such as the photo's edge has cut.

Words are skeletons (`stylecode.tag.labels`), in which characters that print alike are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from stylecode.grammar.brands import grammar
from stylecode.tag.labels import skeleton

_LONG_WORD = 5
_LEAST_SHORT = 4
_LEAST_CUT = 3
_LEAST_LEFT = 6
_DOUBTFUL = 0.9
_WORD = re.compile(r"[A-Z0-9]+")


@cache
def _brands() -> dict[str, str]:
    return {skeleton(word): brand.name for word, brand in grammar().words.items()}


def _without_one(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


@cache
def _near_brands() -> dict[str, str]:
    return {
        shorter: brand
        for word, brand in _brands().items()
        if len(word) > _LONG_WORD
        for shorter in (word, *_without_one(word))
    }


def brands_in(lines: Iterable[str]) -> frozenset[str]:
    """Brands whose words stand in lines (skeletons); one wrong character in a long word is fine."""
    return frozenset().union(*map(_brands_of, lines))


@lru_cache(maxsize=1024)  # the same lines come again with each reading of a doubtful one
def _brands_of(line: str) -> frozenset[str]:
    words = _WORD.findall(line)
    likely = (*words, *(a + b for a, b in pairwise(words)))
    return frozenset(filter(None, (_brands().get(word) or _near_brand(word) for word in likely)))


def _near_brand(word: str) -> str:
    if not _LONG_WORD <= len(word) <= 14:
        return ""
    near = _near_brands()
    if word in near:
        return near[word]
    for known, brand in _brands().items():
        if known.startswith(word) and _mostly_left(word, known):  # the rest may be behind a fold
            return brand
    if sum(char.isdigit() for char in word) > 1 or len(word) == _LONG_WORD:
        return ""
    return next((near[w] for w in _without_one(word) if w in near), "")


def _mostly_left(word: str, known: str) -> bool:
    """Whether an end of a brand word, as long as `word`, tells which one it is."""
    return len(word) >= max(_LEAST_LEFT, len(known) / 2)


@cache
def _short_brands() -> dict[str, str]:
    """Short names of brands of which all patterns are known: of others too many words are near."""
    return {
        skeleton(word): brand.name
        for word, brand in grammar().words.items()
        if brand.all_known and _LEAST_SHORT <= len(word) <= _LONG_WORD
    }


def doubtful_brand(word: str, read: Sequence[float]) -> str:
    """The brand of a short word (a skeleton) that misses one by a doubtfully read letter.

    `read` are the probabilities of its letters. Empty where there is none.
    """
    for known, brand in _short_brands().items():
        if len(known) == len(word):
            odd = [
                at for at, pair in enumerate(zip(known, word, strict=True)) if len(set(pair)) > 1
            ]
            if len(odd) == 1 and read[odd[0]] < _DOUBTFUL:
                return brand
    return ""


def cut_brand(word: str, at_start: bool) -> str:
    """The brand of a word (a skeleton) whose first or last letter the photo's edge took, or half.

    Of a long word it may have taken more. Empty where there is none.
    """
    for known, brand in _brands().items():
        left = known.endswith(word) if at_start else known.startswith(word)
        if left and _mostly_left(word, known):
            return brand
        rest = known[1:] if at_start else known[:-1]
        seen = word[1:] if at_start else word[:-1]
        if len(rest) >= _LEAST_CUT and rest in (word, seen):
            return brand
    return ""
