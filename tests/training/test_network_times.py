"""Timing the networks alone, with the shipped ones and few runs."""

from __future__ import annotations

from pathlib import Path

from benchmarks.networks import encoder_table, engines, finders, median_ms, skimmer_table
from recognizer.models import WEIGHTS


def test_the_encoder_is_timed_in_every_engine_at_hand(few_fonts: Path) -> None:
    lines = encoder_table(WEIGHTS, (few_fonts,), 1, 1).splitlines()
    assert "onnxruntime" in lines[2]
    assert "100.0 %" in lines[2]  # it reads what it reads itself


def test_published_layouts_are_timed_beside_ours(tmp_path: Path) -> None:
    for name, path, drawn in finders(tmp_path, WEIGHTS):
        engine, network = next(engines(path, 1))
        assert engine == "onnxruntime", name
        photo = drawn(64, 64)
        assert network(photo)[0].shape[:3] == (1, 32, 32)
        assert median_ms(network, photo, 1) > 0


def test_what_skims_is_timed_by_the_width_of_its_crops() -> None:
    rows = [line.split("|")[2:5] for line in skimmer_table(WEIGHTS, 1, 1).splitlines()[2:]]
    widths, times = [int(row[0]) for row in rows], [float(row[1]) for row in rows]
    assert widths == [192, 64, 96, 128, 160, 192]
    assert min(times) > 0
