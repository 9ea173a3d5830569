"""TRBA: TPS, ResNet, BiLSTM, Attention.

Source: Baek et al., "What Is Wrong With Scene Text Recognition Model Comparisons? Dataset and
Model Analysis" (2019). The state-dict names are the published ones, so at width 1, input
32x100 and 96 classes the authors' case-sensitive checkpoint loads; `width` scales the
convolutions' channels and `blocks` the depth of the four stages.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from recognizer.networks.tps import TpsRectifier
from recognizer.reading.tokenizer import GO, STOP


@dataclass(frozen=True, slots=True)
class TrbaConfig:
    """Sizes of a TRBA. The defaults are the published ones.

    Without `rectified` the spline is left out, and crops may have any width.
    """

    height: int = 32
    width: int = 100
    classes: int = 96
    channels: float = 1.0
    hidden: int = 256
    blocks: tuple[int, int, int, int] = (1, 2, 5, 3)
    rectified: bool = True


class BasicBlock(nn.Module):
    """Two 3x3 convolutions with a shortcut."""

    def __init__(self, before: int, after: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(before, after, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(after)
        self.conv2 = nn.Conv2d(after, after, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(after)
        self.relu = nn.ReLU(inplace=True)
        self.downsample: nn.Module | None = None
        if before != after:
            self.downsample = nn.Sequential(
                nn.Conv2d(before, after, 1, bias=False), nn.BatchNorm2d(after)
            )

    def forward(self, x: Tensor) -> Tensor:
        """(B, before, H, W) to (B, after, H, W)."""
        shortcut = x if self.downsample is None else self.downsample(x)
        x = self.relu(self.bn1(self.conv1(x)))
        out: Tensor = self.relu(self.bn2(self.conv2(x)) + shortcut)
        return out


def _layer(before: int, after: int, blocks: int) -> nn.Sequential:
    rest = [BasicBlock(after, after) for _ in range(blocks - 1)]
    return nn.Sequential(BasicBlock(before, after), *rest)


class StemConv(nn.Conv2d):
    """The first convolution, always in single precision: with one channel in and few out,
    half precision takes processors four times as long."""

    def forward(self, x: Tensor) -> Tensor:
        """(B, 1, H, W) to (B, out, H, W)."""
        with torch.autocast(x.device.type, enabled=False):
            return super().forward(x.float())


class ResNet(nn.Module):
    """(B, 1, 32, W) to (B, channels, 1, W/4 + 1)."""

    def __init__(self, out: int, blocks: tuple[int, int, int, int]) -> None:
        super().__init__()
        stem, c0, c1, c2 = out // 16, out // 8, out // 4, out // 2
        self.conv0_1 = StemConv(1, stem, 3, 1, 1, bias=False)
        self.bn0_1 = nn.BatchNorm2d(stem)
        self.conv0_2 = nn.Conv2d(stem, c0, 3, 1, 1, bias=False)
        self.bn0_2 = nn.BatchNorm2d(c0)
        self.relu = nn.ReLU(inplace=True)
        self.maxpool1 = nn.MaxPool2d(2, 2)
        self.layer1 = _layer(c0, c1, blocks[0])
        self.conv1 = nn.Conv2d(c1, c1, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(c1)
        self.maxpool2 = nn.MaxPool2d(2, 2)
        self.layer2 = _layer(c1, c2, blocks[1])
        self.conv2 = nn.Conv2d(c2, c2, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(c2)
        self.maxpool3 = nn.MaxPool2d(2, stride=(2, 1), padding=(0, 1))
        self.layer3 = _layer(c2, out, blocks[2])
        self.conv3 = nn.Conv2d(out, out, 3, 1, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(out)
        self.layer4 = _layer(out, out, blocks[3])
        self.conv4_1 = nn.Conv2d(out, out, 2, stride=(2, 1), padding=(0, 1), bias=False)
        self.bn4_1 = nn.BatchNorm2d(out)
        self.conv4_2 = nn.Conv2d(out, out, 2, stride=1, padding=0, bias=False)
        self.bn4_2 = nn.BatchNorm2d(out)

    def forward(self, x: Tensor) -> Tensor:
        """Features of a grey crop."""
        x = self.relu(self.bn0_1(self.conv0_1(x)))
        x = self.relu(self.bn0_2(self.conv0_2(x)))
        x = self.layer1(self.maxpool1(x))
        x = self.relu(self.bn1(self.conv1(x)))
        x = self.layer2(self.maxpool2(x))
        x = self.relu(self.bn2(self.conv2(x)))
        x = self.layer3(self.maxpool3(x))
        x = self.relu(self.bn3(self.conv3(x)))
        x = self.layer4(x)
        x = self.relu(self.bn4_1(self.conv4_1(x)))
        x = self.relu(self.bn4_2(self.conv4_2(x)))
        return x


class FeatureExtractor(nn.Module):
    """The ResNet under its published name."""

    def __init__(self, out: int, blocks: tuple[int, int, int, int]) -> None:
        super().__init__()
        self.ConvNet = ResNet(out, blocks)

    def forward(self, x: Tensor) -> Tensor:
        """See `ResNet`."""
        features: Tensor = self.ConvNet(x)
        return features


class BidirectionalLSTM(nn.Module):
    """(B, T, before) to (B, T, after)."""

    def __init__(self, before: int, hidden: int, after: int) -> None:
        super().__init__()
        self.rnn = nn.LSTM(before, hidden, bidirectional=True, batch_first=True)
        self.linear = nn.Linear(hidden * 2, after)

    def forward(self, x: Tensor) -> Tensor:
        """Read the sequence both ways."""
        recurrent, _ = self.rnn(x)
        out: Tensor = self.linear(recurrent)
        return out


class AttentionCell(nn.Module):
    """One step of the attention decoder."""

    def __init__(self, size: int, hidden: int, classes: int) -> None:
        super().__init__()
        self.i2h = nn.Linear(size, hidden, bias=False)
        self.h2h = nn.Linear(hidden, hidden)
        self.score = nn.Linear(hidden, 1, bias=False)
        self.rnn = nn.LSTMCell(size + classes, hidden)

    def forward(
        self, state: tuple[Tensor, Tensor], features: Tensor, keys: Tensor, one_hot: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Attend over `features` (B, T, size); `keys` is i2h(features), computed once."""
        energy = self.score(torch.tanh(keys + self.h2h(state[0]).unsqueeze(1)))
        weights = torch.softmax(energy, dim=1)
        context = (weights * features).sum(dim=1)
        new: tuple[Tensor, Tensor] = self.rnn(torch.cat([context, one_hot], dim=1), state)
        return new


