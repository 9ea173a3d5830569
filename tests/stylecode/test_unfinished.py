"""Codes that may be a part of a longer one."""

import pytest

from stylecode import unfinished


@pytest.mark.parametrize("code", ["DD1391", "FS1SIB1104X", "1XM00771D", "QZ99-81X7"])
def test_a_first_part_or_an_unknown_shape_may_go_on(code: str) -> None:
    assert unfinished(code)


@pytest.mark.parametrize(
    "code", ["DD1391-100", "1201A844-102", "386219-04", "FS1SIB1104X-WBK", "M9622C", "SN149277"]
)
def test_a_whole_code_does_not(code: str) -> None:
    assert not unfinished(code)
