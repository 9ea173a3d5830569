"""Tuning thresholds on the maps of a sheet that is known."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from recognizer.finding.finder import Finder
from recognizer.finding.regions import RegionSettings
from recognizer.models import ModelFiles
from recognizer.reading.recogniser import Recogniser
from tests.fakes.maps import Sheet, TrueMaps
from tests.recognizer.test_plan import tag
from training.finder.tune import GRID, SeenMaps, outcome, tuned, with_value


def seen(sheet: Sheet) -> SeenMaps:
    finder = Finder(TrueMaps(sheet))
    scale = finder.scale(sheet.photo)
    grey = np.asarray(cv2.cvtColor(sheet.pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    return SeenMaps(grey, finder.maps(sheet.photo, scale), 2 / scale, "DD1391-100")


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser(ModelFiles(), threads=1)


def test_every_setting_of_the_grid_can_be_moved() -> None:
    for name, values in GRID.items():
        assert len({with_value(RegionSettings(), name, value) for value in values}) == len(values)


def test_what_blinds_the_finder_is_not_kept(recogniser: Recogniser) -> None:
    photos = [seen(tag())]
    blind = with_value(RegionSettings(), "text", 1.5)
    assert outcome(photos, recogniser, blind).read == 0
    assert outcome(photos, recogniser, RegionSettings()).read == 1
    best = outcome(photos, recogniser, blind)
    for name, value, found, kept in tuned(photos, recogniser, blind):
        assert kept == (found.order < best.order) or name == "as it is"
        assert name != "text" or value < 1.5
        best = found if kept else best
    assert best.read == 1
