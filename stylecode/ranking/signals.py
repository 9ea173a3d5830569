"""What speaks for and against a span being a style code: named signals, times weights of a file.

`weights.toml` beside this module has a weight for each; `python -m training ranking` fits them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from stylecode.errors import WeightsError
from stylecode.tag.labels import Label

Signal = Literal[
    "strength",
    "label",
    "weak label",
    "other label",
    "brand",
    "other brand",
    "bare digits",
    "digits alone on a line",
    "digits in one run",
    "unnamed run of digits",
    "shapeless",
    "shapeless digits",
    "shapeless beside a shape",
    "three digits",
    "rich",
    "split",
    "like a number",
    "like a serial number",
    "like a word",
    "begun",
    "open end",
    "tied to a number",
    "tied to a word",
    "after a date",
    "of a year",
    "of a month",
    "on a receipt",
    "illegible",
    "looks",
    "cut",
    "cut number",
    "at the edge, whole",
    "behind a cut label",
    "misfit",
    "misfit of what is fixed",
    "twin",
    "stray separator",
    "another shape's separator",
    "size beside",
    "spaced",
    "apart",
    "joined",
    "stroke left out",
    "one left out",
    "letter left out",
    "smudge left out",
    "crop",
    "whole line",
    "no digit",
    "labelled line",
    "cut neighbour",
    "word left out",
    "sure character left out",
    "doubtful character left out",
]
"""What each means is said beside its weight."""

Signals = tuple[tuple[Signal, float], ...]
"""Signals with their values: 1 for what is so, else the measure that `weights.toml` names."""

NOTHING: Signals = ()

SIGNALS: tuple[Signal, ...] = get_args(Signal)


@dataclass(frozen=True, slots=True)
class Weight:
    """What a signal adds to the log-odds of a place, per unit, and to the doubt of its shape.

    `prior` is where a fit begins and what it is pulled towards; `why` says what the signal is.
    """

    weight: float
    prior: float
    doubt: float
    why: str


@cache
def weights() -> Mapping[Signal, Weight]:
    """The weights of the file, all signals and no others; raises WeightsError."""
    return parsed_weights((files(__package__) / "weights.toml").read_text("utf-8"))


def parsed_weights(text: str) -> Mapping[Signal, Weight]:
    """Weights as TOML; raises WeightsError where it is none, or a signal is missing or unknown."""
    try:
        tables = tomllib.loads(text)
        found = {name: _weight(table) for name, table in tables.items()}
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise WeightsError(str(error)) from error
    odd = set(found) ^ set(SIGNALS)
    if odd:
        raise WeightsError(f"missing or unknown: {', '.join(sorted(odd))}")
    return {name: found[name] for name in SIGNALS}


def _weight(table: Mapping[str, object]) -> Weight:
    prior, doubt = float(str(table["prior"])), float(str(table.get("doubt", 0.0)))
    if not table["why"]:
        raise ValueError("a weight without its reason")
    return Weight(float(str(table.get("weight", prior))), prior, doubt, str(table["why"]))


@cache
def _log_odds() -> dict[Signal, float]:
    return {name: weight.weight for name, weight in weights().items()}


def log_odds(signals: Signals) -> float:
    """What the signals add up to."""
    table = _log_odds()
    total = 0.0
    for name, value in signals:
        total += table[name] * value
    return total


def doubt_of(signals: Signals) -> float:
    """What the signals take from a shape's part among those of its span, in nats."""
    table = weights()
    return sum(table[name].doubt * value for name, value in signals)


def terms(signals: Signals) -> dict[str, float]:
    """What each signal adds to the log-odds, the weightiest first; only those that add any."""
    table = _log_odds()
    added: dict[str, float] = {}
    for name, value in signals:
        added[name] = added.get(name, 0.0) + table[name] * value
    ordered = sorted(added.items(), key=lambda one: (-abs(one[1]), one[0]))
    return {name: value for name, value in ordered if value}


def when(name: Signal, so: bool = True) -> Signals:
    """The signal where it is so, else nothing."""
    return ((name, 1.0),) if so else NOTHING


def scaled(signals: Signals, by: float) -> Signals:
    """The signals, each so many times."""
    return tuple((name, value * by) for name, value in signals) if by else NOTHING


_OF_LABELS: Mapping[Label, Signals] = {
    Label.GOOD: when("label"),
    Label.WEAK: when("weak label"),
    Label.NONE: NOTHING,
    Label.OTHER: when("other label"),
}


def named_by(label: Label) -> Signals:
    """The signal of what stands in front of a span, or above it."""
    return _OF_LABELS[label]
