"""A training in small: a few steps of each network, exported, loaded and measured."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from benchmarks.__main__ import main as bench
from benchmarks.cards.cards import write_cards
from benchmarks.run import Plan, measure
from datasets.crops.settings import CURRENT, V1
from recognizer.errors import ModelError
from recognizer.models import WEIGHTS, ModelFiles
from recognizer.pipeline import Pipeline
from recognizer.records import ledger, rival
from recognizer.types import Photo
from tests.training.layers import layers
from training.__main__ import main
from training.exporting.export import record
from training.finder.finder import FinderTraining
from training.reader.reader import ReaderTraining
from training.reader.reading import load_checkpoint
from training.reader.recipes import READERS, SKIMMERS, Origin
from training.runs.checkpoint import average_of, blended
from training.runs.schedule import Average, Budget, curriculum, learning_rate
from training.steps import (
    export_networks,
    export_readers,
    export_the_finder,
    train_reader,
)
from training.workshop import Workshop


def small_reader(workshop: Workshop, samples: int) -> ReaderTraining:
    plan = replace(workshop.reader_plan(), samples=samples, check_every=2)
    return ReaderTraining(plan, workshop.device())


def small_finder(workshop: Workshop, samples: int) -> FinderTraining:
    plan = replace(workshop.finder_plan(), samples=samples, batch=1)
    return FinderTraining(plan, workshop.device())


def test_a_run_goes_on_where_it_stopped(workshop: Workshop) -> None:
    small_reader(workshop, 4).run()
    again = small_reader(workshop, 12)
    again.state.resume(again.checkpoint, again.device)
    assert again.budget.done == 4
    assert again.average.steps == 1
    before = again.average.state["trba.Prediction.generator.weight"].clone()
    again.run()
    assert again.budget.done == 12
    assert not torch.equal(before, again.average.state["trba.Prediction.generator.weight"])
    assert len((workshop.reader_folder() / "log.tsv").read_text().splitlines()) == 2


def test_a_run_that_goes_on_draws_other_crops(workshop: Workshop) -> None:
    training = small_reader(workshop, 8)
    training.difficulty.fill_(1.0)
    first, again = (next(iter(training.stream())) for _ in range(2))
    assert torch.equal(first.crops, again.crops)
    training.budget.advance(8)
    later = next(iter(training.stream()))
    assert not torch.equal(first.targets, later.targets)


def test_a_version_trains_the_one_before_it_first(workshop: Workshop) -> None:
    second = replace(workshop, version="v2", samples=4)
    train_reader(second)
    first, latest = second.reader_checkpoint("v1"), second.reader_checkpoint("v2")
    ended = [path.read_bytes() for path in (first, latest)]
    trained = load_checkpoint(latest)
    assert trained.origin == Origin.of(READERS["v2"])
    assert (trained.crops, trained.blocks) == (4, READERS["v2"].blocks)
    assert second.reader_checkpoint(SKIMMERS["v2"]).exists()
    train_reader(second)  # what has ended is left as it is
    assert [path.read_bytes() for path in (first, latest)] == ended
    first.unlink()
    train_reader(replace(second, samples=8))  # begun, it needs the version before no more
    assert not first.exists()
    assert load_checkpoint(latest).crops == 8


def test_the_next_version_starts_from_what_the_one_before_had_learned(workshop: Workshop) -> None:
    small_reader(workshop, 4).run()
    second = ReaderTraining(workshop.reader_plan("v2"), torch.device("cpu"))
    learned = torch.load(workshop.reader_checkpoint(), weights_only=True)["average"]
    name = "trba.FeatureExtraction.ConvNet.layer3.{}.conv1.weight"
    assert torch.equal(second.net.state_dict()[name.format(2)], learned[name.format(4)])
    assert torch.equal(second.average.state["ctc.bias"], learned["ctc.bias"])


def test_a_version_is_measured_and_recorded(
    workshop: Workshop, few_fonts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small_reader(workshop, 4).run()
    places = ["--runs", str(workshop.runs), "--weights", str(workshop.weights)]
    places += ["--fonts", str(few_fonts), "--threads", "1", "--version", "v1", "--crops", "2"]
    assert main(["measure", *places, "--status", "rejected", "--note", "hardly begun"]) == 0
    assert main(["rival", *places]) == 0
    entry = ledger.load(workshop.weights / ledger.LEDGER)[0]
    assert (entry.status, entry.crops, entry.real) == ("rejected", 4, None)
    assert entry.recipe == ledger.Recipe("v1", V1.digest(), 1, (1, 2, 5, 3), None)
    assert entry.drawn.generator == CURRENT.version
    assert "hardly begun" in capsys.readouterr().out
    comparison = rival.load(workshop.weights / rival.RIVAL)
    assert comparison is not None
    assert (comparison.version, comparison.bouts[0].count) == ("v1", 2)
    assert main(["measure", *places, "--status", "shipped", "--checkpoint", "nowhere"]) == 1
    assert "nowhere: no such checkpoint" in capsys.readouterr().err


def test_a_finder_may_begin_with_what_an_earlier_one_had_learned(workshop: Workshop) -> None:
    small_finder(workshop, 1).run()
    earlier = workshop.runs / "finder" / "finder.ckpt"
    again = replace(workshop, runs=workshop.runs / "again", finder_start=earlier, finder_peak=1e-4)
    learned = torch.load(earlier, weights_only=True)["average"]
    begun = small_finder(again, 1)
    assert all(torch.equal(value, learned[name]) for name, value in begun.net.state_dict().items())
    assert begun.plan.peak == 1e-4
    with pytest.raises(ModelError, match="train first"):
        small_finder(replace(again, finder_start=Path("nowhere.ckpt")), 1)


def test_a_finder_is_exported_between_its_run_and_an_earlier_one(workshop: Workshop) -> None:
    other = replace(workshop, runs=workshop.runs / "other", seed=9)
    runs = small_finder(workshop, 2), small_finder(other, 2)
    for run in runs:
        run.state.save(run.checkpoint)  # as they begin: only the mixing is looked at
    late, early = runs[0].checkpoint, runs[1].checkpoint
    ours, theirs = average_of(late), average_of(early)
    mixed = blended(ours, theirs, 0.75)
    name = "head.weight"
    assert torch.allclose(mixed[name], 0.75 * ours[name] + 0.25 * theirs[name], atol=1e-6)
    assert mixed.keys() == ours.keys()
    export_the_finder(replace(workshop, finder_with=early, finder_share=0.75))
    shipped = load_file(str(workshop.weights / "finder.safetensors"))
    assert torch.allclose(shipped[name].float(), mixed[name], atol=1e-2)
    begun = average_of(workshop.weights / "finder.safetensors")
    assert torch.equal(begun[name], shipped[name].float())
    with pytest.raises(ModelError, match="train first"):
        average_of(Path("nowhere.ckpt"))


def test_an_unknown_version_is_told(workshop: Workshop, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reader", "--runs", str(workshop.runs), "--version", "v99"]) == 1
    assert "no recipe for reader 'v99'" in capsys.readouterr().err


def test_the_whole_road_from_drawing_to_model_cards(
    workshop: Workshop, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ModelError, match="train first"):
        export_networks(workshop)
    small_finder(workshop, 2).run()
    small_reader(workshop, 4).run()
    export_networks(workshop)
    pipeline = Pipeline.load(ModelFiles(workshop.weights), threads=1)
    photo = Photo(np.full((200, 300, 3), 255, np.uint8))
    models = pipeline.read(photo).models
    assert (models["finder"], models["reader"]) == ("tagcraft-v4", "trba-v1")
    assert layers(workshop.weights / "finder.onnx") == layers(WEIGHTS / "finder.onnx")
    plan = Plan(workshop.weights, workshop.fonts, crops=2, scenes=1, photos=0, rivals=False)
    write_cards(workshop.weights, measure(plan))
    card = (workshop.weights / "reader.md").read_text(encoding="utf-8")
    assert "trba-v1" in card
    assert "4 drawn crops" in card
    assert "## Versions" not in card
    assert "| drawn photos" in (workshop.weights / "finder.md").read_text(encoding="utf-8")
    assert "exact" in capsys.readouterr().out
    (workshop.runs / "finder" / "finder.ckpt").unlink()
    finder = (workshop.weights / "finder.safetensors").read_bytes()
    export_the_finder(workshop)
    assert "finder.safetensors is exported anew" in capsys.readouterr().out
    assert (workshop.weights / "finder.safetensors").read_bytes() == finder
    sources = [["github.com/someone/boards", "MIT", 3]]
    told = ModelFiles(workshop.weights).manifest()["reader"]
    record(workshop.weights, "reader", {**told, "real": sources})
    workshop.reader_checkpoint().unlink()
    export_readers(workshop)
    told = ModelFiles(workshop.weights).manifest()["reader"]
    assert told["real"] == sources  # what it learned from is told, wherever its run may be


def test_the_bench_prints_its_tables(few_fonts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--fonts", str(few_fonts), "--crops", "3", "--scenes", "3", "--photos", "2"]
    arguments += ["--no-rivals", "--threads", "1"]
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


def test_a_version_that_knows_how_to_read_starts_with_hard_crops() -> None:
    assert [curriculum(at, easy_until=0.0) for at in (0.0, 0.5, 1.0)] == [1.0, 1.0, 1.0]


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
