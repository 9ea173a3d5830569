"""Whole photos through a finder that sees everything: what is read, from which end, how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from recognizer.finding.finder import Finder
from recognizer.looking.settings import LOOKING
from recognizer.models import ModelFiles
from recognizer.pipeline import Pipeline
from recognizer.reading.recogniser import Recogniser
from recognizer.reading.tokenizer import DecodedText
from recognizer.types import CodeReading, Pixels
from stylecode import key
from tests.fakes.fonts import SANS
from tests.fakes.maps import Sheet, TrueMaps

CODE, MISREAD = "DD1391-100", "DD1391-110"


class Counting(Recogniser):
    """The shipped recogniser, with a count of the crops it read."""

    crops = 0

    def skim(self, crops: Sequence[Pixels]) -> list[DecodedText]:
        self.crops += len(crops)
        return super().read(crops)


class Hasty(Recogniser):
    """Skims the tag's code as another, as surely as it is told to."""

    sureness = 0.9

    def skim(self, crops: Sequence[Pixels]) -> list[DecodedText]:
        return [self._mistaken(read) for read in super().skim(crops)]

    def _mistaken(self, read: DecodedText) -> DecodedText:
        if CODE not in read.text:
            return read
        text = read.text.replace(CODE, MISREAD)
        spelled = tuple(((char, 1.0),) for char in text)
        return replace(read, text=text, alternatives=spelled, confidence=self.sureness)


@pytest.fixture(scope="module")
def recogniser() -> Counting:
    return Counting(ModelFiles(), threads=1)


def tag(size: int = 40) -> Sheet:
    sheet = Sheet.blank()
    lines = ["NIKE", "US 9 UK 8 EUR 42.5", "STYLE DD1391-100", "MADE IN VIETNAM", "WHITE/BLACK"]
    for row, line in enumerate(lines):
        code = "DD1391-100" if "DD1391" in line else ""
        sheet.write(line, (300, 150 + row * round(1.9 * size)), SANS, size, code)
    return sheet


def read(sheet: Sheet, recogniser: Recogniser, channels: int = 5) -> CodeReading:
    return Pipeline(Finder(TrueMaps(sheet, channels)), recogniser).read(sheet.photo)


@pytest.mark.parametrize("channels", [2, 5])
@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_tag_is_read_from_every_side(recogniser: Counting, quarters: int, channels: int) -> None:
    reading = read(tag().turned(quarters), recogniser, channels)
    assert key(reading.candidates[0].code) == "DD1391100"
    quad = np.array(reading.candidates[0].region.quad)
    along = (quad[1] - quad[0]) / np.hypot(*(quad[1] - quad[0]))
    expected = [(1, 0), (0, -1), (-1, 0), (0, 1)][quarters]
    assert float(along @ expected) > 0.9


def test_the_other_fields_come_with_it(recogniser: Counting) -> None:
    sheet = Sheet.blank()
    for row, line in enumerate(("NIKE", "US 9", "EUR 42.5", "DD1391-100", "MADE IN VIETNAM")):
        sheet.write(line, (300, 100 + row * 80), SANS, 40, CODE if line == CODE else "")
    fields = read(sheet, recogniser).fields
    assert (fields.brand, fields.made_in) == ("Nike", "Vietnam")
    assert fields.sizes == (("US", "9"), ("EUR", "42.5"))


def test_of_many_lines_only_the_likely_ones_are_read(recogniser: Counting) -> None:
    sheet = tag(32)
    for row in range(24):
        sheet.write(f"LOT {row:04}", (40 + 640 * (row % 2), 520 + row // 2 * 34), SANS, 16)
    recogniser.crops = 0
    reading = read(sheet, recogniser)
    assert key(reading.candidates[0].code) == "DD1391100"
    assert len(reading.regions) == recogniser.crops == LOOKING.first_lines


def test_without_a_code_every_line_is_read_before_none_is_found(recogniser: Counting) -> None:
    sheet = Sheet.blank()
    for row in range(20):
        sheet.write("MADE IN VIETNAM", (80 + 620 * (row % 2), 40 + row // 2 * 80), SANS, 30)
    reading = read(sheet, recogniser)
    assert reading.candidates == ()
    assert len(reading.regions) >= 20


def test_parts_are_looked_at_only_where_no_code_is_clear(recogniser: Counting) -> None:
    sheet = Sheet.blank(2000, 1500)
    sheet.write("SHADE DRY-IN", (700, 700), SANS, 14, "DRY-IN")
    network = TrueMaps(sheet)
    assert not Pipeline(Finder(network), recogniser).read(sheet.photo).candidates
    assert network.seen == 1 + LOOKING.tiles_blank
    large = tag()
    network = TrueMaps(large)
    Pipeline(Finder(network), recogniser).read(large.photo)
    assert network.seen == 1


class Reversed(TrueMaps):
    """The same maps, with each line said to read from its other end."""

    def __call__(self, photo: Pixels) -> NDArray[np.float32]:
        """See `TrueMaps`."""
        maps = super().__call__(photo)
        maps[..., 3:] *= -1
        return maps


@pytest.mark.parametrize("code", ["DD1391 100", "MT0539HI6", "FS1HTB1161X", "1011B004 300"])
def test_a_code_is_read_where_the_finder_mistakes_its_direction(
    recogniser: Counting, code: str
) -> None:
    sheet = Sheet.blank()
    for row, line in enumerate(["MADE IN VIETNAM", code, "EUR 42.5"]):
        sheet.write(line, (300, 150 + row * 90), SANS, 44, code if line == code else "")
    reading = Pipeline(Finder(Reversed(sheet)), recogniser).read(sheet.photo)
    assert key(reading.candidates[0].code) == key(code)


@pytest.mark.parametrize(("sureness", "first"), [(0.9, CODE), (0.99, MISREAD)])
def test_a_second_reader_looks_at_a_code_that_was_not_skimmed_without_doubt(
    sureness: float, first: str
) -> None:
    hasty = Hasty(ModelFiles(), threads=1)
    hasty.sureness = sureness
    reading = read(tag(), hasty)
    assert key(reading.candidates[0].code) == key(first)


def test_a_picture_of_one_line_is_read_by_the_reader_itself() -> None:
    hasty = Hasty(ModelFiles(), threads=1)
    hasty.sureness = 0.1
    sheet = Sheet.blank(460, 70)
    sheet.write(CODE, (20, 10), SANS, 44, CODE)
    assert key(read(sheet, hasty).candidates[0].code) == key(CODE)
