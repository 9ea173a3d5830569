"""A training in small: a few steps of each network, exported, loaded and measured."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from benchmarks.__main__ import main as bench
from recognizer.errors import ModelError
from recognizer.models import ModelFiles
from recognizer.pipeline import Pipeline
from recognizer.types import Photo
from training import steps
from training.finder import FinderTraining
from training.font_errors import NoFontsError
from training.fonts import SYSTEM_FONTS, FontPool
from training.reader import ReaderTraining
from training.schedule import Average, Budget, curriculum, learning_rate
from training.steps import Workshop, export_networks, write_cards


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few fonts, so that workers start fast; some held out, some Korean."""
    try:
        pool = FontPool.load([SYSTEM_FONTS])
    except NoFontsError as error:
        pytest.skip(str(error))
    if not pool.held_out or not pool.korean_side("train"):
        pytest.skip("needs held-out and Korean fonts: install fonts-nanum")
    folder = tmp_path_factory.mktemp("fonts")
    for path in {*pool.train[:4], *pool.held_out[:3], *pool.korean_side("train")[:2]}:
        shutil.copy(path, folder)
    return folder


@pytest.fixture
def workshop(fonts: Path, tmp_path: Path) -> Workshop:
    return Workshop(tmp_path / "runs", tmp_path / "weights", (fonts,), workers=0, threads=1)


def small_reader(workshop: Workshop, samples: int) -> ReaderTraining:
    plan = replace(workshop.reader_plan(), samples=samples, batch=4, check_every=2)
    training = ReaderTraining(plan, torch.device("cpu"))
    training.validation = 4
    return training


def small_finder(workshop: Workshop, samples: int) -> FinderTraining:
    plan = replace(workshop.finder_plan(), samples=samples, batch=1)
    return FinderTraining(plan, torch.device("cpu"))


def test_a_run_goes_on_where_it_stopped(workshop: Workshop) -> None:
    small_reader(workshop, 8).run()
    again = small_reader(workshop, 16)
    again.state.resume(again.checkpoint, again.device)
    assert again.budget.done == 8
    assert again.average.steps == 2
    before = again.average.state["trba.Prediction.generator.weight"].clone()
    again.run()
    assert again.budget.done == 16
    assert not torch.equal(before, again.average.state["trba.Prediction.generator.weight"])
    assert len((workshop.runs / "reader" / "log.tsv").read_text().splitlines()) == 2


def test_the_whole_road_from_drawing_to_model_cards(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ModelError, match="train first"):
        export_networks(workshop)
    small_finder(workshop, 2).run()
    small_reader(workshop, 4).run()
    export_networks(workshop)
    pipeline = Pipeline.load(ModelFiles(workshop.weights), threads=1)
    photo = Photo(np.full((200, 300, 3), 255, np.uint8))
    assert pipeline.read(photo).models == {"finder": "craft-v1", "reader": "trba-v1"}
    monkeypatch.setattr(steps, "CARD_CROPS", 3)
    monkeypatch.setattr(steps, "CARD_PHOTOS", 3)
    write_cards(workshop)
    card = (workshop.weights / "reader.md").read_text(encoding="utf-8")
    assert "trba-v1" in card
    assert "4 drawn crops" in card
    assert "| drawn photos" in (workshop.weights / "finder.md").read_text(encoding="utf-8")
    assert "exact" in capsys.readouterr().out


def test_the_bench_prints_its_tables(fonts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--fonts", str(fonts), "--crops", "3", "--scenes", "3", "--photos", "2"]
    assert bench(arguments) == 0
    out = capsys.readouterr().out
    assert "drawn, unseen fonts" in out
    assert "photos without a code" in out
    assert "memory after 2 photos" in out


def test_the_schedule_rises_then_falls() -> None:
    rates = [learning_rate(i / 100, 1.0) for i in range(101)]
    assert max(rates) == pytest.approx(1.0, abs=0.01)
    assert rates[0] < 0.1
    assert rates[100] < 0.02
    assert rates[2:] == sorted(rates[2:], reverse=True)
    assert curriculum(0.0) < 0.1
    assert curriculum(0.5) == curriculum(1.0) == 1.0


def test_a_budget_counts_samples_or_minutes() -> None:
    by_samples, by_time = Budget(10), Budget(10, minutes=1000.0)
    for budget in (by_samples, by_time):
        budget.advance(5)
    assert by_samples.progress == 0.5
    assert by_time.progress < 0.01


def test_the_average_follows_the_weights() -> None:
    layer = torch.nn.Linear(2, 2)
    average = Average(layer)
    start = average.state["weight"].clone()
    with torch.no_grad():
        layer.weight.add_(1.0)
    for _ in range(200):
        average.update(layer)
    assert torch.allclose(average.state["weight"], start + 1, atol=0.05)
