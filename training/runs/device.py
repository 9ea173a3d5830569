"""Where a network lies while it is trained, and in which memory layout."""

from __future__ import annotations

from typing import TypeVar

import torch
from torch import nn


def computes_in_half(device: torch.device) -> bool:
    """Whether bfloat16 is computed as such there; elsewhere it takes ten times as long."""
    if device.type != "cpu":
        return True
    return bool(
        torch.backends.mkldnn.is_available() and torch.ops.mkldnn._is_mkldnn_bf16_supported()
    )


Network = TypeVar("Network", bound=nn.Module)


def placed(network: Network, device: torch.device) -> Network:
    """The network on `device`, convolutions in channels-last order (faster on CPU and GPU)."""
    network = network.to(device)
    for parameter in network.parameters():
        if parameter.dim() == 4:
            parameter.data = parameter.data.contiguous(memory_format=torch.channels_last)
    return network
