"""The storm on a small scale: real processes, and verdicts that see what they are for."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from benchmarks.storm.crashes import StormSize, crashes
from benchmarks.storm.load import Load, load
from benchmarks.storm.messages import Codes, StormMessage, codes_in, verdicts
from benchmarks.storm.photos import hostile, png
from benchmarks.storm.report import Row, at_most, met, none_of, shown
from benchmarks.storm.strangers import strangers
from tests.fakes.postgres import PostgresServer

SEED = 5


def missed(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row.good is False]


@pytest.mark.timeout(900)
async def test_each_message_is_answered_once_whatever_dies(tmp_path: Path) -> None:
    size = StormSize(people=9, photos_each=2, texts_each=3, kills=3, pause_s=1.0)
    rows = await crashes(tmp_path, f"sqlite+aiosqlite:///{tmp_path}/storm.db", size, SEED)
    assert not missed(rows)
    assert Row("processes killed", "3") in rows


@pytest.mark.timeout(900)
async def test_so_it_is_by_three_processes_over_one_server(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    url = await asyncio.to_thread(postgres.empty)
    size = StormSize(people=9, photos_each=2, texts_each=3, kills=3, processes=3, pause_s=1.0)
    assert not missed(await crashes(tmp_path, url, size, SEED))


@pytest.mark.timeout(900)
async def test_strangers_hold_up_nobody(tmp_path: Path) -> None:
    rows = await strangers(tmp_path, f"sqlite+aiosqlite:///{tmp_path}/storm.db", 8.0, SEED)
    assert not [row for row in missed(rows) if not row.speed]


@pytest.mark.timeout(900)
async def test_what_is_too_much_is_told(tmp_path: Path) -> None:
    rows = await load(tmp_path, f"sqlite+aiosqlite:///{tmp_path}/storm.db", Load(2.0), SEED)
    assert not [row for row in missed(rows) if not row.speed]


def message(answers: int, **more: object) -> StormMessage:
    sent = StormMessage("text", sent=1.0, answered=2.0)
    for name, value in {"answers": answers, **more}.items():
        setattr(sent, name, value)
    return sent


def test_verdicts_see_what_went_wrong() -> None:
    sent = [
        message(1),
        message(2),
        message(0),
        message(1, answered=0.0),
        message(1, trouble="pending"),
        message(1, sorry=True),
    ]
    found = verdicts(sent, {"text": 1})
    assert found == {"once": 1, "twice": 1, "never": 3, "with an apology": 1}
    assert verdicts([message(1)], {"text": 2}) == {"in part": 1}


def test_one_missed_figure_is_a_missed_storm() -> None:
    good = [at_most("memory", 599, 600), none_of("lost", 0), Row("told", "5")]
    assert met(good)
    assert not met([*good, none_of("lost", 1)])
    assert not met([*good, at_most("memory", 601, 600)])
    assert "NO" in shown("part", [none_of("lost", 1)])


def test_codes_belong_to_one_message() -> None:
    codes = Codes()
    given = [codes.fresh() for _ in range(5000)]
    assert len(set(given)) == len(given)
    assert codes_in([f"{given[0]}, {given[1]}원"]) == set(given[:2])


def test_hostile_pictures_are_small_or_no_larger_than_is_taken() -> None:
    assert len(png(1, 50_000_000)) < 200_000
    assert max(len(data) for _, data in hostile()) <= 20 * 1024 * 1024
