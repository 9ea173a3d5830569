"""The model card of the network that skims a photo's lines, where the reader has one."""

from __future__ import annotations

from collections.abc import Mapping

from training.recipes import READERS, SKIMMERS

_CARD = """# Model card: the skimmer, {name}

The encoder that reads the many lines of a photo first, quickly and once: {version}'s, less the
spline and {left_out} of its residual blocks, in eight bits (convolutions, and the LSTMs'
products). What may be the code and is doubtful is read again by {version} itself
([reader.md](reader.md)), whose decoder and CTC head it shares. A crop is stretched only as wide
as its text needs, 64 to 192 pixels by 32 (`skimming_width` in `recognizer/crops.py`): short texts
take a third of the time.

Files: `reader-encoder-int8.onnx` (serving), `skimmer.safetensors` (half precision, for further
training).

## Data

The same drawings as the reader's, {photographed:.0%} of the crops cut from whole drawn photos; no
photograph.

## Figures

It does not work alone: the tables of photos in [finder.md](finder.md) are of the finder, it, the
reader and the rules together. `make bench` prints them. The log beside a run has, at each check,
the share of held-out crops at full difficulty that it reads without a fault.

## Training

{log}

Repeat with `make train`: recipe `{name}` in `training/recipes.py`. It begins with the reader's
weights, the heads stay as they are, and each batch is as wide as its widest crop needs.

## Limits

As the reader's; besides, bent and steeply tilted lines, which the spline would straighten, are read
worse.

Licence: Apache-2.0, as the rest of this repository.
"""


def skimmer_card(manifest: Mapping[str, Mapping[str, object]], told: str) -> str | None:
    """The card of what skims for the manifest's reader; None where that skims by itself.

    `told` is how long its run was.
    """
    version = str(manifest["reader"]["version"]).removeprefix("trba-")
    if version not in SKIMMERS:
        return None
    recipe, before = READERS[SKIMMERS[version]], READERS[version]
    return _CARD.format(
        name=f"trba-{SKIMMERS[version]}",
        version=f"trba-{version}",
        left_out=sum(before.blocks) - sum(recipe.blocks),
        photographed=recipe.photographed,
        log=told,
    )
