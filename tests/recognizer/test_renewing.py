"""A reader takes other networks while it reads."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from recognizer.detectors import renewed
from recognizer.errors import ModelError
from recognizer.finding.finder import Finder
from recognizer.local import LocalReader
from recognizer.models import MANIFEST, ModelFiles
from recognizer.pipeline import Pipeline
from recognizer.reading.recogniser import Recogniser
from recognizer.types import CodeReading, Pixels, ReadPhoto
from tests.fakes.models import SPOILT, spoil, unreadable_in, version_in
from tests.fakes.reader import tag_jpeg
from tests.waiting import until

NEW = "trba-new"
PHOTOS = 20


@pytest.fixture
async def reader() -> AsyncIterator[LocalReader]:
    reader = await LocalReader.start()
    yield reader
    await reader.close()


async def who_reads(reader: LocalReader) -> str:
    return str((await reader.read(tag_jpeg())).reading.models["reader"])


async def test_photos_sent_while_it_changes_are_all_read(
    reader: LocalReader, tmp_path: Path
) -> None:
    files = ModelFiles(version_in(tmp_path / "new", NEW))
    old = await who_reads(reader)
    assert old != NEW
    readings: list[ReadPhoto] = []

    async def send(number: int) -> None:
        readings.append(await reader.read(tag_jpeg(f"DD1391-{100 + number}")))

    waiting = [asyncio.create_task(send(number)) for number in range(PHOTOS // 2)]
    renewing = asyncio.create_task(reader.renew(files))
    await until(lambda: readings)  # it opens them meanwhile
    waiting += [asyncio.create_task(send(number)) for number in range(PHOTOS // 2, PHOTOS)]
    await renewing
    after = [asyncio.create_task(who_reads(reader)) for _ in range(3)]
    await asyncio.gather(*waiting)
    assert len(readings) == PHOTOS
    assert all(photo.reading.candidates for photo in readings)
    assert {photo.reading.models["reader"] for photo in readings} <= {old, NEW}
    assert readings[0].reading.models["reader"] == old
    assert await asyncio.gather(*after) == [NEW] * 3


async def test_what_was_read_by_before_is_let_go(reader: LocalReader, tmp_path: Path) -> None:
    assert reader._pipeline is not None
    old = weakref.ref(reader._pipeline)
    await reader.renew(ModelFiles(version_in(tmp_path / "new", NEW)))
    gc.collect()
    assert old() is None


async def test_networks_that_do_not_read_are_not_taken(reader: LocalReader, tmp_path: Path) -> None:
    old = await who_reads(reader)
    damaged = version_in(tmp_path / "damaged", NEW)
    spoil(damaged / SPOILT)
    nameless = version_in(tmp_path / "nameless", NEW)
    (nameless / MANIFEST).write_text("{}")
    wrong = {
        damaged: "damaged",
        nameless: "KeyError",
        unreadable_in(tmp_path / "unreadable", NEW): "do not read",
        tmp_path / "nowhere": "No such file",
    }
    for folder, told in wrong.items():
        with pytest.raises(ModelError, match=f"{folder.name}.*{told}") as caught:
            await reader.renew(ModelFiles(folder))
        assert "\n" not in str(caught.value)
        assert await who_reads(reader) == old


async def test_a_reader_without_networks_says_so(tmp_path: Path) -> None:
    reader = LocalReader(lambda data, marked: ReadPhoto(data, CodeReading(())))
    with pytest.raises(ModelError, match="no networks"):
        await reader.renew(ModelFiles(tmp_path))
    assert (await reader.read(b"x")).jpeg == b"x"
    await reader.close()


class OtherMaps:
    """Published weights, as far as `renewed` can tell."""

    version = "craft-of-others"

    def __call__(self, photo: Pixels) -> NDArray[np.float32]:
        return np.zeros((photo.shape[0] // 2, photo.shape[1] // 2, 2), np.float32)


def test_a_finder_of_others_and_the_witness_stay(tmp_path: Path) -> None:
    shipped = ModelFiles()
    old = Pipeline(Finder(OtherMaps()), Recogniser(shipped))
    new = renewed(old, ModelFiles(version_in(tmp_path / "new", NEW)))
    assert new.finder is old.finder
    assert new.witness is old.witness
    assert new.recogniser.version == NEW
    own = Pipeline.load(shipped)
    newest = renewed(own, ModelFiles(tmp_path / "new"))
    assert newest.finder is not own.finder
    assert newest.witness is own.witness
