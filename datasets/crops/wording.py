"""What one crop says and in which face: a readable line, one behind a Korean label, or none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL import ImageFont

from datasets.crops.texts import foreign_line, hangul_label, line_text
from datasets.crops.treatment import Rng, Treatment
from datasets.fonts.fonts import FontPool


@dataclass(frozen=True, slots=True)
class Wording:
    """`text` is what a reader should say, `shown` the letters printed, in `font`."""

    text: str
    shown: str
    font: ImageFont.FreeTypeFont


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is special about a line: a text of its own (None: draw one), a part not transcribed."""

    text: str | None = None
    shown: str = ""
    before: str = ""
    letters: str = ""  # of another script, which the font has to have


def draw_wording(how: Treatment, pool: FontPool, split: str) -> Wording:
    """Decide on a line's letters and on a face of one side of the pool that has them."""
    rng = how.rng
    kind = _kind(how)
    faces = _faces(how, pool, split, kind)
    path = faces[int(rng.integers(len(faces)))]
    font = pool.font(path, int(rng.integers(24, 52)))
    text = line_text(rng, how.settings) if kind.text is None else kind.text
    return Wording(text, _shown(how, kind, text), font)


def _kind(how: Treatment) -> _Kind:
    rng, settings = how.rng, how.settings
    special = settings.unreadable + settings.hangul_labels
    lot = rng.random() if special else 1.0
    if lot >= special:
        return _Kind()
    if lot >= settings.unreadable:
        return _Kind(before=f"{hangul_label(rng)} ")
    return _unreadable(rng)


def _unreadable(rng: Rng) -> _Kind:
    """Bars, or a line in another script: nothing for the reader to say."""
    if rng.random() < 0.15:
        return _Kind("", "|" * int(rng.integers(1, 30)))
    shown, letters = foreign_line(rng)
    return _Kind("", shown, letters=letters)


def _faces(how: Treatment, pool: FontPool, split: str, kind: _Kind) -> tuple[Path, ...]:
    settings = how.settings
    if kind.letters:
        return pool.drawing(kind.letters, split) or pool.side(split)
    if kind.before:
        return pool.korean_side(split) or pool.side(split)
    if settings.tag_fonts and how.rng.random() < settings.tag_fonts:
        return pool.like_tags(split)
    return pool.side(split)


def _shown(how: Treatment, kind: _Kind, text: str) -> str:
    """The letters to print for a text."""
    rng, settings = how.rng, how.settings
    if kind.text is not None:
        return kind.shown
    if settings.wide_gaps and " " in text and rng.random() < settings.wide_gaps:
        text = text.replace(" ", " " * int(rng.integers(2, 4)))
    return kind.before + text
