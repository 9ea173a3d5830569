"""Photos that show the same.

By the difference hash of a small grey copy, one bit for each pixel that is lighter than the one
before it (N. Krawetz, "Kind of like that", 2013); and by the correlation of the lines with the
code, since tags of one brand, laid alike, differ in nothing but that line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

_HASH_BITS = (16, 16)  # rows and columns
_APART, _APART_UNLINED = 20, 6
"""Bits of 256 in which two takes of one photo may differ (another size, another compression), and
where no line is known that could tell two tags apart."""

_LINE = (32, 160)  # rows and columns of pixels that lines are compared in
_CORRELATED = 0.985
"""Of two takes of one line at least; half as large and badly compressed they have 0.996, lines
that differ in one letter 0.97."""

Bits = NDArray[np.uint8]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Looks:
    """A photo's hash, 256 bits, and its line's pixels as a unit vector; None: it is not known."""

    photo: Bits
    line: Floats | None = None


def looks_of(photo: bytes, line: bytes | None = None) -> Looks:
    """Of encoded pictures."""
    return Looks(_hash(photo), None if line is None else _unit(line))


def _hash(picture: bytes) -> Bits:
    small = _small(picture, (_HASH_BITS[1] + 1, _HASH_BITS[0]))
    return (small[:, 1:] > small[:, :-1]).ravel().astype(np.uint8)


def _unit(picture: bytes) -> Floats:
    small = cv2.GaussianBlur(_small(picture, (_LINE[1], _LINE[0])), (0, 0), 1.0).ravel()
    apart = small - small.mean()
    return np.asarray(apart / max(float(np.linalg.norm(apart)), 1e-6), np.float32)


def _small(picture: bytes, size: tuple[int, int]) -> Floats:
    """What cannot be decoded is all zeros."""
    grey = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_GRAYSCALE)
    if grey is None:
        return np.zeros(size[::-1], np.float32)
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.float32)


def alike(looks: Sequence[Looks]) -> list[list[int]]:
    """Groups of the positions that are alike, also by way of others; singles left out."""
    if not looks:
        return []
    photos = np.stack([one.photo for one in looks])
    pairs = []
    for at, one in enumerate(looks):
        apart = (photos[at + 1 :] != one.photo).sum(axis=1)
        for step in np.flatnonzero(apart <= _APART).tolist():
            other = at + 1 + step
            if _same_line(one.line, looks[other].line, int(apart[step])):
                pairs.append((at, other))
    return _joined(pairs, len(looks))


def _same_line(one: Floats | None, other: Floats | None, apart: int) -> bool:
    if one is None or other is None:
        return apart <= _APART_UNLINED
    return float(one @ other) >= _CORRELATED


def _joined(pairs: Sequence[tuple[int, int]], count: int) -> list[list[int]]:
    if not pairs:
        return []
    one, other = np.array(pairs).T
    graph = coo_array((np.ones(len(pairs)), (one, other)), shape=(count, count))
    _, names = connected_components(graph, directed=False)
    groups = [np.flatnonzero(names == name).tolist() for name in np.unique(names)]
    return [group for group in groups if len(group) > 1]
