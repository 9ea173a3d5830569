from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.figures import Figures
from benchmarks.targets import (
    ALL_TARGETS,
    AS_POINTS,
    AS_SHARE,
    MEGABYTES,
    TIMES,
    Target,
    Unit,
    report,
)
from tests.fakes.figures import SERVED, figures


def rows(found: Figures) -> dict[str, list[str]]:
    told = report(found).split("\n")
    cells = [[cell.strip() for cell in line.strip("| ").split("|")] for line in told]
    return {row[0]: row[1:] for row in cells[2:]}


def test_the_half_that_nothing_was_chosen_on_is_set_beside_each_target() -> None:
    found = rows(figures())
    assert len(found) == len(ALL_TARGETS)
    assert found["real crops: first is right"] == [">= 98.8 %", "97.6 %", "not met, by 1.2 points"]
    assert found["real shoe photos: first is right"][:2] == [">= 95.0 %", "86.7 %"]
    assert found["real garments: first is right"][:2] == [">= 80.0 %", "50.0 %"]
    assert found["real, without a code: none found"][-1] == "met, by 2.0 points"
    assert found["surest 80 % of real pictures: wrong"] == [
        "<= 1.0 %",
        "0.0 %",
        "met, by 1.0 points",
    ]


def test_turned_photos_are_held_against_the_upright_ones() -> None:
    turned = rows(figures())["shoe photos turned, against upright"]
    assert turned == [">= -3.0 points", "-4.4 points", "not met, by 1.4 points"]


def test_the_newest_rapidocr_is_what_speed_is_held_against() -> None:
    found = rows(figures())
    assert found["RapidOCR 3's time for a shoe photo, p50"][1] == "4.0 times"
    assert found["RapidOCR 3's time for a shoe photo, p95"][1:] == ["1.1 times", "met, by 0.1"]
    assert found["photos a second beside RapidOCR 3"][1:] == ["4.0 times", "met, by 0.0"]
    alone = figures()
    assert alone.real is not None
    alone.real.times, alone.real.rival_serving = alone.real.times[:1], None
    for name, told in rows(alone).items():
        assert ("no RapidOCR 3 beside us" in told[-1]) == ("RapidOCR 3" in name)


def test_the_most_memory_of_both_measurements_counts() -> None:
    found = figures()
    assert rows(found)["memory of the serving process"][1] == "390 MB"
    assert found.real is not None
    found.real.serving = replace(SERVED, peak_mb=None)
    assert rows(found)["memory of the serving process"][1] == "351 MB"


def test_drawn_photos_are_held_to_theirs() -> None:
    found = rows(figures(real=False))
    assert found["drawn photos: first is right"] == [
        ">= 97.0 %",
        "84.3 %",
        "not met, by 12.7 points",
    ]
    assert found["drawn photos without a code: none found"][1] == "50.0 %"
    for name, (_, measured, verdict) in found.items():
        if not name.startswith("drawn") and "memory" not in name:
            assert measured == "-"
            assert "--real FOLDER" in verdict


def test_what_nobody_measured_is_neither_met_nor_missed() -> None:
    nothing = Figures("a machine", "2026-01-31", 2, {})
    assert {row[1] for row in rows(nothing).values()} == {"-"}


@pytest.mark.parametrize(
    ("at_least", "limit", "unit", "measured", "said"),
    [
        (True, 0.96, AS_SHARE, 0.9599, "not met, by 0.0 points"),
        (True, 0.96, AS_SHARE, 84.48 / 88, "met, by 0.0 points"),
        (False, 0.01, AS_SHARE, 0.0, "met, by 1.0 points"),
        (True, -0.03, AS_POINTS, 0.1 + 0.2 - 0.33, "met, by 0.0 points"),
        (True, 5.0, TIMES, 4.4, "not met, by 0.6"),
        (False, 500.0, MEGABYTES, 536.25, "not met, by 36 MB"),
    ],
)
def test_a_target_reached_to_the_hair_is_met(
    at_least: bool, limit: float, unit: Unit, measured: float, said: str
) -> None:
    target = Target("it", at_least, limit, unit, lambda _: measured, "")
    assert target.verdict(measured) == said
