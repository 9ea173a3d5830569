"""The recogniser's character set, and distributions turned into text."""

from __future__ import annotations

import string
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from stylecode.types import Alternatives

Floats = NDArray[np.float32]
Classes = NDArray[np.int64]

CHARACTERS = string.digits + string.ascii_uppercase + string.ascii_lowercase + "-/.:#() ,&%+*'_"
"""What our own recogniser reads: codes, and what tags print around them."""

PUBLISHED_CHARACTERS = string.printable[:-6]
"""The 94 characters of the published case-sensitive TRBA checkpoint."""

GO, STOP = 0, 1
_LEAST_LISTED = 1e-4


@dataclass(frozen=True, slots=True)
class DecodedText:
    """One reading of a line: `alternatives[i]` are the likely characters at `text[i]`, best first.

    `classes` are its characters as classes, without [stop]; `witnessed` says whether the CTC head
    read the same.
    """

    text: str
    alternatives: tuple[Alternatives, ...]
    confidence: float
    classes: tuple[int, ...] = ()
    witnessed: bool = False


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

    def decode(self, probabilities: Floats, keep: int = 6) -> DecodedText:
        """Decode one line's (steps, classes) probabilities greedily.

        Case is folded to upper case first: the print of codes is upper case, and at a tag's
        size "s" and "S" differ in nothing but height. The confidence is the product over all
        characters and the [stop].
        """
        folded = self.fold(probabilities)
        chosen = folded.argmax(axis=1)
        stops = np.flatnonzero(chosen == STOP)
        end = int(stops[0]) + 1 if len(stops) else len(chosen)
        return self.decoded(folded[:end], chosen[:end], keep)

    def decoded(self, folded: Floats, chosen: Classes, keep: int = 6) -> DecodedText:
        """The reading that takes the classes `chosen` (steps,) from `folded` (steps, classes)."""
        steps = np.arange(len(chosen))
        confidence = float(np.prod(folded[steps, chosen], dtype=np.float64))
        if len(chosen) and chosen[-1] == STOP:
            folded, chosen = folded[:-1], chosen[:-1]
        weights = folded.copy()
        weights[:, [GO, STOP]] = 0.0
        # The chosen character leads, also where a beam went against the odds of one place.
        order = np.argsort(-weights, axis=1, kind="stable")[:, :keep]
        listed = np.take_along_axis(weights, order, axis=1)
        text = "".join(self.characters[char - 2] for char in chosen)
        alternatives = tuple(
            self._likely(int(char), row, shares)
            for char, row, shares in zip(chosen, order.tolist(), listed.tolist(), strict=True)
        )
        return DecodedText(text, alternatives, confidence, tuple(int(char) for char in chosen))

    def _likely(self, chosen: int, order: Sequence[int], shares: Sequence[float]) -> Alternatives:
        likely = [
            (self.characters[char - 2], share)
            for char, share in zip(order, shares, strict=True)
            if share > _LEAST_LISTED or char == chosen
        ]
        if order[0] != chosen:
            likely.sort(key=lambda one: one[0] != self.characters[chosen - 2])
        return tuple(likely)

    def fold(self, probabilities: Floats) -> Floats:
        """(steps, classes) with each lower-case letter's share moved to its upper case."""
        folded = probabilities.copy()
        folded[:, GO] = 0.0
        upper, lower = _case_pairs(self.characters)
        folded[:, upper] += folded[:, lower]
        folded[:, lower] = 0.0
        return folded

    def fold_frames(self, log_probabilities: Floats) -> Floats:
        """(..., classes) log-probabilities of the CTC head, letter case put aside."""
        folded = log_probabilities.copy()
        upper, lower = _case_pairs(self.characters)
        folded[..., upper] = np.logaddexp(folded[..., upper], folded[..., lower])
        folded[..., lower] = -np.inf
        return folded

    def likelier_case(self, probabilities: Floats) -> Classes:
        """(steps, classes): for each class itself, or its lower case where that is likelier."""
        cases = np.tile(np.arange(self.classes), (len(probabilities), 1))
        upper, lower = _case_pairs(self.characters)
        smaller = probabilities[:, lower] > probabilities[:, upper]
        cases[:, upper] = np.where(smaller, lower, upper)
        return cases


@cache
def _case_pairs(characters: str) -> tuple[list[int], list[int]]:
    """Classes of the upper-case letters that have a lower-case one, and of the latter."""
    pairs = [
        (characters.index(upper) + 2, characters.index(lower) + 2)
        for upper, lower in zip(string.ascii_uppercase, string.ascii_lowercase, strict=True)
        if upper in characters and lower in characters
    ]
    return [upper for upper, _ in pairs], [lower for _, lower in pairs]
