"""Which lines the witness is asked for, and what its word does."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from recognizer.calibration import Scored
from recognizer.looking.double_reading import DoubleReading, NoWitness
from recognizer.looking.passes import Seen
from recognizer.looking.photo_text import PhotoText, ranked
from recognizer.looking.settings import LOOKING
from recognizer.looking.witnessed import Witnessed
from recognizer.reading.tokenizer import DecodedText
from recognizer.types import Photo, Pixels, RegionReading, TextRegion
from stylecode import key

PHOTO = Photo(np.full((960, 1280, 3), 200, np.uint8))
GREY = np.full((960, 1280), 200, np.uint8)


class Told:
    """A witness who says the same of every line, and counts them."""

    version, ready = "told", True

    def __init__(self, text: str, sure: float = 0.97) -> None:
        self.text, self.sure, self.asked = text, sure, 0

    def read(self, crops: Sequence[Pixels]) -> list[DecodedText]:
        """See `LineWitness`."""
        self.asked += len(crops)
        places = tuple(((char, self.sure),) for char in self.text)
        return [DecodedText(self.text, places, self.sure)] * len(crops)


def line(text: str, row: int, sure: float, length: float = 300.0) -> RegionReading:
    top = 50.0 + 60 * row
    quad = ((100.0, top), (100 + length, top), (100 + length, top + 30), (100.0, top + 30))
    alternatives = tuple(((char, sure),) for char in text)
    return RegionReading(TextRegion(quad, 0.9, code=0.5), text, alternatives, sure)


def seen(*lines: RegionReading) -> Seen:
    return Seen(PHOTO, GREY, (), (), ranked(list(lines), (1280, 960)))


def witnessed(witness: Told | NoWitness, most: int = 3) -> Witnessed:
    return Witnessed(DoubleReading(witness, LOOKING), LOOKING, most)


def test_a_sure_code_costs_one_question() -> None:
    witness = Told("DD1391-100")
    found = witnessed(witness).run(
        seen(line("RUBBER 12 34 56", 0, 0.4), line("DD1391-100", 1, 0.99), line("AB 12 34", 2, 0.4))
    )
    assert witness.asked == 1
    assert found.text.borne_out
    assert not witnessed(witness).wanted(found)
    assert key(found.text.codes[0].code) == "DD1391100"


def test_its_word_mends_a_doubtful_character() -> None:
    doubtful = line("AA3814-101", 0, 0.97)
    places = list(doubtful.alternatives)
    places[4] = (("1", 0.55), ("3", 0.44))
    doubtful = RegionReading(doubtful.region, doubtful.text, tuple(places), 0.5)
    found = witnessed(Told("AA3834-101")).run(seen(doubtful))
    assert key(found.text.codes[0].code) == "AA3834101"
    assert found.text.lines[0].said == ("AA3814-101", "AA3834-101")


def test_short_lines_and_sure_words_are_not_asked_for() -> None:
    witness = Told("DD1391-100")
    words = [line("MADE IN VIETNAM", 0, 0.99), line("42.5", 1, 0.3, length=50.0)]
    nothing = seen(*words, line("?", 2, 0.2))
    assert not nothing.text.codes
    found = witnessed(witness).run(nothing)
    assert witness.asked == 1
    assert key(found.text.codes[0].code) == "DD1391100"


def test_no_line_is_read_twice_and_no_more_than_so_many_are() -> None:
    witness = Told("QUX")
    photo = seen(*(line("LOT 99 12", row, 0.2) for row in range(6)))
    once = witnessed(witness, 4).run(photo)
    assert witness.asked == 4
    witnessed(witness, 9).run(once)
    assert witness.asked == 6


def test_without_a_witness_nothing_changes() -> None:
    photo = seen(line("DD1391-100", 0, 0.6))
    assert not witnessed(NoWitness()).wanted(photo)
    text = PhotoText(list(photo.text.lines), Scored(()))
    assert DoubleReading(NoWitness(), LOOKING).borne_out(PHOTO, text.lines, 9) == text.lines
