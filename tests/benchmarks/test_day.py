"""A small town's day, with all price services failing in turn."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.day.__main__ import simulate
from benchmarks.day.report import Day, Size, report


async def test_every_photo_is_answered_nothing_lost_and_quotas_kept() -> None:
    day = await simulate(36)
    told = report(day)
    assert day.well, told
    assert day.photos == 45
    assert day.alerts > 0
    assert {"quota", "down", "ok"} <= {state for _, state in day.states}
    assert f"{day.calls['naver']:,}" in told
    assert "not met" not in told


async def test_what_went_wrong_is_a_verdict() -> None:
    sizes = {11: Size(100.0, 10, 5), 23: Size(100.0, 10, 5)}
    day = Day(2, calls={"naver": 3}, quotas={"naver": 3}, answered_ms=[1.0, 2.0], sizes=sizes)
    assert day.well
    wrong = [
        replace(day, unanswered=["photo-1"]),
        replace(day, lost=["photo of row 1"]),
        replace(day, calls={"naver": 4}),
        replace(day, refusals=1),
        replace(day, alerts=1),
        replace(day, sizes={**sizes, 23: Size(200.0, 10, 5)}),
        replace(day, sizes={**sizes, 23: Size(100.0, 30, 5)}),
    ]
    for each in wrong:
        assert not each.well
        assert report(each).count("not met") == 1
