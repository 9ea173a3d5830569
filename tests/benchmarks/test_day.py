"""A small town's day, with all price services failing in turn."""

from __future__ import annotations

from benchmarks.day import report, simulate


async def test_every_photo_is_answered_nothing_lost_and_quotas_kept() -> None:
    day = await simulate(60)
    told = report(day)
    assert day.well, told
    assert day.photos == 75
    assert day.alerts > 0
    assert {"quota", "down", "ok"} <= {state for _, state in day.states}
    assert f"{day.calls['naver']:,}" in told
