"""A whole photo of a tag from a seed: label, surface, warp, light, camera; and its truth."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace

import numpy as np

from datasets.codes.first import FIRST_NAMES, first_code, other_code
from datasets.codes.known import known_code, known_names
from datasets.codes.types import DrawnCode
from datasets.fonts.fonts import FontPool
from datasets.scenes import splits
from datasets.scenes.around.across import hides_code, lay_across
from datasets.scenes.around.clutter import clutter
from datasets.scenes.around.hidden import without_code
from datasets.scenes.around.things import thing
from datasets.scenes.camera import light as camera
from datasets.scenes.camera import optics
from datasets.scenes.camera.laying import (
    Frame,
    Laid,
    Shown,
    around,
    code_points,
    heights,
    lay,
    paste,
    uncovered,
    visible,
)
from datasets.scenes.labels import negatives
from datasets.scenes.labels.layout import Block
from datasets.scenes.labels.maker import SPACED_CODES, Maker
from datasets.scenes.labels.shoe_labels import hang_tag
from datasets.scenes.materials import surfaces
from datasets.scenes.materials.needles import sometimes_of_dots
from datasets.scenes.materials.paper import Sheet, finish, ground_of, make_style, paper
from datasets.scenes.materials.sewn import on_its_thing
from datasets.scenes.types import DrawnScene, Pixels

LETTERS_PX = (12.0, 80.0)
EVENLY = 0.25  # of all photos: letters of any height, and not as large as the photo allows
NEGATIVE_SHARE = 0.1
OTHER_SHARE = 0.1  # of the codes in training: of brands without a shape of their own
HIDDEN_SHARE = 0.15  # of the photos without a code: a tag whose code is cut off or covered
THING_SHARE = 0.25  # of the others: a shoe or a face, with little print or none
BEHIND_SHARE = 0.08  # of all photos: a shoe or a face behind the labels
SEWN_SHARE = 0.22  # of all labels: one that sits on its tongue or box
STUCK_SHARE = 0.06  # of all labels: a sticker on top that leaves the code in sight
_OVERSAMPLE = 1.15
_OVERFULL = 1.2  # how far a label may reach out of the photo, in shares of the photo
_ATTEMPTS = 8
_PHOTO_SIZES = ((1280, 960), (1280, 960), (960, 1280), (960, 1280), (1024, 768), (1080, 1080))


def draw_scene(  # noqa: PLR0913 (what a scene may be asked for)
    seed: int,
    pool: FontPool,
    difficulty: float = 0.5,
    split: str = "train",
    *,
    letters_px: tuple[float, float] = LETTERS_PX,
    with_code: bool | None = None,
    size: tuple[int, int] | None = None,
    evenly: float = EVENLY,
    grammar: bool = False,
) -> DrawnScene:
    """Draw the photo of `seed`; the same arguments give the same pixels.

    `difficulty` 0 is clean print in usual faces and good light, seen at an angle; up to 1 tilt,
    curl, blur, noise and bad light grow, and worn, pale or odd print shows. `split` chooses the
    fonts ("train" or "held_out"). `letters_px` bounds the height of the code's letters in the
    photo. `evenly` is the share of photos in which that height is spread log-uniformly, as far as
    the label fits the photo; in the others the label fills much of the photo.
    `grammar` draws the codes and names of all brands that the grammar has, else the few of
    `datasets.codes.first`: what is measured with stays the same when a brand is added.
    `with_code` forces a code or none; `size` is (width, height), else a phone's usual ones.
    Raises RuntimeError where letters of this height cannot fit the size.
    """
    for attempt in range(_ATTEMPTS):
        rng = random.Random(f"{seed}/{attempt}/{split}")
        ease = 1 - attempt / _ATTEMPTS  # what pushed its code out of the photo is redone calmer
        maker = _SceneMaker(rng, pool, difficulty * ease, split, letters_px, evenly, grammar)
        width, height = size or rng.choice(_PHOTO_SIZES)
        scene = maker.draw(Frame(width, height), with_code)
        if scene is not None:
            return replace(scene, seed=seed)
    raise RuntimeError(f"scene {seed} does not fit its photo at letters of {letters_px} px")


@dataclass(frozen=True, slots=True)
class _SceneMaker:
    rng: random.Random
    pool: FontPool
    difficulty: float
    split: str
    letters_px: tuple[float, float]
    evenly: float
    grammar: bool

    def draw(self, frame: Frame, with_code: bool | None) -> DrawnScene | None:
        """One try; None where the code does not come out whole and large enough."""
        rng = self.rng
        shows = rng.random() >= NEGATIVE_SHARE if with_code is None else with_code
        if not shows and rng.random() < HIDDEN_SHARE:
            whole = self.draw(frame, True)
            hidden = whole and without_code(rng, whole)
            return hidden and replace(hidden, kind="hidden code")
        code = self._code() if shows else None
        image = self._background(frame)
        letter, laid = 30.0, list[Laid]()
        kind, told = None, "nothing"
        if not shows and rng.random() < THING_SHARE:
            image, kind, told = thing(rng, image), negatives.brand_only, "thing"
        if shows or rng.random() > (0.06 if kind is None else 0.6):
            sheet = self._sheet(code, kind)
            told = sheet.kind.replace("_", " ")
            letter = self._letter_px(sheet.box, frame)
            laid = self._labels(sheet, letter, frame, ground_of(image))
        image, words = self._put(image, laid, letter, frame)
        image = self._photographed(image, letter, _middle(words, frame))
        scene = _scene(image, words, code, self.letters_px)
        return scene and replace(scene, kind=told)

    def _code(self) -> DrawnCode:
        """A code to learn from or, of brands whose shapes are known alone, to measure with."""
        if self.grammar:
            return known_code(self.rng)
        if self.split == "train" and self.rng.random() < OTHER_SHARE:
            return other_code(self.rng)
        return first_code(self.rng)

    def _put(
        self, image: Pixels, laid: list[Laid], letter: float, frame: Frame
    ) -> tuple[Pixels, list[Shown]]:
        """The picture with these labels, the last on top, and what lies over it; its words."""
        words: list[Shown] = []
        for one in laid:
            words = uncovered(words, one)
            image = paste(self.rng, image, one)
            words += visible(one, frame)
        held = [one for one in laid if code_points(one.flat) is not None] or laid[-1:]
        for label in held:
            for cover in lay_across(self.rng, image, label, letter, self.difficulty):
                words = uncovered(words, cover)
        return image, words

    def _background(self, frame: Frame) -> Pixels:
        rng = self.rng
        kind = splits.surface_of(rng, self.split)
        image = surfaces.surface(rng, kind, frame.height, frame.width)
        if rng.random() < BEHIND_SHARE:
            image = thing(rng, image)
        return clutter(rng, image, rng.choice((0, 0, 1, 2, 4, 7)))

    def _photographed(self, image: Pixels, letter: float, at: tuple[float, float]) -> Pixels:
        image = camera.light(self.rng, image, self.difficulty)
        image = optics.shallow(self.rng, image, letter, self.difficulty, at)
        image = optics.blur(self.rng, image, letter, self.difficulty)
        image = camera.tone(self.rng, image, self.difficulty)
        return camera.sensor(self.rng, image, self.difficulty)

    def _sheet(self, code: DrawnCode | None, kind: splits.Kind | None = None) -> Sheet:
        rng = self.rng
        kind = kind or splits.choose(rng, code, self.split)
        hangul = kind in splits.IN_KOREAN or rng.random() < 0.15
        style = make_style(rng, self.pool, self.split, hangul, self.difficulty)
        if kind in splits.IN_IDEOGRAPHS and self.pool.ideographic:
            style = style.beside(rng.choice(self.pool.ideographic))
        spaced = SPACED_CODES if self.split == "held_out" else 2 * SPACED_CODES
        names = known_names() if self.grammar else FIRST_NAMES
        maker = Maker(rng, style, code, hangul, self.difficulty, spaced, names)
        box = kind(maker)
        if code and code.brand and not code.label and rng.random() < 0.85:
            box = maker.named(box)
        return Sheet(box, hole=kind is hang_tag, kind=kind.__name__)

    def _letter_px(self, box: Block, frame: Frame) -> float:
        """How high the code's letters get: the label fills much of the photo, within bounds."""
        rng, (least, most) = self.rng, self.letters_px
        fit = min(frame.width / (box.w + 2), frame.height / (box.h + 2))
        small = rng.random() < 0.3
        wanted = fit * (rng.triangular(0.2, 0.7, 0.45) if small else rng.triangular(0.3, 1.2, 0.75))
        if rng.random() < self.evenly:
            even = math.exp(rng.uniform(math.log(least * 1.02), math.log(most)))
            return max(least * 1.02, min(even, _OVERFULL * fit))
        return min(max(wanted, least * 1.12), most)

    def _labels(self, sheet: Sheet, letter: float, frame: Frame, ground: float) -> list[Laid]:
        """The main label on top, and sometimes others beside or under it."""
        rng = self.rng
        found = [self._laid(sheet, letter, frame, ground)]
        if found[0].flat.alpha.mean() < 128:  # no paper: what lay below would shine through
            return found
        for _ in range(rng.choices((0, 1, 2), (0.72, 0.2, 0.08))[0]):
            place = (rng.choice((0.12, 0.88)), rng.choice((0.12, 0.5, 0.88)))
            beside = replace(frame, place=place)
            other = self._laid(
                self._sheet(None, splits.beside(rng, self.split)),
                letter * rng.uniform(0.6, 1.1),
                beside,
                ground,
            )
            found.insert(0, other)
        if rng.random() < STUCK_SHARE:
            found += self._stuck(found[-1], letter, frame, ground)
        return found

    def _stuck(self, under: Laid, letter: float, frame: Frame, ground: float) -> list[Laid]:
        """A small label stuck onto this one, as shops do; none where it would hide the code."""
        rng = self.rng
        outline = under.outline()
        x, y = outline[rng.randrange(len(outline))] / (frame.width, frame.height)
        place = (min(max(float(x), 0.1), 0.9), min(max(float(y), 0.1), 0.9))
        sheet = self._sheet(None, splits.beside(rng, self.split))
        small = letter * rng.uniform(0.3, 0.7)
        top = self._laid(sheet, small, replace(frame, place=place), ground)
        if top.flat.alpha.mean() < 128 or hides_code(top, under):
            return []
        return [top]

    def _laid(self, sheet: Sheet, letter: float, frame: Frame, ground: float) -> Laid:
        flat = paper(
            self.rng, self.pool, sheet, letter * _OVERSAMPLE, ground, difficulty=self.difficulty
        )
        if self.split == "train":
            flat = sometimes_of_dots(self.rng, flat, letter * _OVERSAMPLE, self.difficulty)
        flat = finish(self.rng, flat, self.difficulty)
        if flat.alpha.mean() > 128 and self.rng.random() < SEWN_SHARE:
            flat = on_its_thing(self.rng, flat, letter * _OVERSAMPLE)
        return lay(self.rng, flat, frame, letter, self.difficulty)


