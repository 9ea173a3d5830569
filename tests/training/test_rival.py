from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from benchmarks.cards.records import rival_table
from datasets.crops.settings import CURRENT, V1, V2
from datasets.fonts.fonts import FontPool
from recognizer.errors import RecordError
from recognizer.networks.trba import TrbaConfig
from recognizer.reading.tokenizer import Tokenizer
from recognizer.records.rival import Bout, HeadScore, load, sign_test, verdict, write
from training.exporting.export import BothHeads
from training.reader.exam import Exam, data_hash, drawn_exam, real_exam
from training.reader.reading import (
    by_attention,
    by_ctc,
    collapsed,
    features_of,
    read_all,
    reader_from,
)
from training.reader.rival import compare

TOKENIZER = Tokenizer()
BLANK = "."


def frames(best: str) -> NDArray[np.float32]:
    """Scores (T, classes) whose best class is the blank for '.', else the character."""
    scores = np.full((len(best), TOKENIZER.classes), -5.0, np.float32)
    for i, char in enumerate(best):
        scores[i, 0 if char == BLANK else TOKENIZER.characters.index(char) + 2] = 2.0
    return scores


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("AABB", "AB"),
        ("A.A", "AA"),
        ("AA.AA", "AA"),
        ("..A..", "A"),
        ("....", ""),
        ("A", "A"),
        ("1.11.1", "111"),
        ("DD1.3391-100", "D1391-10"),
        ("DD.D1391-10.0", "DD1391-100"),
    ],
)
def test_repeats_collapse_and_blanks_part(path: str, text: str) -> None:
    assert collapsed(frames(path), TOKENIZER) == text


def test_letter_case_is_folded_before_the_best_is_taken() -> None:
    scores = frames("5")
    scores[0] = -9.0
    for char, share in (("5", 0.4), ("s", 0.3), ("S", 0.3)):
        scores[0, TOKENIZER.characters.index(char) + 2] = np.log(share)
    assert collapsed(TOKENIZER.fold_frames(scores), TOKENIZER) == "S"


@pytest.fixture(scope="module")
def reader() -> BothHeads:
    torch.manual_seed(0)
    return BothHeads(TrbaConfig(32, 192, TOKENIZER.classes, 0.0625, 16, (1, 1, 1, 1))).eval()


@pytest.fixture(scope="module")
def exam(pool: FontPool) -> Exam:
    return drawn_exam(pool, 6)


def test_a_network_comes_back_from_its_tensors(reader: BothHeads, exam: Exam) -> None:
    again = reader_from(reader.state_dict())
    assert again.trba.config == reader.trba.config
    assert read_all(again, exam.crops) == read_all(reader, exam.crops)


def test_the_ctc_head_reads_what_it_is_biased_to(exam: Exam) -> None:
    head = BothHeads(TrbaConfig(32, 192, TOKENIZER.classes, 0.0625, 16, (1, 1, 1, 1))).eval()
    with torch.no_grad():
        head.ctc.weight.zero_()
        head.ctc.bias[TOKENIZER.characters.index("k") + 2] = 9
    features = features_of(head, exam.crops)
    assert by_ctc(head, features, TOKENIZER) == ["K"] * 6


def test_the_attention_reads_as_the_network_itself(reader: BothHeads, exam: Exam) -> None:
    features = features_of(reader, exam.crops)
    with torch.no_grad():
        rows = reader.trba.Prediction.greedy(features, 26).softmax(-1).numpy()
    assert by_attention(reader, features, TOKENIZER) == [TOKENIZER.decode(r).text for r in rows]


def test_heads_are_set_against_each_other(reader: BothHeads, exam: Exam, tmp_path: Path) -> None:
    comparison = compare(reader, "v0", [exam], ("a machine", "2026-11-21"))
    write(tmp_path / "rival.json", comparison)
    assert load(tmp_path / "rival.json") == comparison
    table = rival_table(comparison.bouts)
    assert table.count("| 6 ") == 2
    assert "CTC alone" in table
    attention, ctc = comparison.bouts[0].scores
    assert 0 < ctc.head_ms < ctc.whole_ms
    assert attention.head_ms > ctc.head_ms  # step by step, against one layer


def test_a_missing_or_broken_comparison(tmp_path: Path) -> None:
    assert load(tmp_path / "rival.json") is None
    (tmp_path / "rival.json").write_text('{"bouts": [{}]}')
    with pytest.raises(RecordError):
        load(tmp_path / "rival.json")


def test_answers_are_compared_without_case_and_punctuation() -> None:
    blank = np.zeros((4, 4), np.uint8)
    exam = Exam("two", (blank, blank), (("DD1391-100", "DD1391 100"), ("",)))
    assert exam.right(["dd1391.100", ""]) == [True, True]
    assert exam.right(["DD1391-10O", "A"]) == [False, False]
    assert exam.exact(["DD1391100", "x"]) == 0.5
    assert exam.distance(["DD1391-10O", ""]) == pytest.approx(1 / 9 / 2)


def test_the_sign_test() -> None:
    assert sign_test(0, 0) == 1
    assert sign_test(3, 3) == 1
    assert sign_test(0, 6) == pytest.approx(2 / 64)
    assert sign_test(1, 5) == pytest.approx(2 * 7 / 64)


@pytest.mark.parametrize(
    ("ours", "theirs", "said"), [(9, 0, "attention"), (0, 9, "rival"), (4, 5, "no clear")]
)
def test_the_verdict_says_only_what_is_clear(ours: int, theirs: int, said: str) -> None:
    scores = (
        HeadScore("attention", 0.9, 0.1, ours, 4.0, 20.0),
        HeadScore("ctc", 0.9, 0.1, theirs, 0.2, 16.0),
    )
    assert said in verdict([Bout("drawn", 100, scores)])


def test_a_data_hash_tells_versions_and_seeds_apart(pool: FontPool) -> None:
    hashes = [data_hash(pool, s, seed, 8) for s, seed in ((V1, 1), (V1, 1), (V2, 1), (V1, 2))]
    assert hashes[0] == hashes[1]
    assert len(set(hashes)) == 3
    assert all(len(one) == 12 for one in hashes)


def test_exams_are_the_same_each_time(pool: FontPool, exam: Exam) -> None:
    assert exam.digest == drawn_exam(pool, 6).digest != drawn_exam(pool, 5).digest
    assert exam.generator == CURRENT.version


def test_real_crops_accept_code_and_print(tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        cv2.imwrite(str(tmp_path / name), np.full((20, 60, 3), 200, np.uint8))
    rows = "file\tprinted\tcode\tnote\na.png\tART AB 12\tAB-12\t\nb.png\tX1\tX1\t\n"
    (tmp_path / "labels.tsv").write_text(rows, encoding="utf-8")
    exam = real_exam(tmp_path)
    assert exam.right(["ab12", "x1"]) == exam.right(["ARTAB12", "X-1"]) == [True, True]
    assert exam.crops[0].shape == (20, 60)
    assert (exam.name, exam.generator) == ("real", "")