class Attention(nn.Module):
    """The attention decoder."""

    def __init__(self, size: int, hidden: int, classes: int) -> None:
        super().__init__()
        self.attention_cell = AttentionCell(size, hidden, classes)
        self.hidden, self.classes = hidden, classes
        self.generator = nn.Linear(hidden, classes)

    def start(self, features: Tensor) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """Keys (B, T, hidden) and the zero state."""
        zero = features.new_zeros(features.shape[0], self.hidden)
        return self.attention_cell.i2h(features), (zero, zero)

    def step(
        self, features: Tensor, keys: Tensor, state: tuple[Tensor, Tensor], last: Tensor
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """One character: `last` (B,) classes in, logits (B, classes) and the new state out."""
        one_hot = nn.functional.one_hot(last, self.classes).to(features.dtype)
        state = self.attention_cell(state, features, keys, one_hot)
        return self.generator(state[0]), state

    def teach(self, features: Tensor, inputs: Tensor) -> Tensor:
        """Teacher forcing: `inputs` (B, S) begin with [GO]; logits (B, S, classes)."""
        keys, state = self.start(features)
        one_hots = nn.functional.one_hot(inputs, self.classes).to(features.dtype)
        hidden = []
        for i in range(inputs.shape[1]):
            state = self.attention_cell(state, features, keys, one_hots[:, i])
            hidden.append(state[0])
        logits: Tensor = self.generator(torch.stack(hidden, dim=1))
        return logits

    def greedy(self, features: Tensor, steps: int) -> Tensor:
        """Logits (B, at most `steps`, classes) of the greedy reading, until all lines end."""
        keys, state = self.start(features)
        last = torch.full((features.shape[0],), GO, dtype=torch.long, device=features.device)
        ended = torch.zeros_like(last, dtype=torch.bool)
        logits: list[Tensor] = []
        while len(logits) < steps and not bool(ended.all()):
            step, state = self.step(features, keys, state, last)
            last = step.argmax(dim=1)
            ended |= last == STOP
            logits.append(step)
        return torch.stack(logits, dim=1)


class TRBA(nn.Module):
    """The whole recogniser; crops are (B, 1, height, width) in -1..1."""

    def __init__(self, config: TrbaConfig) -> None:
        super().__init__()
        self.config = config
        out, hidden = int(512 * config.channels), config.hidden
        self.Transformation: nn.Module = nn.Identity()
        if config.rectified:
            self.Transformation = TpsRectifier(config.height, config.width, config.channels)
        self.FeatureExtraction = FeatureExtractor(out, config.blocks)
        self.SequenceModeling = nn.Sequential(
            BidirectionalLSTM(out, hidden, hidden), BidirectionalLSTM(hidden, hidden, hidden)
        )
        self.Prediction = Attention(hidden, hidden, config.classes)

    def encode(self, crops: Tensor) -> Tensor:
        """Sequence features (B, T, hidden)."""
        features = self.FeatureExtraction(self.Transformation(crops))
        # The height is 1 for 32-pixel crops; the mean keeps other heights working, as published.
        sequence: Tensor = self.SequenceModeling(features.mean(dim=2).transpose(1, 2))
        return sequence

    def forward(self, crops: Tensor, steps: int = 26) -> Tensor:
        """Logits (B, at most `steps`, classes), read greedily."""
        return self.Prediction.greedy(self.encode(crops), steps)
