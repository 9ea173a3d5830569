"""How many examples Hypothesis tries: few in the usual run, many with THOROUGH=1."""

from __future__ import annotations

import os

THOROUGH = os.environ.get("THOROUGH", "0") not in {"", "0"}
TIMES = 20


def examples(usual: int = 100) -> int:
    """This many, or twenty times as many in a thorough run."""
    return usual * TIMES if THOROUGH else usual
