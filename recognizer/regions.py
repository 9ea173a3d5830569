"""From CRAFT's maps to text lines as quads. Pure numpy and OpenCV.

Words come out of the maps as in the CRAFT paper (threshold, connected components, smallest
rectangle); lines are then joined from words that stand beside each other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.types import Quad, TextRegion

Map = NDArray[np.float32]

_MOST_CORES = 5.5  # a line's height in sizes of its letters' cores


@dataclass(frozen=True, slots=True)
class RegionSettings:
    """Thresholds on the maps (0..1) and sizes relative to a line's height."""

    text: float = 0.45  # a word's strongest pixel
    low_text: float = 0.2  # a pixel belongs to a word
    link: float = 0.25  # a pixel joins two letters
    air_across: float = 0.2  # added above and below a word: the maps cover letters' middles
    air_along: float = 0.15  # added before and after it; more would take in a table's rules
    join_gap: float = 1.3  # widest gap between two words of one line
    longest: float = 14.0  # a longer line (in heights) is not joined further
    most: int = 80  # regions kept, strongest first


@dataclass(slots=True)
class _Box:
    """An upright-able rectangle: centre, half sizes along its own axes, angle in radians."""

    x: float
    y: float
    half_width: float
    half_height: float
    angle: float
    score: float
    parts: tuple[_Box, ...] = ()


def find_regions(
    region: Map, affinity: Map, scale: float, settings: RegionSettings
) -> tuple[TextRegion, ...]:
    """Lines of text; `scale` turns map pixels into photo pixels."""
    boxes = _words(region, affinity, settings)
    _settle_angles(boxes)
    lines = _join(boxes, settings)
    lines.sort(key=lambda box: -box.score * min(box.half_width, 6 * box.half_height))
    return tuple(
        TextRegion(_quad(box, scale), box.score, tuple(_quad(part, scale) for part in box.parts))
        for box in lines[: settings.most]
    )


def _words(region: Map, affinity: Map, settings: RegionSettings) -> list[_Box]:
    boxes: list[_Box] = []
    _collect(region, affinity, (0, 0), settings, boxes)
    return boxes


def _collect(
    region: Map, affinity: Map, origin: tuple[int, int], settings: RegionSettings, boxes: list[_Box]
) -> None:
    """Words of a part of the maps that begins at `origin`; lines that run together are parted."""
    mask = ((region > settings.low_text) | (affinity > settings.link)).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    for label in range(1, count):
        x, y, width, height, area = (int(v) for v in stats[label])
        if area < 6 or max(width, height) < 4:
            continue
        part = labels[y : y + height, x : x + width] == label
        inner = np.where(part, region[y : y + height, x : x + width], 0)
        strongest = float(inner.max())
        if strongest < settings.text:
            continue
        ys, xs = np.nonzero(part)
        score = float(np.clip(inner[inner > settings.low_text].mean(), 0, 1))
        place = (origin[0] + x, origin[1] + y)
        points = np.stack([xs + place[0], ys + place[1]], 1).astype(np.float32)
        box = _box(points, score, settings)
        stricter = _stricter(settings)
        if stricter and _several_lines(inner, box):
            links = np.where(part, affinity[y : y + height, x : x + width], 0)
            _collect(inner, links, place, stricter, boxes)
        else:
            boxes.append(box)


def _stricter(settings: RegionSettings) -> RegionSettings | None:
    if settings.low_text > 0.6:
        return None
    return replace(settings, low_text=settings.low_text + 0.1, link=settings.link + 0.15)


def _several_lines(inner: Map, box: _Box) -> bool:
    """Whether a component is far too high for its letters.

    In blurred print the maps of neighbouring lines touch. A letter's core (above 0.6) is about
    half as large as the letter, whatever the line's direction.
    """
    _, _, stats, _ = cv2.connectedComponentsWithStats(
        (inner > 0.6).astype(np.uint8), connectivity=4
    )
    cores = stats[1:]
    if len(cores) < 4:
        return False
    sizes = np.sqrt(cores[:, cv2.CC_STAT_WIDTH] * cores[:, cv2.CC_STAT_HEIGHT])
    return 2 * box.half_height > _MOST_CORES * float(np.median(sizes))