def _middle(shown: list[Shown], frame: Frame) -> tuple[float, float]:
    """The middle of the code, else of the photo: where the phone focuses."""
    quads = [one.word.char_quads[i] for one in shown for i, flag in enumerate(one.code) if flag]
    if not quads:
        return frame.width / 2, frame.height / 2
    x, y = np.stack(quads).mean(axis=(0, 1))
    return float(x), float(y)


def _scene(
    image: Pixels, shown: list[Shown], code: DrawnCode | None, letters_px: tuple[float, float]
) -> DrawnScene | None:
    """The scene with its truth, or None where the code is cut off or too small."""
    words = tuple(one.word for one in shown)
    if code is None:
        smallest = min((float(heights(w.char_quads).min()) for w in words), default=0.0)
        return DrawnScene(image, words, None, "", None, smallest)
    quads = [one.word.char_quads[i] for one in shown for i, flag in enumerate(one.code) if flag]
    if len(quads) != len(code.printed.replace(" ", "")):
        return None
    run = np.stack(quads)
    smallest = float(heights(run).min())
    limit = np.array(image.shape[1::-1], np.float32)
    if (run < 0).any() or (run > limit).any() or smallest < letters_px[0]:
        return None
    return DrawnScene(image, words, code.code, code.brand, around(run), smallest, code.printed)
