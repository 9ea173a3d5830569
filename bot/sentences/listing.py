"""Several things in one sentence, as a language lists them."""

from __future__ import annotations

from collections.abc import Sequence

from babel.lists import format_list

_CLOSED_ENDS = "과", "은"  # after a final consonant
_OPEN_ENDS = "와", "는"
_FINALS = 28  # of a Hangul syllable, "none" the first


def listed(language: str, things: Sequence[str]) -> str:
    """One or more things as what the sentence is about: "a barcode and sizes".

    In Korean with its particles: of two, the first one's "and" and the last one's topic.
    """
    if language != "ko":
        return format_list(things, locale=language)
    *before, last = things
    if before:
        before[-1] += f"{_particles(before[-1])[0]} "
    return ", ".join(before) + last + _particles(last)[1]


def _particles(word: str) -> tuple[str, str]:
    return _OPEN_ENDS if (ord(word[-1]) - ord("가")) % _FINALS == 0 else _CLOSED_ENDS
