"""Pictures of one code: sure ones read once, doubtful ones closely, hopeless ones not at all."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from recognizer.pipeline import Pipeline
from recognizer.types import Photo, Pixels
from stylecode import key
from tests.fakes.fonts import NANUM, SANS

RNG = np.random.default_rng(4)


def printed(text: str, font: Path, size: int = 40, air: int = 10) -> Pixels:
    face = ImageFont.truetype(str(font), size)
    left, top, right, bottom = (round(edge) for edge in face.getbbox(text))
    image = Image.new("L", (right - left + 2 * air, bottom - top + 2 * air), 235)
    ImageDraw.Draw(image).text((air - left, air - top), text, font=face, fill=20)
    return np.asarray(image, np.uint8)


def turned(grey: Pixels, degrees: float) -> Pixels:
    """The picture turned about its middle, in a box that holds all of it."""
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    cos, sin = abs(matrix[0, 0]), abs(matrix[0, 1])
    size = (round(width * cos + height * sin), round(width * sin + height * cos))
    moved = np.array([size[0] - width, size[1] - height]) / 2
    shifted = matrix + np.array([[0, 0, moved[0]], [0, 0, moved[1]]])
    return cv2.warpAffine(grey, shifted, size, borderValue=235).astype(np.uint8)


def codes(pipeline: Pipeline, grey: Pixels) -> list[str]:
    colour = np.repeat(grey[..., None], 3, axis=2)
    return [candidate.code for candidate in pipeline.read_crop(Photo(colour)).candidates]


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline.load()


@pytest.mark.parametrize("code", ["DD1391-100", "162058C", "VN0A2XSZW00", "FS1SIZ3140X", "EE8484"])
def test_plain_print_is_read(pipeline: Pipeline, code: str) -> None:
    assert key(codes(pipeline, printed(code, SANS))[0]) == key(code)


def test_white_on_black_is_read(pipeline: Pipeline) -> None:
    grey = np.asarray(255 - printed("CU4826-002", SANS), np.uint8)
    assert key(codes(pipeline, grey)[0]) == "CU4826002"


@pytest.mark.parametrize("degrees", [-25, -12, 12, 25])
def test_steep_print_is_read_through_the_finder(pipeline: Pipeline, degrees: float) -> None:
    assert key(codes(pipeline, turned(printed("FZ0387", SANS), degrees))[0]) == "FZ0387"


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_crop_may_be_turned_by_quarters(pipeline: Pipeline, quarters: int) -> None:
    grey = np.ascontiguousarray(np.rot90(printed("CU4826-002", SANS), quarters))
    assert key(codes(pipeline, grey)[0]) == "CU4826002"


def test_a_korean_label_is_no_part_of_the_code(pipeline: Pipeline) -> None:
    assert key(codes(pipeline, printed("품번: 1XM00998D", NANUM))[0]) == "1XM00998D"


def test_the_printed_form_keeps_the_separator_of_the_tag(pipeline: Pipeline) -> None:
    colour = np.repeat(printed("AV3133 001", SANS)[..., None], 3, axis=2)
    first = pipeline.read_crop(Photo(colour)).candidates[0]
    assert (first.code, first.printed) == ("AV3133-001", "AV3133 001")


@pytest.mark.parametrize(
    "grey",
    [
        np.zeros((1, 1), np.uint8),
        np.full((1, 400), 90, np.uint8),
        np.full((400, 1), 90, np.uint8),
        np.zeros((60, 200), np.uint8),
        np.full((60, 200), 255, np.uint8),
        np.full((3000, 9000), 250, np.uint8),
        RNG.integers(0, 255, (60, 200)).astype(np.uint8),
        RNG.integers(0, 255, (1200, 4000)).astype(np.uint8),
        np.tile(np.linspace(0, 255, 300).astype(np.uint8), (60, 1)),
        np.tile((np.arange(300) // 6 % 2 * 255).astype(np.uint8), (60, 1)),
    ],
    ids=["1px", "flat", "thin", "black", "white", "enormous", "noise", "much", "ramp", "bars"],
)
def test_pictures_without_print_hold_no_code(pipeline: Pipeline, grey: Pixels) -> None:
    assert codes(pipeline, grey) == []


@pytest.mark.parametrize(
    "text", ["운동화", "제조국: 베트남", "합성고무, 천연가죽", "취급주의", "품번"]
)
def test_hangul_holds_no_code(pipeline: Pipeline, text: str) -> None:
    assert codes(pipeline, printed(text, NANUM)) == []


@pytest.mark.parametrize("text", ["Кроссовки", "Παπούτσια", "Сделано во Вьетнаме", "نعال رياضية"])
def test_other_scripts_hold_no_code(pipeline: Pipeline, text: str) -> None:
    assert codes(pipeline, printed(text, SANS)) == []
