"""Help and version: of every program and command, at once, and without starting anything."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bot.program.main import main
from surroundings import version
from tests.program.processes import ROOT, environment, module, pumbeon
from tests.waiting import PATIENCE_S

COMMANDS = (
    "serve", "read", "price", "import", "export", "backup", "restore", "check", "status"
)  # fmt: skip
HEAVY = {"torch", "matplotlib", "onnxruntime", "cv2", "sqlalchemy", "alembic"}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_version(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: pumbeon {command} ")
    with pytest.raises(SystemExit) as ended:
        main([command, "--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"pumbeon {version.version()}\n"


@pytest.mark.parametrize("name", ["bot", "recognizer", "lookup", "storage"])
def test_so_has_every_room_and_nothing_is_started(name: str, tmp_path: Path) -> None:
    done = module(tmp_path, name, "--help", WEB_PORT="no port")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"usage: python -m {name} ")
    done = module(tmp_path, name, "--version")
    assert (done.returncode, done.stdout) == (0, f"pumbeon {version.version()}\n")
    assert list(tmp_path.iterdir()) == []


LOOKED_AT = f"""
import sys
from bot.program.main import main
for words in [[], {", ".join(f"[{name!r}]" for name in COMMANDS)}]:
    try:
        main([*words, "--help"])
    except SystemExit as ended:
        assert ended.code == 0, words
print({HEAVY!r} & set(sys.modules), file=sys.stderr)
"""


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOOKED_AT],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=True,
    )
    assert done.stderr == "set()\n"
    assert all(name in done.stdout for name in COMMANDS)


def test_a_command_is_needed_but_by_python_m_bot(tmp_path: Path) -> None:
    done = pumbeon(tmp_path)
    assert done.returncode == 2
    assert "COMMAND" in done.stderr
    done = module(tmp_path, "bot", WEB_PORT="no port")  # it wanted to serve
    assert done.returncode == 2
    assert done.stderr.startswith("WEB_PORT: ")


def test_a_checkout_says_its_own_version(tmp_path: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert version.version() == project["version"] == "0.2.0"


def test_without_one_what_is_installed_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "pyproject.toml"
    other.write_text('[project]\nname = "another"\nversion = "9"\n')
    monkeypatch.syspath_prepend(tmp_path)
    info = tmp_path / "pumbeon-1.2.3.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: pumbeon\nVersion: 1.2.3\n")
    for file in (other, tmp_path / "none.toml"):
        assert version.version(file) == "1.2.3"
    monkeypatch.setattr(version, "NAME", "pumbeon-of-nowhere")
    assert version.version(other) == "unknown"
