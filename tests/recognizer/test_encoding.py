"""How crops are put together to be encoded: narrow ones by themselves, and as much work for each
thread."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizer.models import WEIGHTS, ModelFiles
from recognizer.reading.encoding import Encoder, batches
from recognizer.reading.input import CROP_WIDTH, STEP, recogniser_input, skimming_width

ROOMS = st.lists(st.sampled_from(range(64, 193, 32)), max_size=60)


@given(ROOMS, st.integers(1, 4), st.integers(2, 16))
def test_every_crop_is_in_one_batch_and_none_is_too_large(
    rooms: list[int], parts: int, most: int
) -> None:
    found = batches(rooms, parts, most)
    assert sorted(number for part in found for number in part) == list(range(len(rooms)))
    assert all(0 < len(part) <= most for part in found)


@given(ROOMS.filter(lambda rooms: len(rooms) >= 4), st.integers(1, 2))
def test_batches_share_the_work_and_keep_narrow_crops_together(
    rooms: list[int], parts: int
) -> None:
    found = batches(rooms, parts, most=60)
    assert len(found) == parts
    widths = [[rooms[number] for number in part] for part in found]
    assert [room for part in widths for room in part] == sorted(rooms)
    work = [sum(part) for part in widths]
    assert max(work) - min(work) <= 2 * max(rooms)


def test_a_crop_or_two_are_not_worth_a_second_batch() -> None:
    assert batches([], 2, 16) == []
    assert batches([64, 192, 96], 2, 16) == [[0, 2, 1]]
    assert batches([192] * 4, 2, 16) == [[0, 1], [2, 3]]


@given(st.integers(1, 60), st.integers(1, 900))
def test_a_text_twice_as_long_never_needs_less_room(height: int, width: int) -> None:
    crop = np.zeros((height, width), np.uint8)
    room = skimming_width(crop)
    assert room % STEP == 0
    assert 2 * STEP <= room <= skimming_width(np.zeros((height, 2 * width), np.uint8)) <= CROP_WIDTH


@pytest.fixture(scope="module")
def encoders() -> tuple[Encoder, Encoder]:
    """The reader's and the one that skims, as they are shipped."""
    files = ModelFiles(Path(WEIGHTS))
    manifest = files.manifest()["reader"]
    names = (manifest["encoder"], manifest["skimming_encoder"])
    close, fast = (Encoder(files.session(name, threads=1)) for name in names)
    return close, fast


def test_only_what_skims_takes_crops_as_narrow_as_their_texts(
    encoders: tuple[Encoder, Encoder],
) -> None:
    close, fast = encoders
    short, long = np.zeros((30, 60), np.uint8), np.zeros((30, 400), np.uint8)
    assert (close.room(short), close.room(long)) == (192, 192)
    assert (fast.room(short), fast.room(long)) == (64, 192)
    assert close.features([short]).sequence.shape[:2] == (1, 49)
    assert fast.features([short, short]).sequence.shape[:2] == (2, 17)
    assert fast.features([short, long]).sequence.shape[:2] == (2, 49)
    same = fast.of(np.stack([recogniser_input(short, width=64)]))
    assert np.array_equal(fast.features([short]).ctc, same.ctc)
