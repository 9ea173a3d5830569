"""What `stylecode` takes in and hands out. Pure data, no pictures, no I/O."""

from __future__ import annotations

from dataclasses import dataclass, field

Alternatives = tuple[tuple[str, float], ...]
"""Characters with their probabilities for one position, best first."""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One text line as the recogniser read it.

    `text` is the greedy string; `alternatives[i]` are the likely characters at `text[i]`,
    best first (the first is `text[i]` itself); `confidence` is in 0..1.

    `x`, `y` (the middle of the edge where the text begins), `height` and `width` (along the text)
    place the line on the photo, in pixels; zero where unknown. `angle` is the direction in which
    it is read, in radians clockwise from the photo's x axis: pi/2 reads downwards.

    `codelike` is how likely the picture of the line looks like a style code's, 0..1; None where
    nobody looked. `cut_start` and `cut_end` say that the photo's edge cuts the line off where it
    begins or ends (its quad comes closer to the edge than half its height). `said` is what each
    reader made of it, where several were asked.
    """

    text: str
    alternatives: tuple[Alternatives, ...] = ()
    confidence: float = 1.0
    x: float = 0.0
    y: float = 0.0
    height: float = 0.0
    width: float = 0.0
    angle: float = 0.0
    codelike: float | None = None
    cut_start: bool = False
    cut_end: bool = False
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RankedCode:
    """A plausible style code: `code` in the brand's display form, where it was read, how sure.

    `printed` has the same characters with the separators that stand on the tag. `brands` are all
    that print codes of this shape, the most likely first; `brand` is the one of them that the tag
    names, else the most likely.
    `line` indexes the lines given to `rank`; `start`/`end` is the span in that line's text;
    `place` is how likely a code stands there, 0..1, whichever one it is.
    `alternatives[i]` belongs to `code[i]` (empty for characters that were not read, like an
    added dash). `terms` are what each signal added to the log-odds of the place, by name, the
    weightiest first.
    """

    code: str
    confidence: float
    line: int
    start: int
    end: int
    brand: str = ""
    printed: str = ""
    alternatives: tuple[Alternatives, ...] = field(default=())
    place: float = 0.0
    brands: tuple[str, ...] = ()
    terms: tuple[tuple[str, float], ...] = ()
