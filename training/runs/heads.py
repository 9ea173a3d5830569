"""The network that is trained and exported: TRBA, and the CTC head on the same features."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from recognizer.networks.trba import TRBA, TrbaConfig

SPLINE = "trba.Transformation."
"""What the names of the rectifying spline's weights begin with; the skimmer has none."""


class TwoHeads(nn.Module):
    """TRBA and the CTC head, under the names of checkpoints and of `reader.safetensors`."""

    def __init__(self, config: TrbaConfig) -> None:
        super().__init__()
        self.trba = TRBA(config)
        self.ctc = nn.Linear(config.hidden, config.classes)  # class 0, [GO], is the blank


def alike(one: TwoHeads, other: TwoHeads) -> bool:
    """Whether both turn features into text in the same way, in half precision."""
    mine, theirs = _heads(one), _heads(other)
    return all(torch.equal(mine[name].half(), theirs[name].half()) for name in mine)


def _heads(network: TwoHeads) -> dict[str, Tensor]:
    return {name: value for name, value in network.state_dict().items() if is_of_heads(name)}


def is_of_heads(name: str) -> bool:
    """Whether a weight of this name is one of the heads', not the encoder's."""
    return name.startswith(("trba.Prediction.", "ctc."))
