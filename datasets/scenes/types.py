"""What the scene drawer hands out. Quads are clockwise from where the text begins, in pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Points = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Word:
    """A word without spaces; `char_quads` is Nx4x2 float32 with one quad per character of `text`.

    `quad` is the 4x2 quad of the whole word. `inside` is false where the photo's edge cuts it.
    """

    text: str
    char_quads: Points
    quad: Points
    inside: bool = True


@dataclass(frozen=True, slots=True)
class DrawnScene:
    """A drawn photo: `image` is HxWx3 RGB uint8, `words` all the words that it shows.

    `code` is the style code in its brand's display form (None: the photo shows none), `printed`
    the form this tag prints, which may be two words or the end of one; `code_quad` 4x2 float32
    is around the printed form without its label. `min_letter_px` is the height of the smallest
    letter of the code, or of the smallest word where there is no code (0 without words).
    `kind` names the label on top; without a code also "hidden code", "thing" and "nothing".
    """

    image: Pixels
    words: tuple[Word, ...]
    code: str | None
    brand: str
    code_quad: Points | None
    min_letter_px: float
    printed: str = ""
    seed: int = 0
    kind: str = ""
