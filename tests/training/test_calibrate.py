"""Maps from scores to probabilities, fitted on the shipped networks' readings."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.run import Plan
from datasets.fonts.fonts import FontPool
from datasets.labelled import HARDNESS
from recognizer.calibration import Calibration
from recognizer.models import WEIGHTS, ModelFiles
from recognizer.pipeline import Pipeline
from tests.examples import examples
from training.__main__ import main
from training.errors import TooFewReadingsError
from training.exporting import calibrate as calibrating
from training.exporting.calibrate import FIT_SEED, calibrate, fit, told
from training.reader import exam
from training.reader.recipes import READERS

NOTHING = {
    "scores": [0.0, 1.0],
    "shares": [0.0, 0.0],
    "weights": [1.0, 0.0, 0.0, 0.0],
}  # an old map that believes no reading


def signs(score: float, ahead: float = 5.0, agreement: float = 1.0) -> tuple[float, ...]:
    odds = min(max(score, 1e-3), 1 - 1e-3)
    return float(np.log(odds / (1 - odds))), ahead, agreement


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    networks = ("finder", "reader-encoder", "reader-encoder-int8", "reader-decoder")
    for name in (*(f"{network}.onnx" for network in networks), "manifest.json"):
        shutil.copy(WEIGHTS / name, tmp_path)
    write(tmp_path, {"calibration": {"crop": NOTHING, "photo": NOTHING}})
    return tmp_path


@pytest.fixture(scope="module")
def few(few_fonts: Path) -> FontPool:
    return FontPool.load([few_fonts])


def manifest(weights: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((weights / "manifest.json").read_text(encoding="utf-8"))
    return found


def write(weights: Path, change: dict[str, Any]) -> None:
    text = json.dumps(manifest(weights) | change)
    (weights / "manifest.json").write_text(text, encoding="utf-8")


@given(st.integers(0, 1000))
@settings(max_examples=examples(30), deadline=None)
def test_a_fitted_map_is_sound_and_tells_frequencies(seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.random(3000)
    right = rng.random(3000) < np.sqrt(scores)  # scores that are too modest
    calibration = fit([signs(score) for score in scores], right.tolist())
    assert calibration.sound
    for score in (0.2, 0.5, 0.8):
        assert calibration.probability(signs(score)) == pytest.approx(np.sqrt(score), abs=0.17)


def test_a_fit_learns_what_rivals_and_views_tell() -> None:
    rng = np.random.default_rng(2)
    ahead, agreement = rng.random(4000) * 6, rng.random(4000)
    right = rng.random(4000) < 1 / (1 + np.exp(2 - ahead - 3 * agreement))
    fitted = fit([signs(0.5, *sign) for sign in zip(ahead, agreement, strict=True)], right.tolist())
    assert fitted.probability(signs(0.5, 6, 1)) > 0.9
    assert fitted.probability(signs(0.5, 0, 0)) < 0.3
    assert min(fitted.weights[:3]) >= 0


def test_certainty_is_never_claimed() -> None:
    calibration = fit([signs(0.9)] * 100, [True] * 100)
    assert calibration.probability(signs(0.999)) < 1


def test_too_few_readings_are_refused() -> None:
    with pytest.raises(TooFewReadingsError, match="30 readings are too few"):
        fit([signs(0.5)] * 30, [True] * 30)


def test_maps_are_written_and_loaded_and_the_rest_is_left_alone(
    weights: Path, few: FontPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calibrating, "BLOCK", 2)
    before = manifest(weights)
    fitted = calibrate(weights, few, crops=12, photos=0, threads=1)
    assert set(fitted) == {"crop"}
    after = manifest(weights)
    assert Calibration.of(after, "crop") == fitted["crop"]
    assert after["calibration"].pop("crop") != before["calibration"].pop("crop")
    assert after == before
    assert fitted["crop"].sound
    assert fitted["crop"].probability(signs(0.999)) > 0  # the old map had no say
    assert Pipeline.load(ModelFiles(weights), 1).calibrated.crops == fitted["crop"]
    assert calibrate(weights, few, crops=12, photos=0, threads=1) == fitted


def test_photos_have_a_map_of_their_own(
    weights: Path, few: FontPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calibrating, "BLOCK", 1)
    fitted = calibrate(weights, few, crops=0, photos=4, threads=1)
    assert set(fitted) == {"photo"}
    found = manifest(weights)["calibration"]
    assert found["crop"] == NOTHING
    assert found["photo"]["scores"] == list(fitted["photo"].scores)


def test_a_fit_that_fails_half_way_leaves_the_manifest_as_it_was(
    weights: Path,
    few_fonts: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(calibrating, "BLOCK", 2)
    before = (weights / "manifest.json").read_bytes()
    places = ["--weights", str(weights), "--fonts", str(few_fonts), "--threads", "1"]
    assert main(["calibrate", *places, "--crops", "6", "--photos", "1"]) == 1
    assert "too few to calibrate on" in capsys.readouterr().err
    assert (weights / "manifest.json").read_bytes() == before
    assert not list(weights.glob("*.new"))


def test_nothing_that_is_measured_on_is_calibrated_on() -> None:
    ours = {FIT_SEED + number for number in range(len(HARDNESS))} | {FIT_SEED, FIT_SEED + 1}
    others = {Plan().seed, Plan().seed + 1, exam.EXAM_SEED, *(one.seed for one in READERS.values())}
    assert not ours & others


def test_the_maps_are_told() -> None:
    lines = told({"crop": Calibration((0.0, 1.0), (0.0, 0.5)), "photo": Calibration()})
    assert [line.split(":")[0] for line in lines.splitlines()] == ["crop", "photo"]
    assert "0.500 to 0.500" in lines
