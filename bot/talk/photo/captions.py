"""Codes that a photo's sender wrote with it, beside those that were read on it."""

from __future__ import annotations

from dataclasses import replace

from storage.types import StoredCandidate
from stylecode import key, read
from stylecode.witness import SURE_READING

Candidates = tuple[StoredCandidate, ...]

MOST_WRITTEN = 3
"""Codes of a caption that are offered with its photo."""


def with_caption(found: Candidates, caption: str) -> Candidates:
    """The candidates with the caption's codes: behind the first one, the only ones without it.

    One that was read, too, comes first, unless another was read surely.
    """
    by_key = {key(each.code): each for each in found}
    codes = [each.code for each in read(caption).codes[:MOST_WRITTEN]]
    said = [
        replace(by_key.get(key(code), StoredCandidate(code, 0.0)), written=True) for code in codes
    ]
    agreed = [each for each in said if key(each.code) in by_key]
    sure = bool(found) and found[0].confidence >= SURE_READING
    lead = agreed if agreed and not sure else found[:1]
    ordered = {key(each.code): each for each in (*lead, *said, *found)}
    return tuple({**ordered, **{key(each.code): each for each in said}}.values())


def only_written(candidate: StoredCandidate) -> bool:
    """Whether a code was not read on the photo, but written with it."""
    return candidate.written and not candidate.alternatives and not candidate.quad


def written_beside(candidates: Candidates) -> bool:
    """Whether another code than the first was written with the photo."""
    return not candidates[0].written and any(each.written for each in candidates)
