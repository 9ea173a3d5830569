"""Fit the ranking's weights: the right span's part among all of its tag, or none's, made large.

A conditional logistic regression (McFadden, 1974) in which, on photos, "no code" is one of the
choices, its log-odds 0, with a Gaussian prior around the weights set by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp, softmax

from stylecode.ranking.signals import SIGNALS, Signal, Weight, parsed_weights
from training.errors import TooFewTagsError
from training.ranking.tags import Tag

PULL = 5.0  # nats that a weight one off its prior costs; of 1 to 20 by real tags left out in turn
LEAST_TAGS = 100
WEIGHTS_FILE = Path(str(files("stylecode.ranking") / "weights.toml"))

Weights = NDArray[np.float64]


def fitted(
    tags: Sequence[Tag], priors: Weights, held: NDArray[np.bool_], pull: float = PULL
) -> Weights:
    """The weights, in the order of SIGNALS, `held` ones as they were; raises TooFewTagsError."""
    telling = _telling(tags)
    if len(telling) < LEAST_TAGS:
        raise TooFewTagsError(f"{len(telling)} tags are too few to fit the ranking on")

    def cost(weights: Weights) -> tuple[float, Weights]:
        off = weights - priors
        total, slope = pull * float(off @ off), 2 * pull * off
        for tag in telling:
            one, its = surprise(weights, tag)
            total, slope = total + one, slope + its
        return total, np.where(held, 0.0, slope)

    return np.asarray(minimize(cost, priors, jac=True, method="L-BFGS-B").x)


def mean_surprise(weights: Weights, tags: Sequence[Tag]) -> float:
    """Nats a tag, of those on which something reads as their code, or that have none."""
    telling = _telling(tags)
    return sum(surprise(weights, tag)[0] for tag in telling) / max(1, len(telling))


def _telling(tags: Sequence[Tag]) -> list[Tag]:
    """A coded tag on which nothing reads as its code says nothing of the weights."""
    return [tag for tag in tags if tag.right.any() or not tag.coded]


def surprise(weights: Weights, tag: Tag) -> tuple[float, Weights]:
    """Nats by which a tag's truth surprises, and their slope in the weights."""
    signals, true = tag.signals, tag.right
    if not tag.crop:
        signals, true = np.vstack([signals, np.zeros(len(weights))]), np.append(true, not tag.coded)
    odds = signals @ weights
    nats = logsumexp(odds) - logsumexp(odds[true])
    return float(nats), softmax(odds) @ signals - softmax(odds[true]) @ signals[true]


def held_of(weights: Mapping[Signal, Weight]) -> NDArray[np.bool_]:
    """Which weights stay: those whose signal also casts doubt on a shape, which is not fitted.

    The two are one decision: whether a shape may overrule what was read (GZS174 for GZ5174).
    """
    return np.array([weights[name].doubt != 0 for name in SIGNALS])


def priors_of(weights: Mapping[Signal, Weight]) -> Weights:
    """The weights set by hand, in the order of SIGNALS."""
    return np.array([weights[name].prior for name in SIGNALS])


def write(path: Path, weights: Weights) -> None:
    """Write each weight behind its prior; all else in the file stays as it is.

    Raises WeightsError where it is no file of weights.
    """
    lines = path.read_text("utf-8").splitlines()
    parsed_weights("\n".join(lines))
    told = iter(weights.tolist())
    kept = [line for line in lines if not line.startswith("weight = ")]
    found: list[str] = []
    for line in kept:
        found += [line, f"weight = {next(told):.2f}"] if line.startswith("prior = ") else [line]
    path.write_text("\n".join(found) + "\n", "utf-8")
