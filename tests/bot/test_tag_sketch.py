"""The drawing that shows where a brand's code stands."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from bot.pictures.brands import ANYWHERE, CodePlace, places
from bot.pictures.tag_sketch import LAYOUTS, WIDTH, sketch
from stylecode import TagFields
from tests.bot.room import ANN, Room
from tests.fakes.reader import reading


def red(jpeg: bytes) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the red frame, as shares of the picture."""
    picture = np.asarray(Image.open(BytesIO(jpeg)).convert("RGB")).astype(int)
    ys, xs = np.nonzero((picture[:, :, 0] > 180) & (picture[:, :, 1:].max(axis=2) < 110))
    height, width = picture.shape[:2]
    return xs.min() / width, ys.min() / height, xs.max() / width, ys.max() / height


@pytest.mark.parametrize("brand", ["", *sorted(places())])
def test_every_code_has_its_frame_on_the_label(brand: str) -> None:
    jpeg = sketch(places().get(brand, ANYWHERE), brand)
    assert Image.open(BytesIO(jpeg)).width == WIDTH
    assert len(jpeg) < 60_000
    left, top, right, bottom = red(jpeg)
    assert 0.05 < left < right < 0.95
    assert 0.05 < top < bottom < 0.95


def test_the_frame_stands_where_the_sentence_says() -> None:
    tops = {key: red(sketch(CodePlace(key, "GW2871"), "adidas"))[1] for key in LAYOUTS}
    assert tops["where-box"] == tops["where-style"] < tops["where-under-sizes"]
    assert tops["where-under-sizes"] < tops["where-above-barcode"]


def test_the_longest_code_fits() -> None:
    left, _, right, _ = red(sketch(CodePlace("where-style", "W" * 24), "Onitsuka Tiger"))
    assert 0.05 < left < right < 0.95


def test_every_place_has_a_layout() -> None:
    assert {place.sentence for place in (ANYWHERE, *places().values())} == set(LAYOUTS)


async def test_the_drawing_goes_with_the_sentences(room: Room) -> None:
    room.reader.default = reading(fields=TagFields("Vans"))
    known = await room.photo(ANN)
    assert known.last.image == sketch(places()["Vans"], "Vans")
    room.reader.default = reading()
    assert (await room.photo(ANN)).last.image == sketch(ANYWHERE, "")
