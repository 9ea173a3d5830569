"""The share of typed messages that are understood, as a table."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from benchmarks.tables import table
from benchmarks.typed.messages import Message
from benchmarks.typed.understood import Taken, take_all

MADE = "made of the grammar"
"""What messages without a file are called."""


def understood(messages: Sequence[Message], title: str, *, verbose: bool = False) -> str:
    """A table with the share of messages that are understood; with `verbose` the others, too."""
    taken = asyncio.run(take_all(messages))
    right = sum(each.right for each in taken)
    share = f"{100 * right / max(1, len(taken)):.1f} %"
    row = [title, f"{right} of {len(taken)}", share]
    shown = table(["typed messages", "understood", "share"], [row])
    missed = [_line(each) for each in taken if not each.right]
    return "\n".join([shown, *missed]) if verbose else shown


def _line(taken: Taken) -> str:
    meant = " and ".join(taken.message.codes) or "none"
    found = " and ".join(taken.codes) or "none"
    return f"  {taken.message.text!r}: meant {meant}, taken for {found}"
