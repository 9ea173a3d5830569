"""The model card of the network that skims a photo's lines, where the reader has one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from benchmarks.tables import table

_CARD = """# Model card: the skimmer, {name}

The encoder that reads the many lines of a photo first, quickly and once: {version}'s, less the
spline and {left_out} of its residual blocks, in eight bits (convolutions, and the LSTMs'
products). What may be the code and is doubtful is read again by {version} itself
([reader.md](reader.md)), whose decoder and CTC head it shares. A crop is stretched only as wide
as its text needs, 64 to 192 pixels by 32 (`skimming_width` in `recognizer/reading/input.py`): short
texts take a third of the time.

Files: `reader-encoder-int8.onnx` (serving), `skimmer.safetensors` (half precision, for further
training).

## Data

The same drawings as the reader's, {photographed:.0%} of the crops cut from whole drawn photos.
{photographs}
## Figures

It does not work alone: the tables of photos in [finder.md](finder.md) are of the finder, it, the
reader and the rules together. `make bench` prints them. The log beside a run has, at each check,
the share of held-out crops at full difficulty that it reads without a fault.

## Training

{log}

Repeat with `make train`: recipe `{name}` in `training/reader/recipes.py`. It begins with the
reader's weights, the heads stay as they are, and each batch is as wide as its widest crop needs.

## Limits

As the reader's; besides, bent and steeply tilted lines, which the spline would straighten, are read
worse.

Licence: Apache-2.0, as the rest of this repository.
"""


def skimmer_card(manifest: Mapping[str, Mapping[str, object]]) -> str | None:
    """The card of what skims for the manifest's reader; None where that skims by itself."""
    entry = manifest.get("skimmer")
    if entry is None:
        return None
    return _CARD.format(
        name=entry["version"],
        version=manifest["reader"]["version"],
        left_out=sum(_blocks(manifest["reader"])) - sum(_blocks(entry)),
        photographed=entry["photographed"],
        photographs=photographs(entry),
        log=told(entry, "drawn crops"),
    )


def photographs(entry: Mapping[str, object]) -> str:
    """The sources of the photographed crops that a network learned from, as a table."""
    sources = cast(Sequence[tuple[str, str, int]], entry.get("real") or ())
    if not sources:
        return "No photograph was learned from.\n"
    rows = [[name, licence, str(count)] for name, licence, count in sources]
    found = table(["photographed lines it learned from, too", "licence", "crops"], rows)
    return f"\n{found}\n\nThey are of no tags of shoes, and not part of this repository.\n"


def _blocks(entry: Mapping[str, object]) -> Sequence[int]:
    return cast(Sequence[int], entry["blocks"])


def told(entry: Mapping[str, object], what: str) -> str:
    """How long a network's run was, as the manifest says since it was exported."""
    trained = cast(Mapping[str, float], entry.get("trained") or {})
    if not trained:
        return "How long it was trained was not kept."
    return f"{int(trained['samples']):,} {what} in {trained['minutes']:.0f} minutes."
