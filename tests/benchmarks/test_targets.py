from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from benchmarks.figures import Figures
from benchmarks.targets import (
    AS_SHARE,
    CROP_TARGETS,
    ERROR,
    MILLISECONDS,
    PHOTO_TARGETS,
    Target,
    Unit,
    of_crops,
    of_photos,
)
from tests.fakes.figures import OURS, figures


def rows(found: Figures, told: Callable[[Figures], str] = of_crops) -> dict[str, list[str]]:
    cells = [[c.strip() for c in line.strip("| ").split("|")] for line in told(found).split("\n")]
    return {row[0]: row[1:] for row in cells[2:]}


def test_each_target_is_set_beside_what_was_measured() -> None:
    found = rows(figures())
    assert len(found) == len(CROP_TARGETS)
    assert found["exact match, real crops"] == [">= 96.0 %", "95.5 %", "not met, by 0.5 points"]
    assert found["right among the first 3, real"] == [">= 98.0 %", "98.0 %", "met, by 0.0 points"]
    assert found["exact as printed, real"][-1] == "met, by 1.0 points"
    assert found["one crop, p50, real"] == ["<= 7.0 ms", "6.5 ms", "met, by 0.5 ms"]
    assert found["a batch of 8, p50, real"][-1] == "not met, by 1.5 ms"
    assert found["calibration error, drawn and real"][:2] == ["<= 0.030", "0.005"]
    wrong = "wrong at the threshold that keeps 80 %, "
    for crops in ("real", "drawn and real"):
        assert found[wrong + crops] == ["<= 1.0 %", "5.0 %", "not met, by 4.0 points"]


def test_without_real_crops_the_rows_say_so() -> None:
    for _, measured, verdict in rows(figures(real=False)).values():
        assert measured == "-"
        assert "not measured" in verdict
        assert "--real FOLDER" in verdict


def test_each_target_of_photos_is_set_beside_what_was_measured() -> None:
    found = rows(figures(), of_photos)
    assert len(found) == len(PHOTO_TARGETS)
    assert found["drawn photos: first is right"] == [
        ">= 95.0 %",
        "84.3 %",
        "not met, by 10.7 points",
    ]
    assert found["the same, letters >= 20 px high"][1:] == ["98.5 %", "met, by 0.5 points"]
    assert found["right among the first 3"][1] == "90.0 %"
    assert found["photos without a code: none found"][1] == "50.0 %"
    assert found["real crops as whole photos"][1] == "84.3 %"
    assert found["photo to candidates, p50"][:2] == ["<= 130.0 ms", "401.0 ms"]
    assert found["photo to candidates, p95"][:2] == ["<= 250.0 ms", "707.0 ms"]
    assert found["faster than RapidOCR, p50"] == [">= 3.5 times", "3.6 times", "met, by 0.1"]
    waiting = found["throughput of one process, photos waiting"]
    assert waiting == [">= 10.0 a second", "10.5 a second", "met, by 0.5"]
    assert found["memory of the serving process"] == ["<= 350 MB", "351 MB", "not met, by 1 MB"]


def test_photos_that_nobody_measured_are_said_to_be() -> None:
    nothing = Figures("a machine", "2026-01-31", 2, {})
    assert {row[1] for row in rows(nothing, of_photos).values()} == {"-"}
    alone = figures()
    alone.photos_beside = alone.photos_beside[:1]
    told = rows(alone, of_photos)["faster than RapidOCR, p50"]
    assert told[1:] == ["-", "not measured: no RapidOCR beside us"]


def test_what_was_not_timed_is_not_met_nor_missed() -> None:
    untimed = figures(ours=replace(OURS, batch_ms=None))
    assert "not measured: fewer than 8" in rows(untimed)["a batch of 8, p50, real"][-1]
    assert rows(untimed)["one crop, p50, real"][1] == "6.5 ms"


@pytest.mark.parametrize(
    ("at_least", "limit", "unit", "measured", "said"),
    [
        (True, 0.96, AS_SHARE, 0.9599, "not met, by 0.0 points"),
        (True, 0.96, AS_SHARE, 84.48 / 88, "met, by 0.0 points"),
        (False, 0.01, AS_SHARE, 0.0, "met, by 1.0 points"),
        (False, 0.03, ERROR, 0.1 + 0.2 - 0.27, "met, by 0.000"),
        (False, 30.0, MILLISECONDS, 36.25, "not met, by 6.2 ms"),
    ],
)
def test_a_target_reached_to_the_hair_is_met(
    at_least: bool, limit: float, unit: Unit, measured: float, said: str
) -> None:
    target = Target("it", at_least, limit, unit, lambda _: measured, "")
    assert target.verdict(measured) == said
