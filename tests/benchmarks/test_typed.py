"""The share of typed messages that are understood."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.typed.__main__ import main
from benchmarks.typed.messages import Message, made_messages, messages_of
from benchmarks.typed.understood import take_all

ROWS = """message\tmeant\tnote
GW2871 265 얼마⏎예요?\tGW2871\t
<U+FEFF>FU9006 / IE3437\tIE3437 and FU9006\t
/watch GW2871 270 9만원\tGW2871 below 90,000\t
photo of 1171904-BLCK, then: 1171904-BLCK 255\t1171904-BLCK confirmed\t
010-1234-5678\t-\t
GW2871\tFU9006\twrong on purpose
"""


def test_a_files_messages_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "messages.tsv"
    file.write_text(ROWS, "utf-8")
    assert main([str(file), "--verbose"]) == 0
    told = capsys.readouterr().out
    assert "5 of 6" in told and "83.3 %" in told
    assert "'GW2871': meant FU9006, taken for GW2871" in told


def test_a_row_is_read_with_its_signs(tmp_path: Path) -> None:
    file = tmp_path / "messages.tsv"
    file.write_text(ROWS, "utf-8")
    first, second, watch, photo, none, _ = messages_of(file)
    assert first == Message("GW2871 265 얼마\n예요?", ("GW2871",))
    assert second.text.startswith("\ufeffFU9006")
    assert (watch.codes, watch.below) == (("GW2871",), 90_000)
    assert (photo.photo, photo.text) == ("1171904-BLCK", "1171904-BLCK 255")
    assert none.codes == ()


@pytest.mark.parametrize("content", ["a\tb\nno tab", None])
def test_what_is_no_such_file_is_told(
    tmp_path: Path, content: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "messages.tsv"
    if content is not None:
        file.write_text(content, "utf-8")
    assert main([str(file)]) == 1
    assert str(file) in capsys.readouterr().err


async def test_most_messages_made_of_the_grammar_are_understood() -> None:
    made = made_messages(3)
    assert len(made) > 1_500
    taken = await take_all(made[::40])
    assert sum(each.right for each in taken) >= 0.95 * len(taken)
