"""Crops as the finder cuts them from a photo: lines of drawn scenes, rectified as in serving.

The generator beside this one (`draw`) draws a line alone, and can make it as hard as it likes. Here
everything comes from the scenes that the finder is trained on: their inks, materials, light and
lenses, neighbours above and below, and quads that lie a little off.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from datasets.crops.draw import DrawnCrop
from datasets.crops.texts import MAX_LENGTH
from datasets.fonts.fonts import FontPool
from datasets.scenes import DrawnScene, draw_scene
from datasets.scenes.types import Points, Word
from recognizer.reading.rectify import rectified_crop, unframed
from recognizer.reading.tokenizer import CHARACTERS
from recognizer.types import Pixels, Quad

LEAST_LINE_PX = 8.0  # pixels of a line; lower ones cannot be read
GAP = (-0.3, 1.3)  # heights between two words of a line, as the finder joins them
LEVEL = 0.3  # heights that they may be apart across
TAKES_NEXT = 0.6  # share of words that take in the next one, where it is near
SHARE_OF_CODES = 0.35  # share of scenes' crops that are the code, where it can be
MOST_OF_A_SCENE = 16
LOOSE_ALONG, LOOSE_DOWN = (
    (-0.04, 0.4),
    (0.0, 0.24),
)  # heights by which quads are larger, along and across
TILT = 0.02  # radians


@dataclass
class PhotographedCrops:
    """An endless source of crops from scenes; keeps those of the scenes drawn last."""

    pool: FontPool
    split: str = "train"
    grammar: float = 0.0  # of the scenes: with codes of all brands that are known
    _waiting: list[DrawnCrop] = field(default_factory=list)

    def draw(
        self, rng: np.random.Generator, count: int, difficulty: float = 1.0
    ) -> Iterator[DrawnCrop]:
        """`count` crops from scenes whose difficulty is spread below `difficulty` (0..1)."""
        for _ in range(count):
            while len(self._waiting) < 3 * MOST_OF_A_SCENE:
                hard = difficulty * float(rng.uniform(0.2, 1.0))
                seed = int(rng.integers(2**62))
                known = self.grammar > 0 and rng.random() < self.grammar
                scene = draw_scene(seed, self.pool, hard, self.split, grammar=known)
                self._waiting += scene_crops(rng, scene)
            yield self._waiting.pop(int(rng.integers(len(self._waiting))))


def scene_crops(rng: np.random.Generator, scene: DrawnScene) -> list[DrawnCrop]:
    """Up to `MOST_OF_A_SCENE` lines of a scene, the code several times among them."""
    grey = np.asarray(cv2.cvtColor(scene.image, cv2.COLOR_RGB2GRAY), np.uint8)
    lines = list(_lines(rng, [word for word in scene.words if word.inside]))
    rng.shuffle(lines)
    if scene.code_quad is not None and _readable(scene.printed) and _inside(scene):
        code = (scene.printed, scene.code_quad)
        lines = [code] * round(SHARE_OF_CODES * MOST_OF_A_SCENE) + lines
    found = []
    for text, quad in lines[:MOST_OF_A_SCENE]:
        if _height(quad) >= LEAST_LINE_PX:
            found.append(DrawnCrop(_cut(rng, grey, quad), text))
    return found


def _lines(rng: np.random.Generator, words: Sequence[Word]) -> Iterator[tuple[str, Points]]:
    """Words, some with their neighbours, as text and quad."""
    at = 0
    while at < len(words):
        text, quad = words[at].text, words[at].quad
        at += 1
        while at < len(words) and rng.random() < TAKES_NEXT and _beside(quad, words[at].quad):
            longer = f"{text} {words[at].text}"
            if len(longer) > MAX_LENGTH:
                break
            text, quad = longer, np.stack((quad[0], words[at].quad[1], words[at].quad[2], quad[3]))
            at += 1
        if _readable(text):
            yield text, quad


def _readable(text: str) -> bool:
    return 0 < len(text) <= MAX_LENGTH and all(char in CHARACTERS for char in text)


def _inside(scene: DrawnScene) -> bool:
    height, width = scene.image.shape[:2]
    quad = scene.code_quad
    return quad is not None and bool((quad > 0).all() and (quad < (width, height)).all())


def _height(quad: Points) -> float:
    return float(np.linalg.norm(quad[3] - quad[0]) + np.linalg.norm(quad[2] - quad[1])) / 2


def _beside(left: Points, right: Points) -> bool:
    """Whether `right` goes on where `left` ends."""
    height = _height(left)
    along = (left[1] - left[0]) / max(float(np.linalg.norm(left[1] - left[0])), 1e-6)
    way = (right[0] + right[3] - left[1] - left[2]) / 2
    forward = float(way @ along)
    across = abs(float(way[0] * along[1] - way[1] * along[0]))
    alike = 0.7 < _height(right) / max(height, 1e-6) < 1.4
    return alike and GAP[0] * height < forward < GAP[1] * height and across < LEVEL * height


def _cut(rng: np.random.Generator, grey: Pixels, quad: Points) -> NDArray[np.uint8]:
    """The line's crop by a quad that lies a little off, as the finder's do."""
    height = _height(quad)
    along = (quad[1] - quad[0]) / max(float(np.linalg.norm(quad[1] - quad[0])), 1e-6)
    down = (quad[3] - quad[0]) / max(float(np.linalg.norm(quad[3] - quad[0])), 1e-6)
    start, end = (float(rng.uniform(*LOOSE_ALONG)) * height * along for _ in range(2))
    over, under = (float(rng.uniform(*LOOSE_DOWN)) * height * down for _ in range(2))
    moved = quad + np.stack((-start - over, end - over, end + under, -start + under))
    middle, tilt = moved.mean(axis=0), float(rng.normal(0, TILT))
    turn = np.array([[np.cos(tilt), np.sin(tilt)], [-np.sin(tilt), np.cos(tilt)]])
    a, b, c, d = ((float(x), float(y)) for x, y in (moved - middle) @ turn + middle)
    off: Quad = (a, b, c, d)
    return unframed(rectified_crop(grey, off))
