"""A brand more is one entry of one file: it is read, drawn, searched for and tested."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import stylecode

ROOT = Path(stylecode.__file__).parents[1]
ENTRY = """
[[brand]]
name = "Zorp"
words = ["ZORP SHOES"]
korean = ["조르프"]
place = {where = "style", code = "QX123-WKY"}
[[brand.pattern]]
codes = ["QX###-WKY"]
strength = 1.8
often = 9
examples = ["QX123-WKY"]
unlike = ["QX12-WKY"]
[[brand.pattern]]
codes = ["#######"]
strength = 0.0
needs_name = true
often = 0.01
examples = ["7654321"]
unlike = ["765432"]
"""
LOOK = """
import json, random, sys
from bot.pictures.brands import place_of
from bot.talk.past.search import meant_by
from datasets.codes.known import known_code
from stylecode import check, display, rank
from tests.stylecode.tags import lines_of

rng = random.Random(1)
print(json.dumps({
    "shown": display("qx123wky"),
    "typed": check("품번 QX123 WKY"),
    "read": [(one.code, one.brand) for one in rank(lines_of("MADE IN KOREA\\nQX123 WKY"))[:1]],
    "named": [(one.code, one.brand) for one in rank(lines_of("ZORP SHOES\\n7654321"))[:1]],
    "drawn": sorted({known_code(rng, "Zorp").code[:2] for _ in range(50)}),
    "often": sum(known_code(rng).brand == "Zorp" for _ in range(1000)),
    "found": [word.brands for way in meant_by("조르프").ways for word in way],
    "place": [place_of("Zorp").sentence, place_of("Zorp").example],
}))
"""


def test_one_entry_is_all(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "stylecode", tmp_path / "stylecode")
    with (tmp_path / "stylecode" / "grammar" / "brands.toml").open("a", encoding="utf-8") as file:
        file.write(ENTRY)
    path = os.pathsep.join((str(tmp_path), str(ROOT)))
    told = subprocess.run(
        [sys.executable, "-c", LOOK],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        check=True,
        text=True,
    )
    seen = json.loads(told.stdout)
    assert seen.pop("often") > 40
    assert seen == {
        "shown": "QX123-WKY",
        "typed": "QX123-WKY",
        "read": [["QX123-WKY", "Zorp"]],
        "named": [["7654321", "Zorp"]],
        "drawn": ["QX"],
        "found": [["Zorp"]],
        "place": ["where-style", "QX123-WKY"],
    }


def test_the_tests_take_the_examples_of_a_new_brand(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "stylecode", tmp_path / "stylecode")
    shutil.copytree(ROOT / "tests" / "stylecode", tmp_path / "tests" / "stylecode")
    for name in ("__init__.py", "examples.py"):
        shutil.copy(ROOT / "tests" / name, tmp_path / "tests" / name)
    with (tmp_path / "stylecode" / "grammar" / "brands.toml").open("a", encoding="utf-8") as file:
        file.write(ENTRY)
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-o", "addopts=", "-k", "Zorp", "tests"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        check=True,
        text=True,
    )
    assert "4 passed" in told.stdout  # two examples, two counter-examples
