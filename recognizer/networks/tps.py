"""Thin-plate-spline rectification, the "T" of TRBA.

Source: Shi et al., "Robust Scene Text Recognition with Automatic Rectification" (2016), in the
layout of the published TRBA checkpoints (Baek et al., "What Is Wrong With Scene Text
Recognition Model Comparisons?", 2019).
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

Points = NDArray[np.float64]


def _source_points(count: int) -> Points:
    """`count` fiducial points along the top and bottom edge of the rectified crop, in -1..1."""
    xs = np.linspace(-1.0, 1.0, count // 2)
    top = np.stack([xs, np.full_like(xs, -1.0)], axis=1)
    bottom = np.stack([xs, np.full_like(xs, 1.0)], axis=1)
    return np.concatenate([top, bottom])


def _radial(distance: Points) -> Points:
    """The thin-plate kernel r^2 log r, zero at r = 0."""
    safe = np.where(distance == 0, 1.0, distance)
    return np.asarray(np.square(distance) * np.log(safe))


def _inverse_delta(points: Points) -> Points:
    """Inverse of the spline's system matrix, (F+3)x(F+3)."""
    count = len(points)
    distance = np.linalg.norm(points[:, None] - points[None], axis=2)
    np.fill_diagonal(distance, 1.0)
    kernel = np.square(distance) * np.log(distance)
    ones = np.ones((count, 1))
    top = np.concatenate([ones, points, kernel], axis=1)
    middle = np.concatenate([np.zeros((2, 3)), points.T], axis=1)
    bottom = np.concatenate([np.zeros((1, 3)), ones.T], axis=1)
    return np.asarray(np.linalg.inv(np.concatenate([top, middle, bottom])))


def _lifted_grid(points: Points, height: int, width: int) -> Points:
    """Every output pixel lifted to the spline's basis, (height*width)x(F+3)."""
    xs = (np.arange(-width, width, 2) + 1.0) / width
    ys = (np.arange(-height, height, 2) + 1.0) / height
    grid = np.stack(np.meshgrid(xs, ys), axis=2).reshape(-1, 2)
    distance = np.linalg.norm(grid[:, None] - points[None], axis=2)
    ones = np.ones((len(grid), 1))
    return np.concatenate([ones, grid, _radial(distance + 1e-6)], axis=1)


class LocalizationNetwork(nn.Module):
    """Predicts where the fiducial points lie on the crop: (B, 1, H, W) to (B, F, 2)."""

    def __init__(self, fiducials: int, width: float) -> None:
        super().__init__()
        self.fiducials = fiducials
        c1, c2, c3, c4 = (max(8, round(c * width)) for c in (64, 128, 256, 512))
        layers: list[nn.Module] = []
        for before, after in ((1, c1), (c1, c2), (c2, c3), (c3, c4)):
            layers += [nn.Conv2d(before, after, 3, 1, 1, bias=False), nn.BatchNorm2d(after)]
            layers += [nn.ReLU(), nn.MaxPool2d(2, 2)]
        layers[-1] = nn.AdaptiveAvgPool2d(1)
        self.conv = nn.Sequential(*layers)
        hidden = max(32, round(256 * width))
        self.localization_fc1 = nn.Sequential(nn.Linear(c4, hidden), nn.ReLU())
        self.localization_fc2 = nn.Linear(hidden, fiducials * 2)
        # Start from the identity: an untrained spline would scramble what the reader has to learn.
        nn.init.zeros_(self.localization_fc2.weight)
        with torch.no_grad():
            self.localization_fc2.bias.copy_(
                torch.from_numpy(_source_points(fiducials)).float().reshape(-1)
            )

    def forward(self, crops: Tensor) -> Tensor:
        """Fiducial points in -1..1."""
        features = self.conv(crops).flatten(1)
        points: Tensor = self.localization_fc2(self.localization_fc1(features))
        return points.view(-1, self.fiducials, 2)


class GridGenerator(nn.Module):
    """Turns fiducial points into a sampling grid; holds the spline's constants as buffers.

    Grid = P_hat @ inv_delta_C @ fiducials. The two constants, kept under their published names,
    are multiplied once, in double precision: in single precision their large terms, which cancel
    out, would move the grid by thousandths of a pixel, otherwise on every machine.
    """

    inv_delta_C: Tensor  # noqa: N815 (the published name)
    P_hat: Tensor
    blend: Tensor

    def __init__(self, fiducials: int, height: int, width: int) -> None:
        super().__init__()
        points = _source_points(fiducials)
        inverse = torch.from_numpy(_inverse_delta(points)).double()
        lifted = torch.from_numpy(_lifted_grid(points, height, width)).double()
        self.register_buffer("inv_delta_C", inverse.float())
        self.register_buffer("P_hat", lifted.float())
        blend = (lifted @ inverse)[:, :fiducials].float()
        self.register_buffer("blend", blend, persistent=False)

    def forward(self, fiducials: Tensor) -> Tensor:
        """(B, F, 2) fiducials to (B, height*width, 2) sampling points."""
        return self.blend @ fiducials


class TpsRectifier(nn.Module):
    """Rectifies crops (B, 1, H, W) to the same size."""

    def __init__(self, height: int, width: int, channels: float, fiducials: int = 20) -> None:
        super().__init__()
        self.height, self.width = height, width
        self.LocalizationNetwork = LocalizationNetwork(fiducials, channels)
        self.GridGenerator = GridGenerator(fiducials, height, width)

    def forward(self, crops: Tensor) -> Tensor:
        """Sample the crops along the predicted spline."""
        fiducials = self.LocalizationNetwork(crops)
        with torch.autocast(crops.device.type, enabled=False):
            grid = self.GridGenerator(fiducials.float()).view(-1, self.height, self.width, 2)
            return functional.grid_sample(
                crops.float(), grid, padding_mode="border", align_corners=True
            )
