"""TagCRAFT: CRAFT's maps from a network light enough for a small server, and two maps more.

The maps and how lines come out of them are CRAFT's (Baek et al., "Character Region Awareness for
Text Detection", 2019). The published network spends most of its time on layers at full and half
resolution. Here a strided stem (He et al., "Deep Residual Learning for Image Recognition", 2016)
brings the photo to a quarter at once, the U-shaped rest works there and below, and the maps come
back to half resolution by sub-pixel convolution (Shi et al., "Real-Time Single Image and Video
Super-Resolution Using an Efficient Sub-Pixel Convolutional Neural Network", 2016).

Beside the region and the affinity of characters, each pixel of text tells how much it looks like
a part of a style code, and in which direction the text reads.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

MAPS = ("region", "affinity", "code", "along_x", "along_y")
"""Channels of the output."""

Channels = tuple[int, int, int, int, int]
CHANNELS: Channels = (16, 48, 96, 160, 192)
"""At 1/2, 1/4, 1/8, 1/16 and 1/32 of the photo."""


def _unit(before: int, after: int, size: int = 3, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(before, after, size, stride, size // 2, bias=False),
        nn.BatchNorm2d(after),
        nn.ReLU(inplace=True),
    )


class Residual(nn.Module):
    """Two 3x3 convolutions added to what came in."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = _unit(channels, channels)
        self.second = nn.Sequential(
            nn.Conv2d(channels, channels, 3, padding=1, bias=False), nn.BatchNorm2d(channels)
        )

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W) to the same shape."""
        out: Tensor = functional.relu(x + self.second(self.first(x)))
        return out


class TagCraft(nn.Module):
    """RGB (B, 3, H, W), ImageNet-normalised, sides in steps of 32, to maps (B, H/2, W/2, 5).

    Region and affinity are about 0..1, `code` is log-odds, the direction (`along_x`, `along_y`)
    points where the text reads, y down. `code` and direction mean something on text only.
    """

    def __init__(self, channels: Channels = CHANNELS) -> None:
        super().__init__()
        self.channels = channels
        c2, c4, c8, c16, c32 = channels
        self.stem = _unit(3, c2, stride=2)
        self.down4 = nn.Sequential(_unit(c2, c4, stride=2), Residual(c4))
        self.down8 = nn.Sequential(_unit(c4, c8, stride=2), Residual(c8))
        self.down16 = nn.Sequential(_unit(c8, c16, stride=2), Residual(c16))
        self.down32 = nn.Sequential(_unit(c16, c32, stride=2), Residual(c32))
        self.up16 = nn.Sequential(_unit(c32 + c16, c16, 1), _unit(c16, c8))
        self.up8 = nn.Sequential(_unit(c8 + c8, c8, 1), _unit(c8, c4))
        self.up4 = nn.Sequential(_unit(c4 + c4, c4, 1), _unit(c4, c4), _unit(c4, c4))
        self.head = nn.Conv2d(c4, 4 * len(MAPS), 1)

    def forward(self, x: Tensor) -> Tensor:
        """The maps, in the order of `MAPS`."""
        y = self.between(self.stem(x))
        return functional.pixel_shuffle(self.head(y), 2).permute(0, 2, 3, 1)

    def between(self, at2: Tensor) -> Tensor:
        """What lies between stem and head: (B, C, H/2, W/2) to (B, D, H/4, W/4)."""
        at4 = self.down4(at2)
        at8 = self.down8(at4)
        at16 = self.down16(at8)
        y = self.up16(_joined(self.down32(at16), at16))
        y = self.up8(_joined(y, at8))
        out: Tensor = self.up4(_joined(y, at4))
        return out


def _joined(coarse: Tensor, fine: Tensor) -> Tensor:
    """(B, C, H, W) brought to twice its size and put before (B, D, 2H, 2W)."""
    # By a factor, not to `fine`'s size: the exported network would ask that of numbers in eight
    # bits, and turn them all back into floats for it.
    larger = functional.interpolate(coarse, scale_factor=2, mode="bilinear", align_corners=False)
    return torch.cat([larger, fine], dim=1)
