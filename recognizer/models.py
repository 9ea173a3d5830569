"""The shipped networks as onnx files: loading, sessions, versions."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import onnxruntime

from recognizer.errors import ModelError

WEIGHTS = Path(__file__).parent / "weights"


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """Where one version of the two networks lies; `manifest.json` names files and versions."""

    folder: Path = WEIGHTS

    def manifest(self) -> dict[str, Any]:
        """The manifest; raises ModelError where it is missing or broken."""
        path = self.folder / "manifest.json"
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ModelError(f"{path}: {error}") from error
        if not isinstance(found, dict):
            raise ModelError(f"{path}: not a manifest")
        return found

    def session(self, name: str, threads: int) -> onnxruntime.InferenceSession:
        """An onnxruntime session for one file; raises ModelError."""
        return session_of(self.folder / name, threads)


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
