"""Where the style code stands on the tags of a brand, and what it looks like there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from stylecode.grammar.brands import grammar


@dataclass(frozen=True, slots=True)
class CodePlace:
    """The key of the sentence that says where, and a code as this brand prints it."""

    sentence: str
    example: str


ANYWHERE = CodePlace("where-anywhere", "DD1391-100")
"""For tags of an unknown brand."""


@cache
def places() -> Mapping[str, CodePlace]:
    """Where it is known, by the brand's name as `TagFields.brand` has it."""
    return {
        brand.name: CodePlace(f"where-{brand.place.where}", brand.place.code)
        for brand in grammar().brands
        if brand.place
    }


def place_of(brand: str | None) -> CodePlace:
    """Where to look on this brand's tags; on any tag where it is not known."""
    return places().get(brand or "", ANYWHERE)
