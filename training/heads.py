"""The network that is trained and exported: TRBA, and the CTC head on the same features."""

from __future__ import annotations

from torch import nn

from recognizer.networks.trba import TRBA, TrbaConfig


class TwoHeads(nn.Module):
    """TRBA and the CTC head, under the names of checkpoints and of `reader.safetensors`."""

    def __init__(self, config: TrbaConfig) -> None:
        super().__init__()
        self.trba = TRBA(config)
        self.ctc = nn.Linear(config.hidden, config.classes)  # class 0, [GO], is the blank
