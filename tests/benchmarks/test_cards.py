from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import reports
from benchmarks.cards.__main__ import main
from recognizer.models import WEIGHTS
from tests.fakes.figures import figures

MANIFEST: dict[str, Any] = {
    "finder": {"version": "craft-v1", "file": "finder.onnx", "channels": [16, 48, 96, 160, 192]},
    "reader": {
        **{"version": "trba-v1", "channels": 0.25, "height": 32, "width": 192},
        "characters": "AB1",
    },
}


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    (tmp_path / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    return tmp_path


def written(weights: Path, reader: str = "trba-v1") -> Path:
    figures(reader=reader).write(weights / "figures.json")
    return weights / "figures.json"


def cards(weights: Path, file: Path) -> int:
    return main(["--weights", str(weights), "--figures", str(file)])


def test_cards_show_the_tables_of_a_run_as_the_bench_prints_them(weights: Path) -> None:
    found, file = figures(), weights / "figures.json"
    found.write(file)
    reader_entry = {**MANIFEST["reader"], "trained": {"samples": 243600, "minutes": 86.4}}
    manifest = {**MANIFEST, "reader": reader_entry}
    (weights / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert cards(weights, file) == 0
    reader = (weights / "reader.md").read_text(encoding="utf-8")
    finder = (weights / "finder.md").read_text(encoding="utf-8")
    assert reports.of_crops(found) in reader
    assert reports.of_photos(found) in finder
    for card in (reader, finder):
        assert found.headline() in card
        assert "{" not in card
    assert "3 characters" in reader
    assert "243,600 drawn crops in 86 minutes" in reader
    assert "How long it was trained was not kept" in finder
    assert "## Versions" not in reader  # nothing was recorded here
    assert 'make bench ARGS="--real FOLDER"' in reader


def test_cards_list_the_versions_and_the_rival_that_were_recorded(weights: Path) -> None:
    for name in ("versions.json", "rival.json"):
        (weights / name).write_bytes((WEIGHTS / name).read_bytes())
    figures(real=False).write(weights / "figures.json")
    assert cards(weights, weights / "figures.json") == 0
    reader = (weights / "reader.md").read_text(encoding="utf-8")
    assert "## Versions" in reader
    assert "| rival: CTC alone |" in reader
    assert '--real FOLDER"' not in reader


def test_what_skims_has_a_card_of_its_own(weights: Path) -> None:
    assert cards(weights, written(weights)) == 0
    assert not (weights / "skimmer.md").exists()  # this reader skims by itself
    skimmer = {
        **{"version": "trba-v2-skim", "blocks": [1, 2, 1, 1], "photographed": 0.6},
        "trained": {"samples": 9000, "minutes": 12},
    }
    reader = {**MANIFEST["reader"], "version": "trba-v2", "blocks": [1, 2, 3, 2]}
    manifest = {**MANIFEST, "reader": reader, "skimmer": skimmer}
    (weights / "manifest.json").write_text(json.dumps(manifest))
    assert cards(weights, written(weights, "trba-v2")) == 0
    card = (weights / "skimmer.md").read_text(encoding="utf-8")
    assert "trba-v2-skim" in card
    assert "3 of its residual blocks" in card
    assert "9,000 drawn crops in 12 minutes" in card
    assert "[skimmer.md](skimmer.md)" in (weights / "reader.md").read_text(encoding="utf-8")


def test_figures_of_other_networks_are_refused(
    weights: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures(reader="trba-v0").write(weights / "figures.json")
    assert cards(weights, weights / "figures.json") == 1
    assert "figures of trba-v0, but the card is of trba-v1" in capsys.readouterr().err
    assert not (weights / "reader.md").exists()


def test_a_missing_file_of_figures_is_told(
    weights: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cards(weights, weights / "nowhere.json") == 1
    assert "nowhere.json" in capsys.readouterr().err
