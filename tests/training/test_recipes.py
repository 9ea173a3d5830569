from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import pytest
import torch

from datasets.crops.settings import CURRENT, VERSIONS
from recognizer.reading.tokenizer import Tokenizer
from training.errors import UnknownVersionError
from training.reader.reader import ReaderPlan, Trainee
from training.reader.recipes import LATEST, READERS, Origin, lineage, recipe_of, taken_over

STAGES = ("layer1", "layer2", "layer3", "layer4")


def network(version: str) -> Trainee:
    return Trainee(ReaderPlan((), Path(), READERS[version]), Tokenizer())


def test_versions_start_from_versions_that_exist() -> None:
    for name, recipe in READERS.items():
        chain = lineage(name)
        assert chain[-1] == name
        assert READERS[chain[0]].after is None
        assert len(set(chain)) == len(chain)
        assert recipe.settings in VERSIONS.values()
    assert LATEST in READERS
    assert READERS[LATEST].settings is CURRENT


def test_versions_draw_from_seeds_of_their_own() -> None:
    assert len({recipe.seed for recipe in READERS.values()}) == len(READERS)


@pytest.mark.parametrize("version", [name for name, one in READERS.items() if one.after])
def test_the_blocks_are_those_that_are_kept(version: str) -> None:
    recipe = READERS[version]
    before, kept = READERS[recipe.encoder or recipe.after or ""], dict(recipe.kept)
    assert set(kept) <= set(STAGES)
    for stage, had, has in zip(STAGES, before.blocks, recipe.blocks, strict=True):
        taken = kept.get(stage, tuple(range(had)))
        assert len(taken) == has
        assert list(taken) == sorted(set(taken))
        assert max(taken) < had


def test_a_pruned_network_takes_over_the_right_blocks() -> None:
    state = network("v1").state_dict()
    found = taken_over(state, READERS["v2"])
    pruned = network("v2")
    pruned.load_state_dict(found)  # raises where a tensor is missing, left over or of another size
    stage = "trba.FeatureExtraction.ConvNet"
    for layer, new, old in (("layer3", 2, 4), ("layer3", 1, 1), ("layer4", 0, 1), ("layer4", 1, 2)):
        for part in ("conv1.weight", "bn2.running_mean", "bn1.num_batches_tracked"):
            assert found[f"{stage}.{layer}.{new}.{part}"] is state[f"{stage}.{layer}.{old}.{part}"]
    assert found["ctc.weight"] is state["ctc.weight"]
    assert taken_over(state, READERS["v1"]) == state


def test_what_a_checkpoint_says_of_its_making_comes_back(tmp_path: Path) -> None:
    odd = replace(READERS["v2"], settings=replace(CURRENT, version="v2-try", noise=0.3))
    torch.save(asdict(Origin.of(odd)), tmp_path / "origin")
    assert Origin.parse(torch.load(tmp_path / "origin", weights_only=True)) == Origin.of(odd)


def test_an_unknown_version_is_named() -> None:
    with pytest.raises(UnknownVersionError, match=r"v99.*known: v1, v2"):
        recipe_of("v99")
