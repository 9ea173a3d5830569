"""How each version of the reader came about; `python -m training reader --version V` repeats it.

A version that starts from an earlier one needs that one's checkpoint; it is trained first where
it is missing. Rejected tries stay listed in the model card, not here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from torch import Tensor

from training.crops.settings import V1, V2, CropSettings

Blocks = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class ReaderRecipe:
    """What decides a version beside the fonts and the length of its training.

    `kept` names, for stages of the ResNet, the residual blocks taken over from `after`; a stage
    that is not named is taken whole.
    """

    settings: CropSettings
    samples: int
    blocks: Blocks
    peak: float
    easy_until: float
    seed: int
    after: str | None = None
    kept: tuple[tuple[str, tuple[int, ...]], ...] = ()


READERS = {
    "v1": ReaderRecipe(V1, 243_600, (1, 2, 5, 3), 1.2e-3, 0.35, seed=1),
    # Left out are the blocks that changed the loss least: a quarter less time for a crop.
    "v2": ReaderRecipe(
        V2,
        500_000,
        (1, 2, 3, 2),
        8e-4,
        0.0,
        seed=2,
        after="v1",
        kept=(("layer3", (0, 1, 4)), ("layer4", (1, 2))),
    ),
}
LATEST = "v2"

_BLOCK = re.compile(r"(?P<stage>.*\.(?P<layer>layer\d))\.(?P<block>\d+)\.(?P<rest>.*)")


def taken_over(state: dict[str, Tensor], recipe: ReaderRecipe) -> dict[str, Tensor]:
    """The state of the version before, without the residual blocks that the recipe leaves out."""
    kept = dict(recipe.kept)
    found: dict[str, Tensor] = {}
    for name, value in state.items():
        match = _BLOCK.fullmatch(name)
        if match is None or match["layer"] not in kept:
            found[name] = value
            continue
        blocks, block = kept[match["layer"]], int(match["block"])
        if block in blocks:
            found[f"{match['stage']}.{blocks.index(block)}.{match['rest']}"] = value
    return found
