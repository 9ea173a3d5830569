"""Photos read in parts: small print is found, and lies where it is on the whole photo."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from recognizer.finding.finder import Finder, OnnxMaps
from recognizer.looking.again.tiles import Tiles
from recognizer.looking.double_reading import DoubleReading, NoWitness
from recognizer.looking.line_reading import LineReader
from recognizer.looking.passes import Seen
from recognizer.looking.photo_text import ranked
from recognizer.looking.settings import LOOKING
from recognizer.models import ModelFiles
from recognizer.photo.part import Rectangle
from recognizer.photo.photo import grey_of
from recognizer.quads import middle
from recognizer.reading.recogniser import Recogniser
from recognizer.types import Photo, RegionReading, TextRegion
from stylecode import key

SIDE = 2600


@pytest.fixture(scope="module")
def tiles() -> Tiles:
    files = ModelFiles()
    lines = LineReader(Recogniser(files, threads=1))
    finder = Finder(OnnxMaps(files, threads=1))
    return Tiles(finder, lines, DoubleReading(NoWitness(), LOOKING), LOOKING)


def photo_with(*lines: tuple[str, tuple[int, int]]) -> Photo:
    paper = np.full((SIDE, SIDE, 3), 215, np.uint8)
    for text, at in lines:
        cv2.putText(paper, text, at, cv2.FONT_HERSHEY_SIMPLEX, 0.75, (30, 30, 30), 2, cv2.LINE_AA)
    return Photo(paper)


def seen(photo: Photo, *lines: RegionReading) -> Seen:
    return Seen(
        photo, grey_of(photo.pixels), (), (), ranked(list(lines), (photo.width, photo.height))
    )


@pytest.mark.parametrize("at", [(300, 300), (1100, 1300), (1900, 2300)])
def test_small_print_is_found_where_it_is(tiles: Tiles, at: tuple[int, int]) -> None:
    x, y = at
    photo = photo_with(("NIKE", (x, y - 45)), ("STYLE DD1391-100", at), ("US 9 UK 8", (x, y + 45)))
    text = tiles.run(seen(photo)).text
    assert key(text.codes[0].code) == "DD1391100"
    found = middle(text.lines[text.codes[0].line].region.quad)
    assert x < found[0] < x + 300
    assert y - 25 < found[1] < y + 5


def test_no_print_is_no_code_after_a_few_parts(tiles: Tiles) -> None:
    assert not tiles.run(seen(photo_with())).text.codes


def test_what_the_parts_do_not_bear_out_is_less_sure(tiles: Tiles) -> None:
    quad = ((100.0, 100.0), (400.0, 100.0), (400.0, 130.0), (100.0, 130.0))
    places = tuple(((char, 0.93),) for char in "FU9006")
    there = RegionReading(TextRegion(quad, 0.9), "FU9006", places, 0.6)
    before = seen(photo_with(), there)
    assert tiles.wanted(before)
    after = tiles.run(before).text
    assert after.lines[0] == there
    assert after.codes[0].confidence < before.text.codes[0].confidence  # parts show none


def test_parts_are_not_wanted_where_the_code_is_clear(tiles: Tiles) -> None:
    quad = ((100.0, 100.0), (400.0, 100.0), (400.0, 130.0), (100.0, 130.0))
    places = tuple(((char, 0.999),) for char in "STYLE DD1391-100")
    sure = RegionReading(TextRegion(quad, 0.9), "STYLE DD1391-100", places, 0.99)
    assert not tiles.wanted(seen(photo_with(), sure))
    assert tiles.wanted(seen(photo_with()))


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_a_part_enlarged_lies_where_the_part_does(scale: float) -> None:
    photo = photo_with(("DD1391-100", (700, 900)))
    part = Rectangle(500, 700, 1301, 1100).of(photo).enlarged(scale)
    assert part.photo.width == round(801 * scale)
    width, height = float(part.photo.width), float(part.photo.height)
    back = part.on_photo(((0.0, 0.0), (width, 0.0), (width, height), (0.0, height)))
    expected = ((500, 700), (1301, 700), (1301, 1100), (500, 1100))
    assert np.allclose(back, expected, atol=1e-6)
