"""TagCRAFT as it is served: the photo's bytes in, maps out, and nothing done twice on the way.

The same function as the trained network's, but for the photo's margin. What serving would do to
each pixel before, and to each number after, is done once to the weights: the colours' normalisation
goes into the first convolution, the order that the maps need into the last. The bytes have a fourth
channel, which counts for nothing: processors take four at a time.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from recognizer.finding.finder import DEVIATION, MEAN
from recognizer.networks.tagcraft import MAPS, TagCraft

BLACK = 116
"""The grey that counts as zero, and so lies around the photo: the colours' mean, rounded."""


class ServedTagCraft(nn.Module):
    """Centred RGBx (1, H, W, 4), bytes less `BLACK`, sides in steps of 32, to (1, H/2, W/2, 5)."""

    def __init__(self, net: TagCraft) -> None:
        super().__init__()
        self.net = net
        self.stem = nn.Sequential(_first(net.stem[0]), *list(net.stem)[1:])
        size, maps = net.channels[1], len(MAPS)
        # From (map, row, column) to (row, column, map), so that whole pixels are moved below.
        weight = net.head.weight.detach().view(maps, 2, 2, size).permute(3, 1, 2, 0)
        self.weight = nn.Parameter(weight.reshape(size, 4 * maps).contiguous())
        bias = net.head.bias
        assert bias is not None
        self.bias = nn.Parameter(bias.detach().view(maps, 2, 2).permute(1, 2, 0).reshape(-1))

    def forward(self, photo: Tensor) -> Tensor:
        """The maps, in the order of `MAPS`."""
        y = self.net.between(self.stem(photo.permute(0, 3, 1, 2)))
        y = y.permute(0, 2, 3, 1) @ self.weight + self.bias
        _, height, width, _ = y.shape
        y = y.reshape(height, width, 2, 2, len(MAPS)).permute(0, 2, 1, 3, 4)
        maps: Tensor = y.reshape(1, 2 * height, 2 * width, len(MAPS))
        return maps


def _first(trained: nn.Module) -> nn.Conv2d:
    """The first convolution, for bytes less `BLACK` instead of normalised colours."""
    assert isinstance(trained, nn.Conv2d)
    weight = trained.weight.detach()
    mean, deviation = 255 * torch.tensor(MEAN), 255 * torch.tensor(DEVIATION)
    first = nn.Conv2d(4, len(weight), 3, 2, 1)
    assert first.bias is not None
    with torch.no_grad():
        first.weight.zero_()
        first.weight[:, :3] = weight / deviation[None, :, None, None]
        first.bias.copy_(weight.sum((2, 3)) @ ((BLACK - mean) / deviation))
    return first
