"""From the finder's maps to text lines as quads: words joined that stand beside each other."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from recognizer.finding.boxes import Box, half_turn, union
from recognizer.finding.words import Maps, WordSettings, words
from recognizer.types import TextRegion

_NEAR = 20.0  # half heights after which a line's say about another's direction is a third
_PARALLEL = np.deg2rad(25)
_LONG = 3.5  # half heights: a word of this half width knows its angle


@dataclass(frozen=True, slots=True)
class RegionSettings:
    """How words are taken from the maps, and joined; sizes are relative to a line's height."""

    words: WordSettings = field(default_factory=WordSettings)
    join_gap: float = 1.5  # widest gap between two words of one line
    longest: float = 14.0  # a longer line (in heights) is not joined further
    most: int = 80  # regions kept, strongest first


def find_regions(
    maps: Maps, scale: float, settings: RegionSettings | None = None
) -> tuple[TextRegion, ...]:
    """Lines of text, the most prominent first; `scale` turns map pixels into photo pixels."""
    settings = settings or RegionSettings()
    lines = _agreed(_join(_levelled(_settled(words(maps, settings.words))), settings))
    lines.sort(key=lambda box: -box.score * min(box.half_width, 6 * box.half_height))
    return tuple(_region(box, scale) for box in lines[: settings.most])


def _region(box: Box, scale: float) -> TextRegion:
    along = box.angle + (np.pi if box.ahead < 0 else 0)
    parts = sorted(box.parts, key=lambda part: part.x * np.cos(along) + part.y * np.sin(along))
    return TextRegion(
        box.quad(scale),
        box.score,
        tuple(_alike(part, box).quad(scale) for part in parts),
        box.code,
        box.directed,
    )


def _alike(part: Box, line: Box) -> Box:
    """The word, reading the way that its line reads."""
    same = np.cos(part.angle - line.angle) >= 0
    ahead = line.ahead if line.ahead else 1.0
    return replace(part, ahead=ahead if same else -ahead)


def _settled(boxes: list[Box]) -> list[Box]:
    """Squat words without a direction of their own take the nearest long word's."""
    long = [box for box in boxes if not box.squat]
    if not long:
        return boxes
    centres = np.array([(box.x, box.y) for box in long])
    return [
        _along(box, long[int(np.argmin(np.hypot(*(centres - (box.x, box.y)).T)))])
        if box.squat and not box.directed
        else box
        for box in boxes
    ]


def _levelled(boxes: list[Box]) -> list[Box]:
    """Short words lean as long ones near them do: their own angle is uncertain."""
    long = [box for box in boxes if box.half_width > _LONG * box.half_height]
    if not long:
        return boxes
    x, y, w, t = np.array([(b.x, b.y, b.half_width, b.angle) for b in long]).T
    found: list[Box] = []
    for box in boxes:
        turn = (t - box.angle + np.pi / 2) % np.pi - np.pi / 2
        near = np.exp(-np.hypot(x - box.x, y - box.y) / (_NEAR * box.half_height))
        weights = near * w * (np.abs(turn) < _PARALLEL)
        if box.half_width > _LONG * box.half_height or not weights.sum() > 0:
            found.append(box)
            continue
        own = 0.2 * box.half_width
        lean = float((weights * turn).sum() / (weights.sum() + own))
        found.append(replace(box, angle=half_turn(box.angle + lean)))
    return found


def _along(box: Box, other: Box) -> Box:
    turned = abs(half_turn(box.angle - other.angle)) > np.pi / 4
    width, height = box.half_width, box.half_height
    if turned:
        width, height = height, width
    return replace(box, half_width=width, half_height=height, angle=other.angle)


def _agreed(lines: list[Box]) -> list[Box]:
    """The lines with directions that near lines along the same axis agree on.

    A label's lines read the same way; a short or blurred one alone may not tell.
    """
    if not any(line.ahead for line in lines):
        return lines
    x, y, w, h, t, ahead = np.array(
        [(b.x, b.y, b.half_width, b.half_height, b.angle, b.ahead) for b in lines]
    ).T
    away = np.hypot(x[None] - x[:, None], y[None] - y[:, None])
    turn = np.cos(t[None] - t[:, None])
    near = np.exp(-away / (_NEAR * np.maximum(h[:, None], h[None])))
    weights = near * w[None] * (np.abs(turn) > np.cos(_PARALLEL))
    votes = (weights * np.sign(turn) * ahead[None]).sum(axis=1) / weights.sum(axis=1)
    return [
        replace(line, ahead=float(np.clip(vote, -1, 1)))
        for line, vote in zip(lines, votes, strict=True)
    ]


def _join(boxes: list[Box], settings: RegionSettings) -> list[Box]:
    """Join neighbours, nearest pair first, until nothing is left to join."""
    lines = list(boxes)
    while True:
        pair = _nearest_pair(lines, settings)
        if pair is None:
            return lines
        joined = union(lines[pair[0]], lines[pair[1]])
        lines = [box for i, box in enumerate(lines) if i not in pair]
        lines.append(joined)


def _nearest_pair(boxes: list[Box], settings: RegionSettings) -> tuple[int, int] | None:
    if len(boxes) < 2:
        return None
    x, y, w, h, t, ahead = np.array(
        [(b.x, b.y, b.half_width, b.half_height, b.angle, b.ahead) for b in boxes]
    ).T
    dx, dy = x[None] - x[:, None], y[None] - y[:, None]
    along = np.abs(dx * np.cos(t)[:, None] + dy * np.sin(t)[:, None])
    across = np.abs(-dx * np.sin(t)[:, None] + dy * np.cos(t)[:, None])
    height = np.minimum(h[:, None], h[None])
    gap = along - w[:, None] - w[None]
    turn = np.abs((t[None] - t[:, None] + np.pi / 2) % np.pi - np.pi / 2)
    similar = np.maximum(h[:, None], h[None]) < 1.6 * height
    length = (w[:, None] + w[None] + np.maximum(gap, 0) / 2) / height
    fits = (gap < settings.join_gap * height) & (across < 0.55 * height) & similar
    fits &= (turn < np.deg2rad(14)) & (length < settings.longest)
    # Text that surely reads the other way is of another label.
    fits &= ahead[:, None] * ahead[None] * np.sign(np.cos(t[None] - t[:, None])) > -0.25
    np.fill_diagonal(fits, False)
    if not fits.any():
        return None
    cost = np.where(fits, gap, np.inf)
    a, b = np.unravel_index(int(np.argmin(cost)), cost.shape)
    return int(a), int(b)
