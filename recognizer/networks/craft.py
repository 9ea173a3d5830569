"""CRAFT: character region awareness for text detection.

Source: Baek et al., "Character Region Awareness for Text Detection" (2019). Topology and
state-dict names are the published ones (VGG16 with batch normalisation, U-shaped decoder), so
at width 1 the authors' checkpoint, which EasyOCR also ships, loads; `width` scales all channels.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional


def _vgg_block(before: int, after: int) -> list[nn.Module]:
    return [nn.Conv2d(before, after, 3, padding=1), nn.BatchNorm2d(after), nn.ReLU(inplace=True)]


def _pool() -> nn.Module:
    return nn.MaxPool2d(2, 2)


def _named(modules: list[nn.Module], first: int) -> nn.Sequential:
    """A Sequential whose children carry the numbers they have in VGG16's own list."""
    block = nn.Sequential()
    for i, module in enumerate(modules):
        block.add_module(str(first + i), module)
    return block


class Vgg16Bn(nn.Module):
    """The backbone in CRAFT's five slices; `c` are the channels of VGG's five stages."""

    def __init__(self, c: tuple[int, int, int, int, int]) -> None:
        super().__init__()
        one = [*_vgg_block(3, c[0]), *_vgg_block(c[0], c[0]), _pool()]
        one += [*_vgg_block(c[0], c[1]), *_vgg_block(c[1], c[1])[:2]]
        two = [nn.ReLU(), _pool(), *_vgg_block(c[1], c[2]), *_vgg_block(c[2], c[2])[:2]]
        three = [nn.ReLU(), *_vgg_block(c[2], c[2]), _pool()]
        three += [*_vgg_block(c[2], c[3]), *_vgg_block(c[3], c[3])[:2]]
        four = [nn.ReLU(), *_vgg_block(c[3], c[3]), _pool()]
        four += [*_vgg_block(c[3], c[3]), *_vgg_block(c[3], c[3])[:2]]
        self.slice1, self.slice2 = _named(one, 0), _named(two, 12)
        self.slice3, self.slice4 = _named(three, 19), _named(four, 29)
        self.slice5 = nn.Sequential(
            nn.MaxPool2d(3, 1, 1),
            nn.Conv2d(c[3], c[4], 3, padding=6, dilation=6),
            nn.Conv2d(c[4], c[4], 1),
        )

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Features at 1/2, 1/4, 1/8, 1/16 and again 1/16, finest first.

        The published code hands slices 1 to 3 on after the next slice's in-place ReLU has passed
        over them, and its weights count on that; here the ReLU is written out.
        """
        s1 = self.slice1(x)
        s2 = self.slice2(s1)
        s3 = self.slice3(s2)
        s4 = self.slice4(s3)
        relu = functional.relu
        return relu(s1), relu(s2), relu(s3), s4, self.slice5(s4)


class DoubleConv(nn.Module):
    """1x1 then 3x3 convolution, as the decoder joins two scales."""

    def __init__(self, before: int, middle: int, after: int) -> None:
        super().__init__()
        self.conv = nn.Sequential(
            nn.Conv2d(before, middle, 1),
            nn.BatchNorm2d(middle),
            nn.ReLU(inplace=True),
            nn.Conv2d(middle, after, 3, padding=1),
            nn.BatchNorm2d(after),
            nn.ReLU(inplace=True),
        )

    def forward(self, x: Tensor) -> Tensor:
        """(B, before, H, W) to (B, after, H, W)."""
        out: Tensor = self.conv(x)
        return out


class CRAFT(nn.Module):
    """RGB (B, 3, H, W), ImageNet-normalised, to maps (B, H/2, W/2, 2): region and affinity."""

    def __init__(self, width: float = 1.0) -> None:
        super().__init__()

        def n(channels: int) -> int:
            return max(4, round(channels * width))

        c = (n(64), n(128), n(256), n(512), n(1024))
        self.basenet = Vgg16Bn(c)
        self.upconv1 = DoubleConv(c[4] + c[3], c[3], c[2])
        self.upconv2 = DoubleConv(c[3] + c[2], c[2], c[1])
        self.upconv3 = DoubleConv(c[2] + c[1], c[1], c[0])
        self.upconv4 = DoubleConv(c[1] + c[0], c[0], n(32))
        self.conv_cls = nn.Sequential(
            *(nn.Conv2d(n(32), n(32), 3, padding=1), nn.ReLU(inplace=True)),
            *(nn.Conv2d(n(32), n(32), 3, padding=1), nn.ReLU(inplace=True)),
            *(nn.Conv2d(n(32), n(16), 3, padding=1), nn.ReLU(inplace=True)),
            *(nn.Conv2d(n(16), n(16), 1), nn.ReLU(inplace=True)),
            nn.Conv2d(n(16), 2, 1),
        )

    def forward(self, x: Tensor) -> Tensor:
        """Region and affinity scores, about 0..1."""
        s1, s2, s3, s4, s5 = self.basenet(x)
        y = self.upconv1(torch.cat([s5, s4], dim=1))
        y = self.upconv2(torch.cat([_like(y, s3), s3], dim=1))
        y = self.upconv3(torch.cat([_like(y, s2), s2], dim=1))
        y = self.upconv4(torch.cat([_like(y, s1), s1], dim=1))
        out: Tensor = self.conv_cls(y)
        return out.permute(0, 2, 3, 1)


def _like(coarse: Tensor, fine: Tensor) -> Tensor:
    return functional.interpolate(coarse, fine.shape[2:], mode="bilinear", align_corners=False)
