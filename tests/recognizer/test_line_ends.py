"""Lines whose quads end too early are read to their ends, and no further."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer.finding.finder import Finder
from recognizer.looking.line_ends import BeyondEnds
from recognizer.looking.line_reading import LineReader
from recognizer.looking.settings import LOOKING
from recognizer.models import ModelFiles
from recognizer.pipeline import Pipeline
from recognizer.quads import height_of
from recognizer.reading.recogniser import Recogniser
from recognizer.reading.tokenizer import DecodedText
from recognizer.types import Photo, Pixels, Quad, RegionReading, TextRegion
from stylecode import key
from tests.recognizer.test_plan import tag
from tests.recognizer.test_single_lines import CODE, part, printed


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser(ModelFiles(), threads=1)


def grey_of(photo: Photo) -> Pixels:
    return np.asarray(cv2.cvtColor(photo.pixels, cv2.COLOR_RGB2GRAY), np.uint8)


@pytest.mark.parametrize("height", [16, 60])
@pytest.mark.parametrize("angle", [0.0, 35.0, 180.0])
@pytest.mark.parametrize("cut", [(0.09, 1.0), (0.18, 1.0), (0.0, 0.91), (0.0, 0.7)])
def test_a_line_is_read_to_its_end(
    recogniser: Recogniser, height: int, angle: float, cut: tuple[float, float]
) -> None:
    photo, corners = printed(height, angle)
    short = TextRegion(part(corners, *cut, 0.25), 0.9)
    grey = grey_of(photo)
    lines = LineReader(recogniser).read(grey, [short])
    assert key(lines[0].text) != key(CODE)
    longer = BeyondEnds(recogniser).read(grey, lines, [0])
    assert key(CODE) in {key(line.text) for line in longer}


@pytest.mark.parametrize("angle", [0.0, 90.0])
def test_a_line_that_is_whole_stays_as_it_is(recogniser: Recogniser, angle: float) -> None:
    photo, corners = printed(40, angle)
    grey = grey_of(photo)
    lines = LineReader(recogniser).read(grey, [TextRegion(part(corners, 0, 1, 0.25), 0.9)])
    assert key(lines[0].text) == key(CODE)
    assert BeyondEnds(recogniser).read(grey, lines, [0]) == []


class Scripted(Recogniser):
    """Reads what it is told to, crop by crop."""

    def __init__(self, *texts: tuple[str, float]) -> None:
        self.texts, self.crops = list(texts), 0

    def skim(self, crops: list[Pixels]) -> list[DecodedText]:  # type: ignore[override]
        self.crops += len(crops)
        found = [self.texts.pop(0) for _ in crops]
        return [DecodedText(text, (), confidence) for text, confidence in found]


GREY = np.full((200, 900), 255, np.uint8)


def line(text: str, left: float, right: float, confidence: float = 0.9) -> RegionReading:
    quad: Quad = ((left, 80.0), (right, 80.0), (right, 120.0), (left, 120.0))
    return RegionReading(TextRegion(quad, 0.9, code=0.9), text, (), confidence)


NOTHING = ("", 0.0)


def read(behind: list[tuple[str, float]], *others: RegionReading) -> list[str]:
    """The longer readings of "DD1391" from x 100 to 220; none is longer in front."""
    texts = [*[NOTHING] * len(LOOKING.in_front), *behind]
    ends = BeyondEnds(Scripted(*texts))
    return [one.text for one in ends.read(GREY, [line("DD1391", 100, 220), *others], [0])]


def test_the_farther_of_two_readings_of_a_cut_letter_is_believed() -> None:
    assert read([("DD13916", 0.96), ("DD13915", 0.9), ("DD13915", 0.5)]) == ["DD13915"]


def test_a_word_that_goes_on_is_read_to_its_end_though_badly() -> None:
    assert read([("DD1391-1", 0.9), ("DD1391-100", 0.4), NOTHING]) == ["DD1391-100"]
    assert read([("DD1391-1", 0.9), ("DD1391-100", 0.2), NOTHING]) == []


def test_a_part_behind_a_blank_does_not_replace_what_stands_before_it() -> None:
    texts = [("DD1391A", 0.9), ("DD1391A 10", 0.9), ("DD1391A 100", 0.9)]
    assert read(texts) == ["DD1391A", "DD1391A 100"]


def test_doubtful_readings_and_other_texts_are_not_believed() -> None:
    texts = [("DD1391-1", LOOKING.longer - 0.01), ("XX7777-100", 0.95), ("DD1391", 0.99)]
    assert read(texts) == []


def test_a_line_that_could_not_be_read_takes_what_is_read_clearly() -> None:
    ends = BeyondEnds(Scripted(("FV3422-400", 0.89), *[NOTHING] * 4))
    found = ends.read(GREY, [line("EE 33422-400", 100, 300, 0.01)], [0])
    assert [one.text for one in found] == ["FV3422-400"]


def test_no_well_read_line_is_cut_in_two() -> None:
    reaches_it = line("992296", 250, 400)
    assert read([("DD1391 9", 0.99)], reaches_it) == []


def test_within_a_region_that_holds_the_line_only_a_sure_reading_counts() -> None:
    whole = line("US 9 DD1391 100", 20, 600, 0.05)
    texts = [("DD1391 1", 0.7), ("DD1391 100", 0.9), NOTHING]
    ends = BeyondEnds(Scripted(*[NOTHING] * len(LOOKING.in_front), *texts))
    found = ends.read(GREY, [line("DD1391", 100, 220), whole], [0])
    assert [one.text for one in found] == ["DD1391 100"]


def test_nothing_is_read_beyond_the_photo() -> None:
    """What the edge cuts off stays cut off: half a letter is easily read as another."""
    recogniser = Scripted(*[NOTHING] * 9)
    ends = BeyondEnds(recogniser)
    assert ends.read(GREY, [line("DD1391", 5, 880)], [0]) == []
    assert recogniser.crops == 0


numbers = st.floats(-100, 1000)
quads = st.lists(st.tuples(numbers, numbers), min_size=4, max_size=4).map(tuple)


@given(quads)
def test_any_quad_is_taken(corners: Quad) -> None:
    recogniser = Scripted(*[("DD1391-100", 0.9)] * 9)
    here = RegionReading(TextRegion(corners, 0.9), "DD1391", (), 0.9)
    for longer in BeyondEnds(recogniser).read(GREY, [here], [0]):
        assert np.isfinite(longer.region.quad).all()


class Short(Finder):
    """Ends the line of the code where the blank or the dash is, at every look."""

    def find(self, photo: Photo, scale: float | None = None) -> tuple[TextRegion, ...]:
        """See `Finder`."""
        found = super().find(photo, scale)
        return tuple(self._cut(one) if one.code and one.code > 0.5 else one for one in found)

    @staticmethod
    def _cut(region: TextRegion) -> TextRegion:
        a, b, c, d = np.asarray(region.quad)
        share = 1 - 2.4 * height_of(region.quad) / float(np.hypot(*(b - a)))
        cut = np.array([a, a + share * (b - a), d + share * (c - d), d])
        one, two, three, four = ((float(x), float(y)) for x, y in cut)
        return TextRegion((one, two, three, four), region.score, (), region.code, region.directed)


def test_a_colour_that_the_finder_left_out_is_read_with_the_code(recogniser: Recogniser) -> None:
    whole = Pipeline.load(threads=1)
    photo = tag(48).photo
    reading = Pipeline(Short(whole.finder.network), recogniser).read(photo)
    assert reading.candidates[0].code == "DD1391-100"