def _box(points: NDArray[np.float32], score: float, settings: RegionSettings) -> _Box:
    (cx, cy), (width, height), degrees = cv2.minAreaRect(points)
    width, height = width + 1, height + 1  # pixel centres to pixel edges
    angle = np.deg2rad(degrees)
    if height > width:
        width, height, angle = height, width, angle - np.pi / 2
    half_width = width / 2 + settings.air_along * height
    half_height = height / 2 + settings.air_across * height
    return _Box(cx, cy, half_width, half_height, _half_turn(angle), score)


def _half_turn(angle: float) -> float:
    """The same axis in (-pi/2, pi/2]."""
    return float(np.pi / 2 - (np.pi / 2 - angle) % np.pi)


def _settle_angles(boxes: list[_Box]) -> None:
    """Squat words (one or two letters) have no direction of their own: they take the nearest
    long word's."""
    long = [box for box in boxes if box.half_width > 1.8 * box.half_height]
    if not long:
        return
    centres = np.array([(box.x, box.y) for box in long])
    for box in boxes:
        if box.half_width > 1.8 * box.half_height:
            continue
        nearest = long[int(np.argmin(np.hypot(*(centres - (box.x, box.y)).T)))]
        turn = abs(_half_turn(box.angle - nearest.angle))
        if turn > np.pi / 4:
            box.half_width, box.half_height = box.half_height, box.half_width
        box.angle = nearest.angle


def _join(boxes: list[_Box], settings: RegionSettings) -> list[_Box]:
    """Join neighbours, nearest pair first, until nothing is left to join."""
    lines = list(boxes)
    while True:
        pair = _nearest_pair(lines, settings)
        if pair is None:
            return lines
        a, b = pair
        joined = _union(lines[a], lines[b])
        lines = [box for i, box in enumerate(lines) if i not in pair]
        lines.append(joined)


def _nearest_pair(boxes: list[_Box], settings: RegionSettings) -> tuple[int, int] | None:
    if len(boxes) < 2:
        return None
    x, y, w, h, t = np.array([(b.x, b.y, b.half_width, b.half_height, b.angle) for b in boxes]).T
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
    np.fill_diagonal(fits, False)
    if not fits.any():
        return None
    cost = np.where(fits, gap, np.inf)
    a, b = np.unravel_index(int(np.argmin(cost)), cost.shape)
    return int(a), int(b)


def _union(a: _Box, b: _Box) -> _Box:
    """The smallest rectangle around both, along the longer one's direction."""
    corners = np.concatenate([_corners(a), _corners(b)])
    lead, other = (a, b) if a.half_width >= b.half_width else (b, a)
    angle = lead.angle
    if other.half_width > 0.5 * lead.half_width:
        # Two words of like length: their centres know the line better than either's own angle.
        angle = _half_turn(float(np.arctan2(b.y - a.y, b.x - a.x)))
    axes = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    own = corners @ axes.T
    low, high = own.min(axis=0), own.max(axis=0)
    centre = (low + high) / 2 @ axes
    half = (high - low) / 2
    weight = a.half_width / (a.half_width + b.half_width)
    score = a.score * weight + b.score * (1 - weight)
    parts = (*(a.parts or (a,)), *(b.parts or (b,)))
    x, y, half_width, half_height = (float(v) for v in (*centre, *half))
    return _Box(x, y, half_width, half_height, angle, score, parts)


def _corners(box: _Box) -> NDArray[np.float64]:
    cos, sin = np.cos(box.angle), np.sin(box.angle)
    along = np.array([cos, sin]) * box.half_width
    across = np.array([-sin, cos]) * box.half_height
    centre = np.array([box.x, box.y])
    signs = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    return np.stack([centre + a * along + b * across for a, b in signs])


def _quad(box: _Box, scale: float) -> Quad:
    a, b, c, d = ((float(x), float(y)) for x, y in (_corners(box) + 0.5) * scale)
    return a, b, c, d
