"""Hostile pictures, as files, through the command: a clear answer, in time, in the same memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from recognizer import errors
from tests.recognizer.hostile_pictures import READ, Hostile, hostile
from tests.waiting import PATIENCE_S

ROOT = Path(__file__).parents[2]
ALL = tuple(hostile())
# The promise is 2 s. Tests run beside each other, on machines that do more than one thing.
PATIENCE_MS = 10_000


def command(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "recognizer", "read", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    for one in ALL:
        (folder / one.name).write_bytes(one.make())
    return folder


@pytest.fixture(scope="module")
def answers(folder: Path) -> dict[str, dict[str, Any]]:
    """What one process answers, reading all of them."""
    done = command("--json", *(folder / one.name for one in ALL))
    assert done.returncode == 1  # some could not be read
    assert "Traceback" not in done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    return {Path(one["file"]).name: one for one in told}


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.name)
def test_each_has_a_clear_answer_in_time(one: Hostile, answers: dict[str, dict[str, Any]]) -> None:
    answer = answers[one.name]
    if "error" in answer:
        kind, reason = answer["error"].split(": ", 1)
        assert issubclass(getattr(errors, kind), errors.PhotoError)
        assert reason
        assert one.answer in {kind, None}
    else:
        assert one.answer in {READ, None}
        assert answer["candidates"] == []
        assert answer["ms"] < PATIENCE_MS


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("empty.jpg", "NotAPicture: none of JPEG, PNG, WEBP, HEIF, AVIF, GIF, BMP, TIFF"),
        ("claims-much.png", "TooManyPixels: more than 52 megapixels"),
    ],
)
def test_a_person_at_the_command_line_is_told_in_one_line(
    folder: Path, name: str, said: str
) -> None:
    done = command(folder / name)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{folder / name}: {said}\n"


def test_what_is_no_file_is_told_and_the_rest_is_read(folder: Path) -> None:
    done = command(folder / "nowhere.jpg", folder, "/dev/zero", folder / "pixel.png")
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert [line.rsplit(": ", 1)[1] for line in lines] == [
        "No such file or directory",
        "Is a directory",
        "more than 20 MB",
    ]
    assert done.stdout == f"{folder / 'pixel.png'}:\n  no code found\n"


SOAK = """
import sys
from pathlib import Path
from recognizer.errors import PhotoError
from recognizer.photo.photo import decode, encode_jpeg

def resident():
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * 4096 // 1024**2

files = sorted(Path(sys.argv[1]).iterdir())
for _ in range(3):
    for file in files:
        try:
            encode_jpeg(decode(file.read_bytes()))
        except PhotoError:
            pass
    print(resident(), flush=True)
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs Linux's /proc")
def test_decoding_them_again_and_again_takes_no_more_memory(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SOAK, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=True,
    )
    first, *_, last = (int(line) for line in done.stdout.split())
    assert last <= first + 24  # MB; one picture of these takes up to 200
