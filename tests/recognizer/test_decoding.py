from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from recognizer.models import ModelFiles
from recognizer.reading.decoding import Decoder, Features, ctc_best, ctc_scores
from recognizer.reading.recogniser import Recogniser
from recognizer.reading.tokenizer import STOP, Tokenizer
from tests.recognizer.lines import printed

TOKENIZER = Tokenizer("AB")  # classes: go, stop, A, B
NOTHING = np.zeros((1, 3, 1), np.float32)
FEATURES = Features(NOTHING, NOTHING, NOTHING)


class TableSession:
    """A decoder whose next character depends on the last one alone: rows of a table."""

    def __init__(self, table: NDArray[np.float32]) -> None:
        self.table = table

    def run(self, _: Sequence[str] | None, inputs: Mapping[str, Any]) -> list[Any]:
        return [self.table[inputs["last"]], inputs["hidden"], inputs["cell"]]


def table(seed: int) -> NDArray[np.float32]:
    shares = np.random.default_rng(seed).random((4, 4)).astype(np.float32) ** 3
    shares[:, 0] = 0
    return np.asarray(shares / shares.sum(1, keepdims=True), np.float32)


def decoder(shares: NDArray[np.float32], steps: int = 5) -> Decoder:
    return Decoder(TableSession(shares), TOKENIZER, hidden=2, steps=steps)


def likelihood(shares: NDArray[np.float32], text: Sequence[int]) -> float:
    path = [0, *text, STOP]
    return float(np.prod([shares[a, b] for a, b in itertools.pairwise(path)]))


def _begun(shares: NDArray[np.float32], text: Sequence[int]) -> float:
    return float(np.prod([shares[a, b] for a, b in itertools.pairwise([0, *text])]))


@settings(deadline=None)  # times say more of the machine than of the code
@given(st.integers(0, 10_000))
def test_a_wide_beam_finds_the_likeliest_text(seed: int) -> None:
    shares = table(seed)
    found = decoder(shares, steps=6).beam(FEATURES, width=200)[0]
    texts = [t for n in range(6) for t in itertools.product((2, 3), repeat=n)]
    unfinished = list(itertools.product((2, 3), repeat=6))
    best = max(texts, key=lambda text: likelihood(shares, text))
    if max(_begun(shares, text) for text in unfinished) > likelihood(shares, best):
        return  # no end within reach; the next test is about that
    assert found[0].confidence == pytest.approx(likelihood(shares, best), rel=1e-4)
    assert likelihood(shares, found[0].classes) == pytest.approx(found[0].confidence, rel=1e-4)


@settings(deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 6))
def test_beams_are_in_order_different_and_spelled_by_their_leading_alternatives(
    seed: int, width: int
) -> None:
    found = decoder(table(seed)).beam(FEATURES, width)[0]
    assert 1 <= len(found) <= width
    assert len({one.text for one in found}) == len(found)
    confidences = [one.confidence for one in found]
    assert all(a >= b * 0.999 for a, b in itertools.pairwise(confidences))
    for one in found:
        assert "".join(likely[0][0] for likely in one.alternatives) == one.text


def test_a_line_without_an_end_is_still_read() -> None:
    endless = np.zeros((4, 4), np.float32)
    endless[:, 2] = 1
    found = decoder(endless, steps=4).beam(FEATURES, width=3)[0]
    assert found[0].text == "AAAA"
    assert decoder(endless, steps=4).greedy(FEATURES).shape == (1, 4, 4)


class TablesSession:
    """A table for each crop: the first feature of a crop is the number of its table."""

    def __init__(self, tables: NDArray[np.float32]) -> None:
        self.tables = tables

    def run(self, _: Sequence[str] | None, inputs: Mapping[str, Any]) -> list[Any]:
        numbers = inputs["features"][:, 0, 0].astype(int)
        return [self.tables[numbers, inputs["last"]], inputs["hidden"], inputs["cell"]]


@settings(deadline=None)
@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=9))
def test_lines_that_end_early_do_not_change_the_others(seeds: list[int]) -> None:
    numbers = np.arange(len(seeds), dtype=np.float32)[:, None, None].repeat(3, axis=1)
    tables = np.stack([table(seed) for seed in seeds])
    several = Decoder(TablesSession(tables), TOKENIZER, hidden=2, steps=6)
    together = several.greedy(Features(numbers, numbers, numbers))
    for one, rows in zip(tables, together, strict=True):
        alone = TOKENIZER.decode(decoder(one, steps=6).greedy(FEATURES)[0])
        assert TOKENIZER.decode(rows) == alone


@pytest.mark.parametrize("photos", [1, 2])
def test_crops_keep_their_order_among_threads(photos: int) -> None:
    recogniser = Recogniser(ModelFiles(), threads=2)
    photo, _ = printed(40, 0.0)
    crops = [np.ascontiguousarray(photo.pixels[:, :at, 0]) for at in range(300, 600, 60)]
    alone = [recogniser.read([crop])[0] for crop in crops]
    with ExitStack() as stack:
        for _ in range(photos):
            stack.enter_context(recogniser.at_work())
        found = recogniser.read(crops)
        closely = recogniser.read_closely(crops)
    assert [one.text for one in found] == [one.text for one in alone]
    sure = [one.confidence for one in alone]
    assert [one.confidence for one in found] == pytest.approx(sure, 0.01)
    assert len(closely) == len(crops)
    assert not (recogniser.read([]) or recogniser.skim([]) or recogniser.read_closely([]))


@settings(deadline=None)
@given(st.integers(0, 10_000), st.lists(st.lists(st.integers(2, 3), max_size=4), min_size=1))
def test_ctc_scores_are_those_of_torch(seed: int, texts: list[list[int]]) -> None:
    rng = np.random.default_rng(seed)
    frames = torch.from_numpy(rng.normal(size=(9, 4)).astype(np.float32)).log_softmax(-1)
    ours = ctc_scores(frames.numpy(), texts)
    for score, text in zip(ours, texts, strict=True):
        theirs = -torch.nn.functional.ctc_loss(
            frames[:, None], torch.tensor([text], dtype=torch.long), torch.tensor([9]),
            torch.tensor([len(text)]), reduction="sum",
        )  # fmt: skip
        assert score == pytest.approx(float(theirs), abs=1e-3)


@pytest.mark.parametrize(
    ("frames", "text"),
    [
        ([0, 0, 0], []),
        ([2, 2, 0, 2], [2, 2]),
        ([2, 2, 3, 3], [2, 3]),
        ([0, 3, 0, 0, 3], [3, 3]),
    ],
)
def test_the_best_path_merges_repeats_and_drops_blanks(frames: list[int], text: list[int]) -> None:
    log_probabilities = np.log(np.eye(4, dtype=np.float32)[frames] + 1e-6)[None]
    assert ctc_best(log_probabilities) == [text]


def test_crops_read_together_are_read_as_each_alone() -> None:
    """One ends at once and one goes on, so that rows come to an end at different steps."""
    recogniser = Recogniser(ModelFiles(), threads=1)
    crops = [printed(40, 0.0)[0].pixels[..., 0], np.full((32, 100), 255, np.uint8)]
    crops.append(np.ascontiguousarray(crops[0][:, ::-1]))
    together = recogniser.read_closely(crops, width=3)
    for crop, readings in zip(crops, together, strict=True):
        alone = recogniser.read_closely([crop], width=3)[0]
        assert [one.text for one in alone] == [one.text for one in readings]
        for one, other in zip(alone, readings, strict=True):
            assert one.confidence == pytest.approx(other.confidence, rel=1e-3)
