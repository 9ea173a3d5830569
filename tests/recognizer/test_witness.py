"""The second reader: PP-OCRv6's recogniser from RapidOCR's wheel, run by onnxruntime."""

from __future__ import annotations

import logging
from pathlib import Path

import cv2
import numpy as np
import pytest

from recognizer.errors import ModelError
from recognizer.reading.witness import WIDEST, WitnessReader, network_file
from recognizer.types import Pixels
from stylecode import key


@pytest.fixture(scope="module")
def witness() -> WitnessReader:
    return WitnessReader(threads=1)


def crop(text: str, height: int = 40, gap: int = 0) -> Pixels:
    """A line of print, its parts (between `|`) `gap` pixels apart."""
    scale, thick = height / 40, max(1, height // 20)
    parts = []
    for part in text.split("|"):
        (width, _), _ = cv2.getTextSize(part, cv2.FONT_HERSHEY_SIMPLEX, scale, thick)
        paper = np.full((height, width + 6, 3), 235, np.uint8)
        at = (3, round(0.78 * height))
        cv2.putText(
            paper, part, at, cv2.FONT_HERSHEY_SIMPLEX, scale, (30, 30, 30), thick, cv2.LINE_AA
        )
        parts += [np.full((height, gap, 3), 235, np.uint8), paper]
    air = np.full((height, 12, 3), 235, np.uint8)
    return np.asarray(np.hstack([air, *parts[1:], air]), np.uint8)


@pytest.mark.parametrize("height", [20, 40, 90])
@pytest.mark.parametrize("text", ["DD1391-100", "VN000D3HY28", "1127895"])
def test_a_printed_code_is_read(witness: WitnessReader, text: str, height: int) -> None:
    (found,) = witness.read([crop(text, height)])
    assert key(found.text) == key(text)
    assert len(found.alternatives) == len(found.text)
    assert "".join(place[0][0] for place in found.alternatives) == found.text
    assert 0.3 < found.confidence <= 1


def test_crops_come_back_in_order_whatever_their_widths(witness: WitnessReader) -> None:
    texts = ["DD1391-100 07/21", "AB1234", "MADE IN VIETNAM 2024", "CW2288"]
    found = witness.read([crop(text) for text in texts])
    assert [key(one.text) for one in found] == [key(text) for text in texts]
    assert witness.read([]) == []


def test_a_gap_between_characters_is_a_blank(witness: WitnessReader) -> None:
    (found,) = witness.read([crop("05/03/17|AA3834-101", gap=25)])
    assert found.text.split() == ["05/03/17", "AA3834-101"]


@pytest.mark.parametrize("shape", [(1, 1), (1, 4000), (4000, 1), (48, 30 * WIDEST)])
def test_any_crop_is_taken(witness: WitnessReader, shape: tuple[int, int]) -> None:
    (found,) = witness.read([np.full((*shape, 3), 128, np.uint8)])
    assert len(found.text) == len(found.alternatives)


def test_its_network_comes_with_a_package() -> None:
    assert network_file("models", "PP-OCRv6_rec_small.onnx").stat().st_size > 10**6
    with pytest.raises(ModelError, match=r"absent\.onnx"):
        network_file("models", "absent.onnx")


def test_a_broken_network_is_told_to_the_operator_and_not_asked(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"no network")
    with caplog.at_level(logging.ERROR):
        assert not WitnessReader(1, broken).ready
    assert str(broken) in caplog.text
