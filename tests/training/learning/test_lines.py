"""The line with a code reads as it is printed, the code in it as it is held to be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stylecode import key
from training.learning.lines import line_text


@pytest.mark.parametrize(
    ("read", "code", "text"),
    [
        ("DD1391-100", "DD1391-100", "DD1391-100"),
        ("DD1391 100", "DD1391-100", "DD1391 100"),
        ("STYLE: DD1391 1OO US 9", "DD1391-100", "STYLE: DD1391 100 US 9"),
        ("0D1391-100", "DD1391-100", "DD1391-100"),
        ("Art. S7984O", "S79840", "Art. S79840"),
        ("DD139-100 M", "DD1391-100", "DD1391-100 M"),
        ("MADE IN VIETNAM", "DD1391-100", None),
        ("", "DD1391-100", None),
        ("DD1391-100", "", None),
        ("M2002RDA", "M2002RDB", "M2002RDB"),
    ],
)
def test_the_code_takes_its_place(read: str, code: str, text: str | None) -> None:
    assert line_text(read, code) == text


@given(
    st.text("ABC019 -", max_size=12),
    st.text("ABC0123456789", min_size=5, max_size=11),
    st.text("XYZ789 :", max_size=12),
    st.integers(0, 10),
)
def test_one_wrong_letter_is_mended_wherever_it_stands(
    before: str, code: str, after: str, at: int
) -> None:
    wrong = code[: at % len(code)] + "Q" + code[at % len(code) + 1 :]
    found = line_text(f"{before} {wrong} {after}", code)
    assert found is not None and key(code) in key(found)
