"""Where the style code stands on the tags of a brand, and what it looks like there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CodePlace:
    """The key of the sentence that says where, and a code as this brand prints it."""

    sentence: str
    example: str


ANYWHERE = CodePlace("where-anywhere", "DD1391-100")
"""For tags of an unknown brand."""

_ABOVE_BARS = "where-above-barcode"
_UNDER_SIZES = "where-under-sizes"
_ART = "where-art"
_STYLE = "where-style"
_BOX = "where-box"
_LABEL = "where-size-label"

PLACES: dict[str, CodePlace] = {
    "Nike": CodePlace(_UNDER_SIZES, "DD1391-100"),
    "Jordan": CodePlace(_UNDER_SIZES, "DZ5485-612"),
    "adidas": CodePlace(_ART, "GW2871"),
    "Reebok": CodePlace(_ART, "FZ1234"),
    "New Balance": CodePlace(_LABEL, "ML574EVG"),
    "Converse": CodePlace(_LABEL, "M9160C"),
    "Vans": CodePlace(_STYLE, "VN000D3HY28"),
    "Puma": CodePlace(_UNDER_SIZES, "374915-01"),
    "Asics": CodePlace(_LABEL, "1201A256-100"),
    "Onitsuka Tiger": CodePlace(_LABEL, "1183C102-200"),
    "Fila": CodePlace(_BOX, "1FM01153D"),
    "Skechers": CodePlace(_STYLE, "SN232040"),
    "Hoka": CodePlace(_STYLE, "1127895-BBLC"),
    "UGG": CodePlace(_STYLE, "1016223-CHE"),
    "Salomon": CodePlace(_ABOVE_BARS, "L41086600"),
    "MLB": CodePlace(_BOX, "3ASXCA12N-50WHS"),
    "Discovery": CodePlace(_BOX, "DXSH0011N-BKS"),
    "Mizuno": CodePlace(_LABEL, "D1GA242601"),
    "Under Armour": CodePlace(_STYLE, "3024856-100"),
    "Crocs": CodePlace(_STYLE, "10001-001"),
    "Timberland": CodePlace(_STYLE, "TB010061713"),
    "Superga": CodePlace(_LABEL, "S000010"),
    "On": CodePlace(_BOX, "59.98376"),
    "Prospecs": CodePlace(_LABEL, "PW0UW23F101"),
}
"""By the brand's name as `TagFields.brand` has it."""


def place_of(brand: str | None) -> CodePlace:
    """Where to look on this brand's tags; on any tag where it is not known."""
    return PLACES.get(brand or "", ANYWHERE)
