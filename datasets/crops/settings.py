"""What the crop generator draws, as versions.

A reader's model card names the version that its crops were drawn with. A version never changes
once a reader was trained on it: new looks of real tags become a new one. Shares are in 0..1; most
are multiplied by a crop's own difficulty.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, fields, replace

_LATER = {"later": True}


@dataclass(frozen=True, slots=True)
class CropSettings:
    """Every number in which versions of the generator differ."""

    version: str
    # What stands there.
    codes: float = 0.64
    random_strings: float = 0.18  # the rest is lines that are no code
    swaps: float = 0.0  # codes in which characters became their look-alikes
    hangul_labels: float = 0.0  # codes behind a Korean label, which is not part of the text
    unreadable: float = 0.0  # another script, or bars: the text is empty
    tag_fonts: float = 0.0  # drawn in faces that labels are printed in, beyond their share
    wide_gaps: float = 0.0  # more than one blank between a code's parts
    # How it is printed.
    rules: float = 0.12  # painted straight over the finished crop
    printed_rules: float = 0.0  # part of the print: they bend and lean with it
    bleed: float = 0.0  # ink that ran: rounded corners, closed gaps
    scraps: float = 0.0  # the next word on the line, cut
    # How it is held and taken.
    steep: float = 0.2
    steep_degrees: float = 18.0
    lean_room: float = 6.0  # letter heights; longer lines are turned less
    curl: float = 0.3
    blur: float = 0.1  # standard deviation in letter heights
    noise: float = 0.2  # standard deviation in the crop's own contrast
    contrast_loss: float = 165.0  # grey levels
    darkening: float = 0.75
    tight: float = 0.06  # letter heights that may be cut off
    # Since v3, so that earlier versions keep their digests: left out of them as they are here.
    company: float = field(default=0.35, metadata=_LATER)  # lines above and below
    nearest: float = field(default=1.12, metadata=_LATER)  # letter heights to those, at least
    inverse: float = field(default=0.13, metadata=_LATER)  # light print on a dark ground
    bend: float = field(default=0.35, metadata=_LATER)  # of curled lines, in letter heights
    jagged: float = field(
        default=0.0, metadata=_LATER
    )  # thresholded and enlarged without smoothing
    half_glare: float = field(default=0.0, metadata=_LATER)  # one half washed out
    poorer: float = field(
        default=0.0, metadata=_LATER
    )  # made poorer again (`datasets.crops.poorer`)
    # Since v4.
    grammar: float = field(default=0.0, metadata=_LATER)  # codes of all brands that are known

    def digest(self) -> str:
        """Twelve hex digits that change with any of the settings."""
        told = {
            one.name: getattr(self, one.name)
            for one in fields(self)
            if not (one.metadata and getattr(self, one.name) == one.default)
        }
        text = json.dumps(told, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]


V1 = CropSettings("v1")

V2 = CropSettings(
    "v2",
    codes=0.56,
    random_strings=0.27,
    swaps=0.12,
    hangul_labels=0.03,
    unreadable=0.04,
    tag_fonts=0.45,
    wide_gaps=0.4,
    rules=0.06,
    printed_rules=0.22,
    bleed=0.2,
    scraps=0.25,
    steep=0.3,
    steep_degrees=28.0,
    lean_room=9.0,
    curl=0.38,
    blur=0.13,
    noise=0.1,
    contrast_loss=150.0,
    darkening=0.6,
    tight=0.08,
)

# What real crops of other photographers show and V2 did not: small and soft print with halos,
# neighbours that reach in, light print on dark grounds, light on one half, codes to the very edge.
V3 = replace(
    V2,
    version="v3",
    steep=0.35,
    contrast_loss=175.0,
    darkening=0.7,
    tight=0.12,
    curl=0.42,
    company=0.6,
    nearest=1.02,
    inverse=0.22,
    bend=0.7,
    jagged=0.06,
    half_glare=0.15,
    poorer=0.66,
)

# Codes of all brands that the grammar has, as often as they are met; v3 is being learned from.
V4 = replace(V3, version="v4", grammar=1.0)

VERSIONS = {settings.version: settings for settings in (V1, V2, V3, V4)}
CURRENT = V3
