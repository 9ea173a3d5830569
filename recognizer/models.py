"""The shipped networks as onnx files: loading, sessions, versions."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import onnxruntime

from recognizer.errors import ModelError

MANIFEST = "manifest.json"
SUMS = "sha256"
"""Of the manifest: file names, and what their SHA-256 has to be."""

WEIGHTS = Path(__file__).parent / "weights"


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """Where one version of the two networks lies; `manifest.json` names files and versions."""

    folder: Path = WEIGHTS

    def manifest(self) -> dict[str, Any]:
        """The manifest; raises ModelError where it is missing or broken."""
        path = self.folder / MANIFEST
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ModelError(f"{path}: {error}") from error
        if not isinstance(found, dict):
            raise ModelError(f"{path}: not a manifest")
        return found

    def session(self, name: str, threads: int) -> onnxruntime.InferenceSession:
        """An onnxruntime session for one file.

        Raises ModelError, also where the file is not the one that the manifest has the sum of.
        """
        told = (self.folder / MANIFEST).exists()  # one network alone may be tried out without
        wanted = self.manifest().get(SUMS, {}).get(name) if told else None
        path = self.folder / name
        if wanted and path.is_file() and sum_of(path) != wanted:
            raise ModelError(f"{path}: damaged, its SHA-256 is not that of manifest.json")
        return session_of(path, threads)


def sum_of(path: Path) -> str:
    """The SHA-256 of a file, in hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sums_of(folder: Path) -> dict[str, str]:
    """Those of all networks in a folder, as the manifest has them under `SUMS`."""
    return {path.name: sum_of(path) for path in sorted(folder.glob("*.onnx"))}


def session_of(path: Path, threads: int) -> onnxruntime.InferenceSession:
    """An onnxruntime session for one file; raises ModelError."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Threads that wait busily would take the cores from the network that runs next.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Photos differ in shape: a growing arena would keep the largest of everything.
    options.enable_cpu_mem_arena = False
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise ModelError(f"{path}: {error}") from error
