"""Two readers' words on one line made one: characters that both name count most.

Where both read as many letters and digits, each place's probabilities are pooled log-linearly
(Genest and Zidek, "Combining Probability Distributions", 1986), so that what one reader rules out
needs much of the other. Elsewhere the surer reading stands.
"""

from __future__ import annotations

from dataclasses import replace

from recognizer.looking.settings import LookingSettings
from recognizer.reading.tokenizer import DecodedText
from stylecode.types import Alternatives

UNNAMED = 1e-3  # the probability of a character that a reader does not name
KEPT_ALTERNATIVES = 6


def fused(ours: DecodedText, heard: DecodedText, settings: LookingSettings) -> DecodedText:
    """What both readers make of one line; `heard` is the witness's reading."""
    places = list(zip(_signs(ours.text), _signs(heard.text), strict=False))
    if not places or len(_signs(ours.text)) != len(_signs(heard.text)):
        return max(ours, heard, key=lambda one: (bool(one.text), one.confidence))
    text, alternatives, sure = list(ours.text), list(ours.alternatives), 1.0
    for at, other in places:
        alternatives[at] = _pooled(ours.alternatives[at], heard.alternatives[other], settings)
        text[at], share = alternatives[at][0]
        sure *= share
    return replace(ours, text="".join(text), alternatives=tuple(alternatives), confidence=sure)


def _signs(text: str) -> list[int]:
    """Where letters and digits of codes stand."""
    return [at for at, char in enumerate(text) if char.isascii() and char.isalnum()]


def _pooled(ours: Alternatives, theirs: Alternatives, settings: LookingSettings) -> Alternatives:
    """Characters by both readers' probabilities, best first; they sum up to 1."""
    one, two = _folded(ours), _folded(theirs)
    weights = {
        char: (one.get(char, 0.0) + UNNAMED) ** settings.our_say
        * (two.get(char, 0.0) + UNNAMED) ** settings.witness_say
        for char in one | two
    }  # fmt: skip
    whole = sum(weights.values())
    ordered = sorted(weights.items(), key=lambda one: (-one[1], one[0]))[:KEPT_ALTERNATIVES]
    return tuple((char, weight / whole) for char, weight in ordered)


def _folded(alternatives: Alternatives) -> dict[str, float]:
    shares: dict[str, float] = {}
    for char, share in alternatives:
        shares[char.upper()] = shares.get(char.upper(), 0.0) + share
    return shares
