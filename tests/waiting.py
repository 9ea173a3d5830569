"""How tests wait."""

from benchmarks.stand_ins.waiting import PATIENCE_S, until

__all__ = ["PATIENCE_S", "until"]
