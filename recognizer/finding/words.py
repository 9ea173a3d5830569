"""Words out of the finder's maps: threshold, connected components, smallest rectangle.

As in the CRAFT paper; beside that, lines that run together in blurred print are parted, and each
word learns its direction and how much it looks like a style code where the finder has such maps.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from recognizer.finding.boxes import Box, half_turn

Map = NDArray[np.float32]

_MOST_CORES = 5.5  # a line's height in sizes of its letters' cores
_LEAST_AREA, _LEAST_SIDE = 6, 4  # map pixels
_MOST_WORDS = 400
_TURN = np.deg2rad(20)  # a rectangle further off than this from its direction is not believed


@dataclass(frozen=True, slots=True)
class Maps:
    """What a finder sees: H/2 x W/2 each. `code` is log-odds, `along_*` point where text reads."""

    region: Map
    affinity: Map
    code: Map | None = None
    along_x: Map | None = None
    along_y: Map | None = None

    @classmethod
    def of(cls, maps: Map) -> Maps:
        """From (H/2, W/2, channels): region and affinity, or these, code and direction."""
        return cls(*(np.asarray(plane, np.float32) for plane in cv2.split(maps)))

    def window(self, x: int, y: int, width: int, height: int) -> Maps:
        """The part of all maps in this rectangle."""
        planes = (self.region, self.affinity, self.code, self.along_x, self.along_y)
        rows, columns = slice(y, y + height), slice(x, x + width)
        return Maps(*(None if plane is None else plane[rows, columns] for plane in planes))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class WordSettings:
    """Thresholds on the maps (0..1) and sizes relative to a word's height."""

    text: float = 0.4  # a word's strongest pixel
    low_text: float = 0.3  # a pixel belongs to a word
    link: float = 0.25  # a pixel joins two letters
    air_across: float = 0.2  # added above and below a word: the maps cover letters' middles
    air_along: float = 0.15  # added before and after it; more would take in a table's rules


def words(maps: Maps, settings: WordSettings) -> list[Box]:
    """Boxes of words in map pixels."""
    found: list[Box] = []
    _collect(maps, (0, 0), settings, found)
    return found


def _collect(maps: Maps, origin: tuple[int, int], settings: WordSettings, found: list[Box]) -> None:
    """Words of a part of the maps that begins at `origin`; lines that run together are parted."""
    mask = (maps.region > settings.low_text) | (maps.affinity > settings.link)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(
        mask.astype(np.uint8), connectivity=4
    )
    for label in range(1, min(count, _MOST_WORDS)):
        x, y, width, height, area = (int(v) for v in stats[label])
        if area < _LEAST_AREA or max(width, height) < _LEAST_SIDE:
            continue
        part = maps.window(x, y, width, height)
        inside = labels[y : y + height, x : x + width] == label
        inner = np.where(inside, part.region, 0)
        if inner.max() < settings.text:
            continue
        place = (origin[0] + x, origin[1] + y)
        box = _word(part, inside, place, settings)
        stricter = _stricter(settings)
        if stricter and _several_lines(inner, box):
            links = np.where(inside, part.affinity, 0)
            _collect(replace(part, region=inner, affinity=links), place, stricter, found)
        else:
            found.append(box)


def _stricter(settings: WordSettings) -> WordSettings | None:
    if settings.low_text > 0.6:
        return None
    return replace(settings, low_text=settings.low_text + 0.1, link=settings.link + 0.15)


def _several_lines(inner: Map, box: Box) -> bool:
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


def _word(
    part: Maps, inside: NDArray[np.bool_], place: tuple[int, int], settings: WordSettings
) -> Box:
    ys, xs = np.nonzero(inside)
    ink = part.region[ys, xs]
    ends = np.flatnonzero(np.diff(ys, prepend=-1) | np.diff(ys, append=-1))  # of each row
    points = np.stack([xs[ends] + place[0], ys[ends] + place[1]], 1).astype(np.float32)
    heading = _heading(part, ys, xs, ink)
    x, y, half_width, half_height, angle = _rectangle(points, heading)
    height = 2 * half_height
    score = float(np.clip(ink[ink >= min(settings.low_text, ink.max())].mean(), 0, 1))
    ahead = heading[0] * np.cos(angle) + heading[1] * np.sin(angle)
    return Box(
        x,
        y,
        half_width + settings.air_along * height,
        half_height + settings.air_across * height,
        angle,
        score,
        float(np.clip(ahead, -1, 1)),
        None if part.code is None else _codelike(part.code[ys, xs], ink),
    )


def _heading(
    part: Maps, ys: NDArray[np.intp], xs: NDArray[np.intp], ink: Map
) -> tuple[float, float]:
    """The mean direction, weighed by the region map; (0, 0) without such maps."""
    if part.along_x is None or part.along_y is None:
        return 0.0, 0.0
    weights = np.maximum(ink, 0)
    whole = max(float(weights.sum()), 1e-6)
    x, y = (float((plane[ys, xs] * weights).sum()) for plane in (part.along_x, part.along_y))
    return x / whole, y / whole


def _codelike(log_odds: Map, ink: Map) -> float:
    """The mean over the likelier half of a word: a label may be glued to the code."""
    likely = np.sort(1 / (1 + np.exp(-log_odds[ink > 0.3])))
    return float(likely[len(likely) // 2 :].mean()) if len(likely) else 0.0


def _rectangle(
    points: NDArray[np.float32], heading: tuple[float, float]
) -> tuple[float, float, float, float, float]:
    """Centre, half sizes and angle of the smallest rectangle around map pixels.

    A squat one, or one askew to the direction map, is drawn along that instead.
    """
    (cx, cy), (width, height), degrees = cv2.minAreaRect(points)
    angle = np.deg2rad(degrees)
    if height > width:
        width, height, angle = height, width, angle - np.pi / 2
    known = np.hypot(*heading) > 0.4
    axis = float(np.arctan2(heading[1], heading[0]))
    askew = abs(half_turn(axis - angle)) > _TURN
    if known and (width + 1 < 1.8 * (height + 1) or askew):
        along = np.array([[np.cos(axis), np.sin(axis)], [-np.sin(axis), np.cos(axis)]])
        own = points @ along.T
        low, high = own.min(axis=0), own.max(axis=0)
        (cx, cy), (width, height), angle = (low + high) / 2 @ along, high - low, axis
    # Pixel centres to pixel edges.
    return (
        float(cx), float(cy), float(width + 1) / 2, float(height + 1) / 2, half_turn(float(angle))
    )  # fmt: skip
