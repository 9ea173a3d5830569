"""How each version of the reader came about; `python -m training reader --version V` repeats it.

A version that starts from an earlier one needs that one's checkpoint; it is trained first where
it is missing. Rejected tries stay listed in the model card, not here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from torch import Tensor

from datasets.crops.settings import V1, V2, V3, CropSettings
from training.errors import UnknownVersionError
from training.runs.heads import SPLINE

Blocks = tuple[int, int, int, int]
RealSource = tuple[str, str, int]
"""Where photographed crops come from: source, licence, number."""


@dataclass(frozen=True, slots=True)
class ReaderRecipe:
    """What decides a version beside the fonts.

    `settings` draw its crops from `seed` on; `samples` of them are learned from. `blocks` are the
    residual blocks of the ResNet's four stages, `peak` the highest learning rate. Difficulty
    rises until the share `easy_until` of the run; 0 means full difficulty from the start.
    `photographed` of them (0..1) are lines cut from drawn scenes, the rest is drawn alone.
    `after` is the version it starts from, and `kept` names, for stages of the ResNet, the blocks
    taken over from that one; a stage that is not named is taken whole. A `skimming` version reads
    crops only as wide as their texts need, without the spline. `keeps_heads`: they are those of
    `after`, as a skimmer's are of its reader.
    `encoder` is a version whose encoder it starts with instead. `share` (0..1) of the weights that
    are shipped are its run's, the rest those of `after`.
    `real` (0..1) of its crops are photographed ones, which a run has to be given a folder of
    (`datasets.real.learned`); each drawn crop is used `times` times.
    """

    settings: CropSettings
    samples: int
    blocks: Blocks
    peak: float
    easy_until: float
    seed: int
    photographed: float = 0.0
    after: str | None = None
    kept: tuple[tuple[str, tuple[int, ...]], ...] = ()
    skimming: bool = False
    real: float = 0.0
    times: int = 1
    encoder: str | None = None
    share: float = 1.0
    keeps_heads: bool = False


READERS = {
    "v1": ReaderRecipe(V1, 243_600, (1, 2, 5, 3), 1.2e-3, 0.35, seed=1),
    # Left out are the blocks that changed the loss least: a quarter less time for a crop.
    "v2": ReaderRecipe(
        V2,
        352_000,
        (1, 2, 3, 2),
        8e-4,
        0.0,
        seed=2,
        after="v1",
        kept=(("layer3", (0, 1, 4)), ("layer4", (1, 2))),
    ),
    # Photos are what is read most: half of its crops come from the scenes that the finder sees. Not
    # shipped yet: after three fifths of its crops it read as well as v2, no better.
    "v3": ReaderRecipe(V2, 200_000, (1, 2, 3, 2), 5e-4, 0.0, seed=3, photographed=0.5, after="v2"),
    # Skims the many lines of photos for v2. The blocks that are left out changed the loss least.
    "v2-skim": ReaderRecipe(
        V2,
        168_000,
        (1, 2, 1, 1),
        6e-4,
        0.0,
        seed=4,
        photographed=0.6,
        after="v2",
        kept=(("layer3", (0,)), ("layer4", (1,))),
        skimming=True,
        keeps_heads=True,
    ),
    # Real crops among the drawn ones, which are poorer than before (V3). Goes on from what v2 had
    # learned; a core of a small server makes 16 crops a second, hence the number.
    "v4": ReaderRecipe(
        V3,
        160_000,
        (1, 2, 3, 2),
        3e-4,
        0.0,
        seed=5,
        photographed=0.15,
        after="v2",
        real=0.15,
        times=3,
        share=0.6,  # of 0.3 to 1: most lines right on drawn and real crops to choose on
    ),
    # The same for v4; its heads are those of the weights as they are shipped.
    "v4-skim": ReaderRecipe(
        V3,
        72_000,
        (1, 2, 1, 1),
        3e-4,
        0.0,
        seed=6,
        photographed=0.5,
        after="v4",
        skimming=True,
        keeps_heads=True,
        real=0.15,
        times=2,
        encoder="v2-skim",
    ),
}
LATEST = "v4"
SKIMMERS = {"v2": "v2-skim", "v4": "v4-skim"}
"""Which version skims for another."""

_BLOCK = re.compile(r"(?P<stage>.*\.(?P<layer>layer\d))\.(?P<block>\d+)\.(?P<rest>.*)")


def recipe_of(version: str) -> ReaderRecipe:
    """A version's recipe; raises UnknownVersionError."""
    if version not in READERS:
        raise UnknownVersionError(f"no recipe for reader {version!r}; known: {', '.join(READERS)}")
    return READERS[version]


def lineage(version: str) -> tuple[str, ...]:
    """The version and those it starts from, oldest first; raises UnknownVersionError."""
    before = recipe_of(version).after
    return (*(lineage(before) if before else ()), version)


@dataclass(frozen=True, slots=True)
class Origin:
    """What a checkpoint says of its own making: the crops it has seen, and where it started.

    `real` names the sources of its photographed crops, with licence and number.
    """

    settings: CropSettings
    seed: int
    after: str | None
    photographed: float = 0.0
    real: tuple[RealSource, ...] = ()

    @classmethod
    def of(cls, recipe: ReaderRecipe, real: tuple[RealSource, ...] = ()) -> Origin:
        """What a run that follows `recipe` is to say."""
        return cls(recipe.settings, recipe.seed, recipe.after, recipe.photographed, real)

    @classmethod
    def parse(cls, found: Mapping[str, Any]) -> Origin:
        """The contrary of `dataclasses.asdict`."""
        settings = CropSettings(**found["settings"])
        photographed = float(found.get("photographed", 0.0))  # older runs do not say
        real = tuple((str(a), str(b), int(n)) for a, b, n in found.get("real", ()))
        return cls(settings, int(found["seed"]), found["after"], photographed, real)


def taken_over(state: Mapping[str, Tensor], recipe: ReaderRecipe) -> dict[str, Tensor]:
    """The state of the version before, without what the recipe leaves out."""
    kept = dict(recipe.kept)
    found: dict[str, Tensor] = {}
    for name, value in state.items():
        if recipe.skimming and name.startswith(SPLINE):
            continue
        match = _BLOCK.fullmatch(name)
        if match is None or match["layer"] not in kept:
            found[name] = value
            continue
        blocks, block = kept[match["layer"]], int(match["block"])
        if block in blocks:
            found[f"{match['stage']}.{blocks.index(block)}.{match['rest']}"] = value
    return found
