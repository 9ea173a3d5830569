"""Published checkpoints into our classes: CRAFT (the authors', EasyOCR's) and TRBA (clovaai's)."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import torch
from torch import Tensor, nn

from recognizer.errors import ModelError
from recognizer.networks.craft import CRAFT
from recognizer.networks.trba import TRBA, TrbaConfig
from recognizer.reading.tokenizer import PUBLISHED_CHARACTERS, Tokenizer

Network = TypeVar("Network", bound=nn.Module)


def load_craft(path: Path) -> CRAFT:
    """A CRAFT checkpoint of the published layout (such as craft_mlt_25k.pth), in eval mode.

    Raises ModelError where the file is unreadable or holds other tensors.
    """
    return _filled(CRAFT(), path)


def load_trba(path: Path, tokenizer: Tokenizer | None = None) -> tuple[TRBA, Tokenizer]:
    """A TRBA checkpoint of the published layout (32x100, case-sensitive), in eval mode.

    Returns the network and the tokenizer that fits it. Raises ModelError as `load_craft` does.
    """
    tokenizer = tokenizer or Tokenizer(PUBLISHED_CHARACTERS)
    return _filled(TRBA(TrbaConfig(classes=tokenizer.classes)), path), tokenizer


def _filled(network: Network, path: Path) -> Network:
    state = _tensors(path)
    wanted = network.state_dict()
    missing, strange = wanted.keys() - state.keys(), state.keys() - wanted.keys()
    # Old checkpoints lack the counters that newer torch keeps in batch normalisation.
    missing = {name for name in missing if not name.endswith("num_batches_tracked")}
    if missing or strange:
        raise ModelError(
            f"{path}: other layout; missing {sorted(missing)[:3]}, unknown {sorted(strange)[:3]}"
        )
    try:
        network.load_state_dict(state, strict=False)
    except RuntimeError as error:
        raise ModelError(f"{path}: other sizes; {str(error).splitlines()[-1].strip()}") from error
    return network.eval()


def _tensors(path: Path) -> dict[str, Tensor]:
    """Tensors by name, without the `module.` that data-parallel training leaves in front."""
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:
        raise ModelError(f"{path}: not a torch checkpoint ({type(error).__name__})") from error
    if isinstance(state, dict) and isinstance(state.get("state_dict"), dict):
        state = state["state_dict"]
    if not isinstance(state, dict) or not all(isinstance(v, Tensor) for v in state.values()):
        raise ModelError(f"{path}: not a mapping of names to tensors")
    return {str(name).removeprefix("module."): value for name, value in state.items()}
