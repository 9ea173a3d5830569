"""The model cards of the exported networks, with the tables of a run of the bench."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

from benchmarks import reports
from benchmarks.cards.records import rival_table, versions_table
from benchmarks.cards.skimmer import photographs, skimmer_card, told
from benchmarks.errors import OtherFiguresError
from benchmarks.figures import Figures
from recognizer.models import ModelFiles
from recognizer.records import ledger, rival

_SOURCES = """## Data

What it has seen was drawn by this repository: `datasets/crops` (single lines) and `datasets/scenes`
(whole photos of tags), with free fonts that are downloaded for drawing and not shipped. A tenth of
the font families is kept apart: it is used for the figures below and for the calibration of the
confidences, never for training. No photograph was used for calibration. Real crops, where a table
names them, were used for measuring.
"""

_READER = """# Model card: the recogniser, {version}

TRBA (TPS, ResNet, BiLSTM, attention; Baek et al. 2019) with the convolutions' channels at
{channels} of the published ones, input {height}x{width} grey, {classes} characters, and a CTC
head on the same features. It reads one text line of a shoe tag: upper-case letters, digits and the
punctuation of codes, and the labels around them.

A crop is read greedily first, by both heads. Where the attention decoder is sure and the CTC head
reads the same, that is the reading. Elsewhere the crop is read closely: the likeliest readings by
beam search instead of one, weighed by the CTC head as a second witness, in several views of the
crop, which vote. A confidence is calibrated: the first code's score, its lead over the second and
the views' agreement go through a logistic model and an isotonic map, fitted on drawn pictures, and
become the share of such readings that are right (`calibration` in `manifest.json`).
`docs/reading.md` has the whole of it.

Files: `reader-encoder.onnx` (large tensors stored in half precision, computed in single) and
`reader-decoder.onnx` for serving, `reader.safetensors` (half precision) for further training.
The many lines of a photo are skimmed by `reader-encoder-int8.onnx`: {skimming}.

{sources}{photographs}
## Figures

{headline}.
`make bench{real}` prints these tables.

{tables}

"As read" is the text as it stands, "with rules" is what the rules for codes make of it, the same
rules for every reader. Real crops are those of the half of the codes that nothing was chosen on.
Intervals are Wilson's. "Exact" compares A-Z0-9, "exact as printed" case and punctuation too, spaces
ignored. Times are from pixels to text (ours: to candidates with their confidence), the median and
the 95th percentile; the time for eight is of their first, greedy reading in one go, and doubtful
crops take longer. The calibration error is the expected one over 15 bins of equally many crops; "if
perfect" is what chance alone would leave of it. Drawn crops are of every difficulty from a quarter
to the full one, in fonts that training never sees; the calibration was fitted on other crops in
these fonts.

## Training

{log}

Repeat with `make train`: it follows the recipes in `training/reader/recipes.py`, and trains the
version that this one starts from first. Method: `training/reader/reader.py` (easy-to-hard
curriculum, CTC helper head, averaged weights). What the crops show: `docs/drawing.md`.
{versions}{rival} ## Limits

Latin letters and digits only; of Hangul and other scripts it reads nothing, on purpose. Letters
below about 9 pixels' height, heavy motion blur, print that fades within a line and hand-written
codes are not read reliably. 0/O and 1/I are told apart by a brand's shape where it settles them, by
the print otherwise. Confidences hold for pictures like the drawn ones: on kinds of tags that nobody
drew they are estimates. Crops that show no text give no code, or one of low confidence.

Licence: Apache-2.0, as the rest of this repository.
"""

_VERSIONS = """
## Versions

{table}

Exact match of the network alone: averaged weights in torch, the attention decoder read greedily,
A-Z0-9 compared with letter case folded, no rules for codes, no beam, no second view. Drawn crops
are in fonts that training never sees, of all difficulties and all kinds that the generator draws
(labels and lines without a code, too), by the version of the generator that is named: rows of the
same version and count are of the same pictures. "generator" is what the training crops were drawn
with and the digest of its settings, "data" a hash over the first {hashed} of them. `versions.json`
has more.
"""

_RIVAL = """
## A rival at equal cost

{table}

{version}, {machine}, {date}, in torch on one core. `python -m training rival` prints it.

The rival is the CTC head alone on the same encoder: the same crops and the same training (the
encoder learned from both heads), no attention decoder. Both read greedily, counted as in the table
of versions. Edit distance is Levenshtein's over the longer text's length (0 is best), "only it
right" counts crops that the other head got wrong, times are medians of processor time for one crop.
{verdict}

TRBA stays the reader unless it is clearly beaten; in serving, the CTC head is a second witness for
doubtful lines.
"""

_FINDER = """# Model card: the finder, {version}

TagCRAFT (`recognizer/networks/tagcraft.py`): the character region and affinity maps of CRAFT (Baek
et al. 2019) at half resolution, from a residual U-shaped network of {channels} channels in place
of VGG, and two maps more: how much text looks like a style code, and in which direction it reads.
`recognizer/finding/regions.py` joins lines from them. It finds the lines of print on a photo of a
shoe tag or box label at any angle, the end where each begins, and which to read first.

