"""What networks in onnx files are made of."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import onnx


def layers(path: Path) -> Counter[str]:
    """How many layers of each kind: what is exported now is to be as fast as what is shipped."""
    return Counter(node.op_type for node in onnx.load(str(path)).graph.node)
