"""When a photo's text needs no other look, and what its readers say of it together."""

from __future__ import annotations

import pytest

from recognizer.calibration import Scored
from recognizer.looking.photo_text import PhotoText, ranked
from recognizer.looking.settings import LOOKING
from recognizer.types import RegionReading, TextRegion
from stylecode import RankedCode, key

QUAD = ((0.0, 0.0), (200.0, 0.0), (200.0, 20.0), (0.0, 20.0))


def line(text: str, *said: str, sure: float = 0.95) -> RegionReading:
    """A line on which each character is read alike surely."""
    alternatives = tuple(((char, sure),) for char in text)
    return RegionReading(TextRegion(QUAD, 0.9), text, alternatives, sure, said=said)


def look(confidence: float, place: float, agreement: float = 1.0) -> PhotoText:
    """A look with one code."""
    code = RankedCode("DD1391-100", confidence, 0, 0, 10, place=place)
    scored = Scored((code,), agreement)
    return PhotoText([line("DD1391-100", "DD1391-100", "DD1391-100")], scored)


@pytest.mark.parametrize(
    ("text", "clear"),
    [
        (look(LOOKING.settled, 1.0), True),
        (look(LOOKING.settled - 0.01, 1.0), False),
        (look(0.6, 0.61), True),  # each character is sure, though not that it is a code
        (look(0.6, 0.61, agreement=0.5), False),
        (look(LOOKING.least_spelled - 0.01, 0.45), False),
        (PhotoText([], Scored(())), False),
    ],
)
def test_a_code_is_clear_where_it_or_all_its_characters_are_sure(
    text: PhotoText, clear: bool
) -> None:
    assert text.clear is clear


def test_a_clear_code_is_borne_out_where_the_witness_read_its_line() -> None:
    heard = look(0.9, 1.0)
    assert heard.borne_out
    assert not PhotoText([line("DD1391-100")], heard.scored).borne_out


@pytest.mark.parametrize(
    ("said", "share"),
    [
        (("STYLE DD1391-100", "DD1391-100"), 1.0),
        (("DD1391-1OO", "DD1391-100"), 1.0),  # print that looks alike is no disagreement
        (("DD1391-180", "DD1391-100"), 0.5),
        (("DD1391-180", "DD1391-18"), 0.0),
        ((), 1.0),  # nobody else was asked
    ],
)
def test_readers_who_read_otherwise_lessen_the_agreement(
    said: tuple[str, ...], share: float
) -> None:
    text = ranked([line("NIKE"), line("DD1391-100", *said)], (1280, 960))
    assert key(text.codes[0].code) == "DD1391100"
    assert text.scored.agreement == share
