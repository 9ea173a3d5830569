"""What labels are made from: a code, a style, and the lines that most labels share."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from datasets.codes.fill import colour, fill
from datasets.codes.first import FIRST_NAMES
from datasets.codes.types import DrawnCode, Names
from datasets.scenes.labels import layout as lay
from datasets.scenes.labels import wording
from datasets.scenes.labels.layout import Block, Style
from datasets.scenes.strain import chance

SPACED_CODES = 0.08  # of the codes at difficulty 1: letter by letter
BESIDE = 0.6  # of the codes of brands that print something beside them: it stands there
_COLOUR_LETTERS = 3  # letters of a colour behind a code


@dataclass(frozen=True, slots=True)
class Maker:
    """What a label is made from; `code` is None for a label that shows none.

    `names` are the brands whose names it may print.
    """

    rng: random.Random
    style: Style
    code: DrawnCode | None
    hangul: bool
    difficulty: float = 1.0
    spaced: float = SPACED_CODES
    names: Names = field(default_factory=lambda: FIRST_NAMES)

    def text(
        self, content: str, low: float = 0.5, high: float = 0.9, strong: bool = False
    ) -> Block:
        """A line of text with capitals somewhere between `low` and `high`."""
        return lay.text(self.style, content, self.rng.uniform(low, high), strong=strong)

    def one_in(self, n: float) -> bool:
        """True once in `n` times."""
        return self.rng.random() * n < 1

    def gap(self) -> float:
        """A gap between lines."""
        return self.style.gap * self.rng.uniform(0.8, 1.2)

    def brand_word(self, low: float, high: float) -> Block:
        """The brand's name, large."""
        name = self.code.brand if self.code else ""
        names = self.names[name or self.rng.choice(tuple(self.names))]
        return self.text(self.rng.choice(names), low, high, strong=True)

    def named(self, box: Block) -> Block:
        """The box with the brand's name above it, where the code alone (digits) says too little.

        Such tags do carry the name: without it no reader could tell the code from a number.
        """
        if self.code is None or not self.code.code.replace("-", "").replace(".", "").isdigit():
            return box
        parts = [self.brand_word(0.8, 1.6), box]
        return lay.vstack(parts, self.gap(), self.rng.choice((0.0, 0.5)))

    def code_line(self, strong: bool | None = None, label: str | None = None) -> Block:
        """The code with its label and sometimes its colour; a size or date where there is none.

        `label` replaces the code's own. The code may be letter-spaced, and its two parts may
        stand far apart, as in the tables of printers.
        """
        if self.code is None:
            return self.text(self.rng.choice((wording.date(self.rng), self._plain())), 0.8, 1.0)
        rng, label = self.rng, self.code.label if label is None else label
        joint = rng.choice(("", " ", " ", " ")) if label.endswith(("#", ":", "/", ".")) else " "
        if label and not label.isascii() and rng.random() < 0.3:
            joint = ""
        before = label + joint if label else ""
        printed = self.code.printed
        if rng.random() < chance(0.35, self.difficulty):
            printed = printed.replace(" ", " " * rng.randint(2, 3))
        span = (len(before), len(before) + len(printed))
        strong = rng.random() < 0.35 if strong is None else strong
        style = self.style
        if rng.random() < chance(self.spaced, self.difficulty):
            style = replace(style, tracking=rng.uniform(0.15, 0.6))
        line = f"{before}{printed}{self._after()}"
        return lay.text(style, line, 1.0, strong=strong, code=span)

    def _after(self) -> str:
        """What follows the code on its line."""
        rng = self.rng
        if self.code and self.code.beside and rng.random() < BESIDE:
            return f" {self.code.beside.replace('@@@', colour(rng))}"
        if rng.random() < 0.88:
            return ""
        name = rng.choice((colour(rng), "M", "D", wording.factory(rng), wording.colour_name(rng)))
        if self.code and self.code.goes_on and len(name) == _COLOUR_LETTERS:
            name = "M"  # the brand prints a colour so as a part of the code: what was meant is open
        return " " * rng.choice((1, 1, 2, 3, 4)) + name

    def _plain(self) -> str:
        return self.rng.choice((f"{wording.size_mm(self.rng)} mm", wording.price(self.rng)))


def size_row(m: Maker, low: float = 0.5, high: float = 0.9) -> Block:
    """The size in several systems: a table, a line, or columns."""
    pairs = wording.sizes(m.rng)
    cap = m.rng.uniform(low, high)

    def cell(content: str, share: float = 1.0) -> Block:
        return lay.text(m.style, content, cap * share)

    form = m.rng.random()
    if form < 0.4:
        rows = [[cell(name, 0.8) for name, _ in pairs], [cell(value) for _, value in pairs]]
        return lay.table(rows, m.rng.uniform(0.2, 0.4), m.rng.choice((0.0, 0.04, 0.06)))
    if form < 0.7:
        return lay.hstack([cell(f"{name} {value}") for name, value in pairs], cap * 1.2)
    columns = [lay.vstack([cell(name, 0.75), cell(value)], 0.25, 0.5) for name, value in pairs]
    return lay.hstack(columns, m.rng.uniform(0.6, 1.4))


def dates(m: Maker) -> Block:
    """Production dates, often with a factory code."""
    rng = m.rng
    text = wording.date(rng)
    if rng.random() < 0.4:
        text += rng.choice((" - ", "-", " ")) + wording.date(rng)
    if rng.random() < 0.5:
        text += " " + wording.factory(rng)
    return m.text(text, 0.45, 0.9)


def extras(m: Maker, most: int) -> list[Block]:
    """One to `most` lines of what else stands on labels."""
    rng = m.rng
    makers: list[Callable[[], Block]] = [
        lambda: dates(m),
        lambda: lay.vstack([m.text(t, 0.5, 0.6) for t in wording.made_in(rng)], 0.35),
        lambda: m.text(wording.factory(rng)),
        lambda: m.text(wording.colour_name(rng)),
        lambda: m.text(wording.care(rng, m.hangul), 0.4, 0.6),
        lambda: m.text(wording.model(rng), 0.5, 0.9),
        lambda: m.text(fill("## ########## #", rng) if rng.random() < 0.5 else "UPC", 0.5, 0.7),
    ]
    return [make() for make in rng.sample(makers, rng.randint(1, min(most, len(makers))))]
