"""Lines read word by word, from their other end and cut in front."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given

from recognizer.looking.line_reading import LineReader
from recognizer.looking.other_ways import OtherWays
from recognizer.looking.settings import LOOKING
from recognizer.models import ModelFiles
from recognizer.reading.recogniser import Recogniser
from recognizer.types import Quad, RegionReading, TextRegion
from stylecode import key
from tests.recognizer.lines import (
    CODE,
    GREY,
    NOTHING,
    Scripted,
    grey_of,
    line,
    part,
    printed,
    quads,
)


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser(ModelFiles(), threads=1)


def test_all_is_read_at_once_and_each_way_keeps_its_own() -> None:
    whole = line("0968X", 100, 300, 0.3)
    halves: tuple[Quad, Quad] = (
        ((100.0, 80.0), (190.0, 80.0), (190.0, 120.0), (100.0, 120.0)),
        ((300.0, 120.0), (210.0, 120.0), (210.0, 80.0), (300.0, 80.0)),
    )
    whole = replace(whole, region=replace(whole.region, parts=halves))
    surely = line("MADE IN", 400, 600)
    turned = [("JX8960", 0.4), ("NI EDAM", 0.8)]
    cuts = [("968X", 0.9), ("68X", 0.9), *[NOTHING] * (len(LOOKING.cuts) - 2)]
    scripted = Scripted(("096", 0.2), ("8X", 0.1), *turned, *cuts)
    found = OtherWays(scripted).read(GREY, [whole, surely])
    assert [one.text for one in found] == ["096", "8X", "JX8960"]
    assert found[1].region.quad[0] == (210.0, 80.0)  # from where its line begins
    assert found[2].region.quad[0] == (300.0, 120.0)


def test_what_spoils_a_likely_line_in_front_is_cut_off() -> None:
    spoiled, well_read = line("", 100, 400, 0.4), line("MADE IN", 100, 400)
    unlikely = RegionReading(replace(spoiled.region, code=0.1), "", (), 0.4)
    rest = [NOTHING] * (len(LOOKING.cuts) - 3)
    turned = [NOTHING] * 2
    tried = Scripted(*turned, ("HBP4930", 0.7), ("BP4930", 0.95), ("P4930", 0.99), *rest)
    found = OtherWays(tried).read(GREY, [well_read, unlikely, spoiled])
    assert [one.text for one in found] == ["BP4930"]
    assert found[0].region.quad[0][0] > spoiled.region.quad[0][0]
    hardly = Scripted(NOTHING, ("BP4930", LOOKING.least_cut - 0.1), ("4930", 0.9), NOTHING, *rest)
    assert OtherWays(hardly).read(GREY, [spoiled]) == []


@pytest.mark.parametrize("syllables", [1, 2, 3])
def test_a_code_behind_a_script_that_the_recogniser_does_not_know(
    recogniser: Recogniser, syllables: int
) -> None:
    photo, corners = printed(24, 0.0)
    grey = grey_of(photo)
    (x, y), (_, bottom) = (corners[at].tolist() for at in (0, 3))
    height = bottom - y
    size, top, foot = round(0.55 * height), round(y), round(bottom)
    for at in range(1, syllables + 1):  # a box over a stem and a bar, and a stroke beside them
        left = round(x - (at + 0.1) * height)
        right, middle = left + size, left + size // 2
        cv2.rectangle(grey, (left, top), (right, top + size), 0, 4)
        for one, other in (
            ((left, foot), (right, foot)),
            ((right + 6, top), (right + 6, foot)),
            ((middle, top + size), (middle, foot)),
        ):
            cv2.line(grey, one, other, 0, 4)
    glued = part(corners, -(syllables + 0.1) * height / (corners[1][0] - x), 1, 0.2)
    lines = LineReader(recogniser).read(grey, [TextRegion(glued, 0.9, code=0.8)])
    assert key(lines[0].text) != key(CODE)
    assert key(CODE) in {key(one.text) for one in OtherWays(recogniser).read(grey, lines)}


@given(quads)
def test_any_quad_is_taken(corners: Quad) -> None:
    spoiled = RegionReading(TextRegion(corners, 0.9, code=0.9), "", (), 0.9)
    for shorter in OtherWays(Scripted(*[("BP4930", 0.9)] * 9)).read(GREY, [spoiled]):
        assert np.isfinite(shorter.region.quad).all()
