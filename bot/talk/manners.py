"""How forward the conversation is, as the settings say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

NEVER: Final = 1.01
"""A confidence that no reading has."""


@dataclass(frozen=True, slots=True)
class Manners:
    """By default the person is always asked first, and nobody sends too much.

    From `sure_confidence` on (a calibrated probability) a reading brings its prices along, if
    they come within `price_deadline_s` seconds. 0 photos a minute or a day: no limit.
    A photo that would wait longer than `photo_wait_s` seconds to be read is not taken; 0: each is.
    After so many days photos, or entries whole, are deleted; 0: not before the person says so.
    """

    sure_confidence: float = NEVER
    price_deadline_s: float = 2.5
    photos_per_minute: int = 0
    photos_per_day: int = 0
    photos_kept_days: int = 0
    rows_kept_days: int = 0
    photo_wait_s: float = 0.0
