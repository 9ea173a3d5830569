"""A code to print, and what the label it stands on has to know of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Names = Mapping[str, Sequence[str]]
"""How tags print the names of brands."""


@dataclass(frozen=True, slots=True)
class DrawnCode:
    """A code to print: `brand` (empty for a random string), `code` in the brand's display form,
    `printed` as this tag has it, `label` the word before it (often empty).

    `beside` is what the brand prints behind it and is no part of it, `@@@` standing for a colour.
    Three letters behind a code that `goes_on` would be read as a part of it. `quality_label` says
    that the brand's shoes mostly carry a Korean quality label.
    """

    brand: str
    code: str
    printed: str
    label: str
    beside: str = ""
    goes_on: bool = False
    quality_label: bool = False
