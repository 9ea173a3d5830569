"""`python -m benchmarks.taps`: how many taps it takes from a photo to the price.

Scripted readings go through the real conversation over a real SQLite file; a person who knows what
is printed on the tag presses what leads there soonest. The taps are those that the row counted.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from benchmarks.tables import table
from benchmarks.taps.dialogues import SCENES, Scene
from benchmarks.taps.shopper import Lost, Shop, shown_price


@dataclass(frozen=True, slots=True)
class Taps:
    """A scene's taps, one number for each of its dialogues."""

    scene: Scene
    taps: tuple[int, ...]


LIMITS = {"right reading": 1.2, "one wrong character": 4.0}
"""At most this many taps on average, by the kind of scene; other kinds have no limit."""


async def measure(scenes: Sequence[Scene] = SCENES) -> tuple[Taps, ...]:
    """All dialogues of all scenes. Raises `Lost` where one does not end at the right price."""
    found = []
    for scene in scenes:
        with tempfile.TemporaryDirectory() as folder:
            async with Shop.opened(Path(folder)) as shop:
                taps = [await shown_price(shop, dialogue) for dialogue in scene.dialogues]
        found.append(Taps(scene, tuple(taps)))
    return tuple(found)


def report(found: Sequence[Taps]) -> str:
    """A table of scenes, and one of targets."""
    rows = [
        [
            each.scene.kind,
            each.scene.name,
            str(len(each.taps)),
            f"{mean(each.taps):.2f}",
            str(max(each.taps)),
        ]
        for each in found
    ]
    scenes = table(["kind", "reading", "dialogues", "mean taps", "most"], rows)
    targets = [_target(kind, limit, found) for kind, limit in LIMITS.items()]
    return f"{scenes}\n\n{table(['taps to the price', 'target', 'mean', 'verdict'], targets)}"


def kind_mean(kind: str, found: Sequence[Taps]) -> float:
    """The mean over all dialogues of a kind."""
    return mean(taps for each in found if each.scene.kind == kind for taps in each.taps)


def _target(kind: str, limit: float, found: Sequence[Taps]) -> list[str]:
    taken = kind_mean(kind, found)
    word = "met" if taken <= limit else "not met"
    return [kind, f"<= {limit:.1f}", f"{taken:.2f}", f"{word}, by {abs(limit - taken):.2f}"]


def main() -> int:
    """Print the tables; 1 where a dialogue did not reach its price or a target is not met."""
    try:
        found = asyncio.run(measure())
    except Lost as error:
        print(error, file=sys.stderr)
        return 1
    print(report(found))
    return int(any(kind_mean(kind, found) > limit for kind, limit in LIMITS.items()))


if __name__ == "__main__":
    raise SystemExit(main())
