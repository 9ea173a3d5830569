"""The recogniser's character set, and distributions turned into text."""

from __future__ import annotations

import string
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from stylecode.types import Alternatives

CHARACTERS = string.digits + string.ascii_uppercase + string.ascii_lowercase + "-/.:#() ,&%+*'_"
"""What our own recogniser reads: codes, and what tags print around them."""

PUBLISHED_CHARACTERS = string.printable[:-6]
"""The 94 characters of the published case-sensitive TRBA checkpoint."""

GO, STOP = 0, 1


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A greedy reading: `alternatives[i]` are the likely characters at `text[i]`, best first."""

    text: str
    alternatives: tuple[Alternatives, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Tokenizer:
    """Characters to classes and back; class 0 is [GO] (only fed in), class 1 is [stop]."""

    characters: str = CHARACTERS

    @property
    def classes(self) -> int:
        """Number of classes of the attention head."""
        return len(self.characters) + 2

    def encode(self, text: str) -> list[int]:
        """Classes of `text` with the closing [stop]; raises ValueError for unknown characters."""
        return [self.characters.index(char) + 2 for char in text] + [STOP]

    def decode(self, probabilities: NDArray[np.float32], keep: int = 6) -> DecodedText:
        """Decode one line's (steps, classes) probabilities greedily.

        Case is folded to upper case first: the print of codes is upper case, and at a tag's
        size "s" and "S" differ in nothing but height. The confidence is the product over all
        characters and the [stop].
        """
        text: list[str] = []
        alternatives: list[Alternatives] = []
        confidence = 1.0
        for folded in self._fold(probabilities):
            best = int(np.argmax(folded))
            confidence *= float(folded[best])
            if best == STOP:
                break
            order = np.argsort(folded[2:])[::-1][:keep] + 2
            likely = tuple(
                (self.characters[i - 2], float(folded[i])) for i in order if folded[i] > 1e-4
            )
            text.append(self.characters[best - 2])
            alternatives.append(likely)
        return DecodedText("".join(text), tuple(alternatives), confidence)

    def _fold(self, probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
        folded = probabilities.copy()
        folded[:, GO] = 0.0
        upper, lower = _case_pairs(self.characters)
        folded[:, upper] += folded[:, lower]
        folded[:, lower] = 0.0
        return folded


@cache
def _case_pairs(characters: str) -> tuple[list[int], list[int]]:
    """Classes of the upper-case letters that have a lower-case one, and of the latter."""
    pairs = [
        (characters.index(upper) + 2, characters.index(lower) + 2)
        for upper, lower in zip(string.ascii_uppercase, string.ascii_lowercase, strict=True)
        if upper in characters and lower in characters
    ]
    return [upper for upper, _ in pairs], [lower for _, lower in pairs]
