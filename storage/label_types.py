"""What was said of photos, and what that may teach: frozen data, times are aware UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.types import Consent, Interaction, Quad, StoredReading


class PhotoVerdict(StrEnum):
    """What a photo shows."""

    CODE = "code"
    NONE = "none"  # there is no code on it
    UNREADABLE = "unreadable"  # there is one that nobody can read


@dataclass(frozen=True, slots=True)
class PhotoLabel:
    """What somebody said of a photo; `code` and `quad` only with `PhotoVerdict.CODE`.

    `weak`: not a person's who looked at the photo as an operator. `evidence` is what it rests on.
    """

    author: str
    verdict: PhotoVerdict
    created_at: datetime
    code: str | None = None
    quad: Quad | None = None
    weak: bool = False
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Queued:
    """A photo that is worth a look, and why."""

    interaction: int
    worth: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TaughtPhoto:
    """A photo with all that is known of it, as `storage.tables.labels` hands it out."""

    row: Interaction
    reading: StoredReading
    labels: tuple[PhotoLabel, ...]
    consent: Consent
    worth: Queued | None = None


WorthOf = Mapping[int, tuple[float | None, tuple[str, ...]]]
"""By interaction: the worth of an operator's word, None for none, and the reasons."""
