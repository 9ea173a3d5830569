from __future__ import annotations

import sys
import time
from importlib.metadata import version
from pathlib import Path

import pytest

from benchmarks.errors import NotInstalled, ReaderFailed
from benchmarks.pictures.readers import opened_rivals
from benchmarks.rivals import (
    RAPID_1,
    RAPID_3,
    RapidAlone,
    RapidRelease,
    RapidWhole,
    Tesseract,
    TextLine,
)
from benchmarks.rivals.tesseract import lines_of
from benchmarks.rivals.worker import Worker
from tests.waiting import PATIENCE_S

SAMPLE = Path(__file__).parents[2] / "bot" / "channels" / "web" / "static" / "sample-tag.jpg"
_OPENING = "import json, sys\nprint(json.dumps({'ready': '1.0'}), flush=True)\n"
_ECHO = (
    _OPENING
    + """
for line in sys.stdin:
    asked = json.loads(line)
    lines = [[{"text": f"{asked['mode']} {path}", "confidence": 0.5}] for path in asked["pictures"]]
    print(json.dumps({"ms": 12.0, "lines": lines}), flush=True)
"""
)


def _worker(tmp_path: Path, script: str, patience_s: float = PATIENCE_S) -> Worker:
    path = tmp_path / "worker.py"
    path.write_text(script, encoding="utf-8")
    return Worker([sys.executable, "-I", "-S", str(path)], patience_s)


def _answering(answer: str) -> str:
    return f"{_OPENING}sys.stdin.readline()\nprint({answer!r}, flush=True)\nsys.stdin.readline()\n"


def test_a_worker_answers_question_after_question(tmp_path: Path) -> None:
    with _worker(tmp_path, _ECHO) as worker:
        assert worker.version == "1.0"
        answers, ms = worker.ask("batch", [Path("가.png"), Path("b.png")])
        assert [answer.lines for answer in answers] == [
            (TextLine("batch 가.png", 0.5),),
            (TextLine("batch b.png", 0.5),),
        ]
        assert (ms, answers[0].ms) == (12.0, 6.0)
        assert worker.ask("read", [Path("c.png")])[0][0].lines[0].text == "read c.png"


def test_both_rapidocr_readers_speak_through_one_worker(tmp_path: Path) -> None:
    with _worker(tmp_path, _ECHO) as worker:
        alone, whole = RapidAlone(RAPID_1, worker), RapidWhole(RAPID_1, worker)
        assert alone.read_crop(Path("a")).lines[0].text == "read a"
        assert alone.batch_ms([Path("a"), Path("b")]) == 12.0
        assert alone.read_photo(Path("a")) is None
        assert whole.read_crop(Path("a")).lines[0].text == "find a"
        assert whole.batch_ms([Path("a")]) is None
        photo = whole.read_photo(Path("a"))
        assert photo is not None
        assert photo.lines[0].text == "photo a"


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ('{"error": "no such picture"}', "no such picture"),
        ("hello", "no JSON"),
        ("[1]", "no object"),
        ('{"ms": 1.0}', "lacks something"),
        ('{"ms": 1.0, "lines": [[{"words": "x"}]]}', "lacks something"),
        ('{"ms": 1.0, "lines": []}', "asked about 1 pictures, told of 0"),
    ],
)
def test_a_bad_answer_is_a_failure(tmp_path: Path, answer: str, told: str) -> None:
    with (
        _worker(tmp_path, _answering(answer)) as worker,
        pytest.raises(ReaderFailed, match=told),
    ):
        worker.ask("read", [Path("a.png")])


def test_a_worker_that_dies_tells_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(ReaderFailed, match="ImportError: no such library"):
        _worker(tmp_path, "raise ImportError('no such library')")


def test_a_worker_that_died_between_questions_is_a_failure(tmp_path: Path) -> None:
    with _worker(tmp_path, _OPENING) as worker:
        for _ in range(2):
            with pytest.raises(ReaderFailed, match="ended"):
                worker.ask("read", [Path("a.png")])
            time.sleep(0.2)


def test_a_silent_worker_is_given_up(tmp_path: Path) -> None:
    with pytest.raises(ReaderFailed, match="ended without an answer"):
        _worker(tmp_path, "import time\ntime.sleep(60)", patience_s=0.3)


def test_closing_twice_does_no_harm(tmp_path: Path) -> None:
    worker = _worker(tmp_path, _ECHO)
    worker.close()
    worker.close()
    with pytest.raises(ReaderFailed, match="has ended"):
        worker.ask("read", [])


def test_missing_rivals_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotInstalled, match="make bench"):
        RapidRelease(1, "PP-OCRv4", tmp_path / "python").start()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotInstalled, match="apt-get install tesseract-ocr"):
        Tesseract()
    with opened_rivals(tmp_path / "python", 2) as rivals:
        names = [rival.name for rival in rivals.found]
        assert names == [RAPID_3.name, RAPID_3.alone]
        assert set(rivals.missing) == {RAPID_1.alone, RAPID_1.name, Tesseract.name}
        assert all(why.startswith("not installed") for why in rivals.missing.values())


def test_the_newest_rapidocr_reads_a_tag_in_every_way() -> None:
    with RAPID_3.start(threads=1) as worker:
        assert worker.version == version("rapidocr")
        whole, alone = RapidWhole(RAPID_3, worker), RapidAlone(RAPID_3, worker)
        photo = whole.read_photo(SAMPLE)
        assert photo is not None
        assert any("DD1391" in line.text and line.height > 5 for line in photo.lines)
        assert whole.read_crop(SAMPLE).lines
        assert alone.read_photo(SAMPLE) is None
        assert len(alone.read_crop(SAMPLE).lines) <= 1
        batch = alone.batch_ms([SAMPLE, SAMPLE])
        assert batch is not None
        assert min(batch, photo.ms) > 0
        assert worker.peak_mb > 50


def test_unwanted_rivals_are_not_started(tmp_path: Path) -> None:
    with opened_rivals(tmp_path / "python", 2, wanted=False) as rivals:
        assert (rivals.found, rivals.missing) == ([], {})


def test_tesseract_is_run_as_a_program(tmp_path: Path) -> None:
    program = tmp_path / "tesseract"
    header = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight"
    words = [
        "5\t1\t1\t1\t1\t1\t10\t4\t40\t20\t91.5\tDD1391",
        "5\t1\t1\t1\t1\t2\t60\t8\t20\t12\t80\t100",
    ]
    table = "\n".join([f"{header}\tconf\ttext", "4\t1\t1\t1\t1\t0\t0\t0\t90\t30\t-1\t", *words])
    program.write_text(f"#!/bin/sh\ncat <<'END'\n{table}\nEND\n", encoding="utf-8")
    program.chmod(0o755)
    answer = Tesseract(str(program)).read_crop(tmp_path / "a.png")
    assert answer.lines == (TextLine("DD1391 100", 0.8, 45.0, 14.0, 20.0),)
    assert answer.ms > 0
    program.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    with pytest.raises(ReaderFailed, match="exit status 1"):
        Tesseract(str(program)).read_crop(tmp_path / "a.png")


def test_a_table_without_words_is_no_line() -> None:
    assert lines_of("level\ttext\n1\t\n") == ()
    assert lines_of("") == ()