Files: `finder.onnx` (serving; convolutions in eight bits, ranges taken from drawn photos),
`finder.safetensors` (half precision, for further training).

{sources}
## Figures

Finder, recogniser and rules together, from the JPEG's bytes on. {headline}.
`make bench{real}` prints these tables.

{tables}

Real photographs are split by code: rules and thresholds were chosen on one half, the other half's
figures are what counts, and what the targets are held to; intervals are Wilson's. The surest are
those of all upright photographs with a code, of the crops, and of the photos without a code that
were given one, by the confidence of what was shown first. Rivals' lines went through our rules;
times are from the file to the candidates, readers in turns on the same photos. The table of
confidence is of the drawn photos that were given a code, rightly or wrongly. Serving is a process
of its own with all that the server loads: photos one after the other, then many waiting; RapidOCR
3's is its own, with all threads for one photo after the other.

## Training

{log}

Repeat with `make train`. Method: `training/finder/finder.py` (exact character quads; squared error
with the hardest empty pixels for CRAFT's maps; on text alone, cross-entropy for the code's map and
squared error for the direction). That run was the last of five, each begun with the weights of the
one before (`--finder-start`): tagcraft-v2 (97,600 patches, while the drawer grew and the direction
weighed 0.1, then 0.4, then 0.8 in its loss), 177,296 patches more, 45,280 with tags of other
countries and any angle, 94,976 with, in the second half, the relief of leather and mesh
(tagcraft-v3: seven tenths of it and three of v2), and this one, with relief from the start, letters
built of dots, woven ground, and twice as many codes spaced letter by letter. The shipped weights
are four tenths of this run's and six of tagcraft-v3's (`--finder-with`). What the patches show:
`docs/drawing.md`.

## Limits

Letters below about 10 pixels' height on a photo of 1280 pixels, very large letters (above a
sixth of the photo) and text on strongly curved surfaces may be missed or split.

Licence: Apache-2.0, as the rest of this repository.
"""


Manifest = Mapping[str, Mapping[str, object]]


def write_cards(weights: Path, figures: Figures) -> list[Path]:
    """Write a model card beside each exported network; returns their paths.

    Raises OtherFiguresError, ModelError, and RecordError where versions or rival cannot be read.
    """
    manifest = ModelFiles(weights).manifest()
    cards = {
        "reader.md": reader_card(manifest, figures, weights),
        "skimmer.md": skimmer_card(manifest),
        "finder.md": finder_card(manifest, figures),
    }
    written = {weights / name: text for name, text in cards.items() if text is not None}
    for path, text in written.items():
        path.write_text(text, encoding="utf-8")
    return list(written)


def reader_card(manifest: Manifest, figures: Figures, weights: Path) -> str:
    """The recogniser's card; `weights` has the list of versions and the rival's figures.

    Raises OtherFiguresError, and RecordError where versions or rival cannot be read.
    """
    entry = manifest["reader"]
    _check(entry, figures, "reader")
    return _READER.format(
        **{k: entry[k] for k in ("version", "channels", "height", "width")},
        classes=len(str(entry["characters"])),
        skimming=_skimming(manifest),
        sources=_SOURCES,
        photographs=photographs(entry),
        headline=figures.headline(),
        real=_real_option(figures.real is not None),
        tables=reports.of_crops(figures),
        log=told(entry, "drawn crops"),
        versions=_versions(weights),
        rival=_rival(weights),
    )


def _skimming(manifest: Manifest) -> str:
    if "skimmer" in manifest:
        return "a network of its own ([skimmer.md](skimmer.md))"
    return "the same weights, convolutions and LSTMs in eight bits"


def _check(entry: Mapping[str, object], figures: Figures, network: str) -> None:
    if figures.models.get(network) != entry["version"]:
        measured = figures.models.get(network)
        raise OtherFiguresError(f"figures of {measured}, but the card is of {entry['version']}")


def _real_option(shown: bool) -> str:
    return ' ARGS="--real FOLDER"' if shown else ""


def _versions(weights: Path) -> str:
    entries = ledger.load(weights / ledger.LEDGER)
    return (
        _VERSIONS.format(table=versions_table(entries), hashed=entries[-1].data.crops)
        if entries
        else ""
    )


def _rival(weights: Path) -> str:
    found = rival.load(weights / rival.RIVAL)
    if found is None:
        return ""
    return _RIVAL.format(
        table=rival_table(found.bouts),
        version=found.version,
        machine=found.machine,
        date=found.date,
        verdict=rival.verdict(found.bouts),
    )


def finder_card(manifest: Manifest, figures: Figures) -> str:
    """The finder's card; raises OtherFiguresError."""
    entry = manifest["finder"]
    _check(entry, figures, "finder")
    return _FINDER.format(
        version=entry["version"],
        channels=" / ".join(map(str, cast(Sequence[int], entry["channels"]))),
        sources=_SOURCES,
        headline=figures.headline(),
        real=_real_option(figures.real is not None),
        tables=reports.of_photos(figures),
        log=told(entry, "patches of drawn photos"),
    )
