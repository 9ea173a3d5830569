from __future__ import annotations

from pathlib import Path

import pytest
import torch

from recognizer.errors import ModelError
from recognizer.networks.craft import CRAFT
from recognizer.networks.published import load_craft, load_trba
from recognizer.networks.trba import TRBA, TrbaConfig
from recognizer.reading.tokenizer import PUBLISHED_CHARACTERS

SMALL = TrbaConfig(32, 96, 40, channels=0.125, hidden=32)


def shapes(network: torch.nn.Module) -> dict[str, tuple[int, ...]]:
    return {name: tuple(value.shape) for name, value in network.state_dict().items()}


def test_craft_has_the_layout_of_easyocr() -> None:
    craft = pytest.importorskip("easyocr.craft", reason="EasyOCR is in the extra `torch`")
    theirs = craft.CRAFT(pretrained=False)
    assert shapes(CRAFT()) == shapes(theirs)


def test_craft_computes_what_easyocr_computes() -> None:
    craft = pytest.importorskip("easyocr.craft", reason="EasyOCR is in the extra `torch`")
    torch.manual_seed(0)
    theirs = craft.CRAFT(pretrained=False).eval()
    ours = CRAFT().eval()
    ours.load_state_dict(theirs.state_dict())
    photo = torch.randn(1, 3, 64, 96)
    with torch.no_grad():
        assert torch.allclose(ours(photo), theirs(photo)[0], atol=1e-4)


def test_trba_has_the_published_layout() -> None:
    found = shapes(TRBA(TrbaConfig()))
    expected = {
        "Transformation.LocalizationNetwork.conv.0.weight": (64, 1, 3, 3),
        "Transformation.LocalizationNetwork.conv.12.weight": (512, 256, 3, 3),
        "Transformation.LocalizationNetwork.localization_fc1.0.weight": (256, 512),
        "Transformation.LocalizationNetwork.localization_fc2.weight": (40, 256),
        "Transformation.GridGenerator.inv_delta_C": (23, 23),
        "Transformation.GridGenerator.P_hat": (3200, 23),
        "FeatureExtraction.ConvNet.conv0_1.weight": (32, 1, 3, 3),
        "FeatureExtraction.ConvNet.conv0_2.weight": (64, 32, 3, 3),
        "FeatureExtraction.ConvNet.layer1.0.downsample.0.weight": (128, 64, 1, 1),
        "FeatureExtraction.ConvNet.layer2.1.conv2.weight": (256, 256, 3, 3),
        "FeatureExtraction.ConvNet.layer3.4.bn2.running_var": (512,),
        "FeatureExtraction.ConvNet.layer4.2.conv1.weight": (512, 512, 3, 3),
        "FeatureExtraction.ConvNet.conv4_1.weight": (512, 512, 2, 2),
        "FeatureExtraction.ConvNet.bn4_2.weight": (512,),
        "SequenceModeling.0.rnn.weight_ih_l0": (1024, 512),
        "SequenceModeling.0.rnn.weight_hh_l0_reverse": (1024, 256),
        "SequenceModeling.1.linear.weight": (256, 512),
        "Prediction.attention_cell.i2h.weight": (256, 256),
        "Prediction.attention_cell.h2h.bias": (256,),
        "Prediction.attention_cell.score.weight": (1, 256),
        "Prediction.attention_cell.rnn.weight_ih": (1024, 352),
        "Prediction.generator.weight": (96, 256),
    }
    assert {name: found.get(name) for name in expected} == expected
    # The published file counts 49.6 million parameters in its tensors' sizes.
    parameters = sum(p.numel() for p in TRBA(TrbaConfig()).parameters())
    assert 49_000_000 < parameters < 50_000_000


def test_an_untrained_spline_leaves_the_crop_as_it_is() -> None:
    trba = TRBA(SMALL).eval()
    crops = torch.rand(2, 1, 32, 96)
    smooth = torch.nn.functional.avg_pool2d(crops, 5, 1, 2)
    with torch.no_grad():
        rectified = trba.Transformation(smooth)
    assert (rectified - smooth)[..., 2:-2, 4:-4].abs().mean() < 0.03


def test_teaching_and_greedy_reading_agree_on_the_same_inputs() -> None:
    torch.manual_seed(1)
    trba = TRBA(SMALL).eval()
    with torch.no_grad():
        features = trba.encode(torch.rand(3, 1, 32, 96))
        greedy = trba.Prediction.greedy(features, 6)
        inputs = torch.cat([torch.zeros(3, 1, dtype=torch.long), greedy.argmax(2)[:, :-1]], dim=1)
        taught = trba.Prediction.teach(features, inputs)
    assert torch.allclose(greedy, taught, atol=1e-5)


def published_file(path: Path, network: torch.nn.Module, *, old: bool = False) -> Path:
    """A checkpoint as data-parallel training writes it."""
    state = {f"module.{name}": value for name, value in network.state_dict().items()}
    if old:
        state = {name: v for name, v in state.items() if not name.endswith("num_batches_tracked")}
    torch.save(state, path)
    return path


def test_a_published_craft_checkpoint_loads(tmp_path: Path) -> None:
    torch.manual_seed(2)
    source = CRAFT().eval()
    loaded = load_craft(published_file(tmp_path / "craft.pth", source, old=True))
    photo = torch.randn(1, 3, 32, 32)
    with torch.no_grad():
        assert torch.equal(loaded(photo), source(photo))


def test_a_published_trba_checkpoint_loads(tmp_path: Path) -> None:
    torch.manual_seed(3)
    source = TRBA(TrbaConfig()).eval()
    loaded, tokenizer = load_trba(published_file(tmp_path / "trba.pth", source))
    assert tokenizer.characters == PUBLISHED_CHARACTERS
    crops = torch.rand(1, 1, 32, 100)
    with torch.no_grad():
        assert torch.equal(loaded(crops, 5), source(crops, 5))


def test_other_checkpoints_are_refused_by_name(tmp_path: Path) -> None:
    path = published_file(tmp_path / "small.pth", TRBA(SMALL))
    with pytest.raises(ModelError, match=r"small\.pth: other sizes"):
        load_trba(path)
    with pytest.raises(ModelError, match=r"small\.pth: other layout"):
        load_craft(path)
    (tmp_path / "junk.pth").write_bytes(b"junk")
    with pytest.raises(ModelError, match=r"junk\.pth: not a torch checkpoint"):
        load_craft(tmp_path / "junk.pth")
    with pytest.raises(ModelError, match=r"gone\.pth"):
        load_craft(tmp_path / "gone.pth")
