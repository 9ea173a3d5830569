from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from recognizer.reading.tokenizer import PUBLISHED_CHARACTERS, STOP, Tokenizer

TOKENIZER = Tokenizer()


def sure(text: str, tokenizer: Tokenizer = TOKENIZER) -> NDArray[np.float32]:
    """Probabilities that say `text` and [stop] with certainty."""
    return np.eye(tokenizer.classes, dtype=np.float32)[tokenizer.encode(text)]


@given(st.text(alphabet=[c for c in TOKENIZER.characters if not c.islower()], max_size=25))
def test_text_survives_encoding_and_decoding(text: str) -> None:
    decoded = TOKENIZER.decode(sure(text))
    assert decoded.text == text
    assert decoded.confidence == 1.0
    assert [options[0][0] for options in decoded.alternatives] == list(text)


def test_lower_case_counts_for_its_upper_case_letter() -> None:
    row = np.zeros((2, TOKENIZER.classes), np.float32)
    for char, share in (("s", 0.35), ("S", 0.25), ("5", 0.4)):
        row[0, TOKENIZER.characters.index(char) + 2] = share
    row[1, STOP] = 1
    decoded = TOKENIZER.decode(row)
    assert decoded.text == "S"
    assert [char for char, _ in decoded.alternatives[0]] == ["S", "5"]
    assert [share for _, share in decoded.alternatives[0]] == pytest.approx([0.6, 0.4])
    assert decoded.confidence == pytest.approx(0.6)


def test_confidence_is_the_product_over_characters_and_stop() -> None:
    rows = sure("AB") * np.float32(0.9)
    assert TOKENIZER.decode(rows).confidence == pytest.approx(0.9**3)


def test_unknown_characters_are_refused() -> None:
    with pytest.raises(ValueError, match="substring not found"):
        TOKENIZER.encode("품")


def test_the_published_set_has_the_published_size() -> None:
    assert Tokenizer(PUBLISHED_CHARACTERS).classes == 96
