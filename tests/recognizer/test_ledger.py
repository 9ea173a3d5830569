from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.cards.records import versions_table
from recognizer.errors import RecordError
from recognizer.models import WEIGHTS
from recognizer.records.ledger import LEDGER, Data, Entry, LedgerScore, Recipe, load, record

FIRST = Entry(
    version="v1",
    status="shipped",
    recipe=Recipe("v1", "0123456789ab", 1, (1, 2, 5, 3), None),
    data=Data("ba9876543210", 256, 40),
    crops=1000,
    minutes=2.5,
    drawn=LedgerScore(1000, 0.7, "aaaaaaaaaaaa", "v2", 1.0, 5),
    real=LedgerScore(88, 0.9, "bbbbbbbbbbbb"),
    date="2026-11-20",
    machine="a machine",
    note="the first, 처음",
)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "weights" / LEDGER


def test_entries_come_back_as_they_were_recorded(ledger: Path) -> None:
    other = replace(FIRST, version="try", status="rejected", crops=None, minutes=None, real=None)
    assert load(ledger) == []
    record(ledger, FIRST)
    assert record(ledger, other) == [FIRST, other]
    assert load(ledger) == [FIRST, other]


def test_a_shipped_version_replaces_the_one_before(ledger: Path) -> None:
    for name, status in (("v1", "shipped"), ("try", "rejected"), ("v2", "shipped")):
        record(ledger, replace(FIRST, version=name, status=status))  # type: ignore[arg-type]
    assert [entry.status for entry in load(ledger)] == ["replaced", "rejected", "shipped"]


def test_a_version_measured_again_is_one_row_with_its_last_figures(ledger: Path) -> None:
    record(ledger, FIRST)
    record(ledger, replace(FIRST, drawn=replace(FIRST.drawn, exact=0.8)))
    assert [entry.status for entry in load(ledger)] == ["shipped", "shipped"]
    table = versions_table(load(ledger))
    assert len(table.splitlines()) == 3
    assert "80.0 % of 1000 by v2" in table
    assert "70.0 %" not in table


def test_the_table_shows_rejected_versions_and_what_is_not_known(ledger: Path) -> None:
    odd = replace(FIRST, version="wide", status="rejected", crops=None, minutes=None, real=None)
    row = versions_table([FIRST, odd]).splitlines()[-1]
    assert [cell.strip() for cell in row.strip("| ").split("|")][:2] == ["wide", "rejected"]
    assert row.count("–") == 3


@pytest.mark.parametrize(
    "text",
    [
        "not json",
        "{}",
        '[{"version": "v1"}]',
        json.dumps([{"recipe": {"blocks": [1]}, "data": {}, "drawn": {}, "real": None}]),
    ],
)
def test_a_broken_list_is_told_and_left_alone(ledger: Path, text: str) -> None:
    ledger.parent.mkdir()
    ledger.write_text(text, encoding="utf-8")
    with pytest.raises(RecordError):
        record(ledger, FIRST)
    assert ledger.read_text(encoding="utf-8") == text


def test_an_unknown_status_is_told(ledger: Path) -> None:
    record(ledger, FIRST)
    ledger.write_text(ledger.read_text(encoding="utf-8").replace("shipped", "praised"))
    with pytest.raises(RecordError, match="praised"):
        load(ledger)


def test_the_shipped_list_names_one_shipped_version() -> None:
    entries = load(WEIGHTS / LEDGER)
    assert len({entry.version for entry in entries if entry.status == "shipped"}) == 1
