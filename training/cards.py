"""Measure the exported networks and write their model cards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.crops import drawn_crops, labelled_crops, read_crops
from benchmarks.crops import report as crops_report
from benchmarks.scenes import coded_and_bare, read_scenes
from benchmarks.scenes import report as scenes_report
from benchmarks.tables import machine
from recognizer.models import ModelFiles
from recognizer.pipeline import Pipeline
from training import ledger, rival
from training.exam import HASHED
from training.fonts import FontPool

_SOURCES = """## Data

Everything it has seen was drawn by this repository: `training/crops` (single lines) and
`training/scenes` (whole photos of tags), with free fonts that are downloaded for drawing and not
shipped. A tenth of the font families is kept apart and used for the figures below only. No
photograph was used for training. Real crops, where a table names them, were used for measuring.
"""

_READER = """# Model card: the recogniser, {version}

TRBA (TPS, ResNet, BiLSTM, attention; Baek et al. 2019) with the convolutions' channels at
{channels} of the published ones, input {height}x{width} grey, greedy decoding over
{classes} characters. It reads one text line of a shoe tag: upper-case letters, digits and the
punctuation of codes, and the labels around them.

Files: `reader-encoder.onnx` (large tensors stored in half precision, computed in single) and
`reader-decoder.onnx` for serving, `reader.safetensors` (half precision) for further training.

{sources}
## Figures

{machine}, {date}. `python -m benchmarks` prints them.

{table}

## Training

{log}

Repeat with `make train`: it follows the recipes in `training/recipes.py`, and trains the version
that this one starts from first. Method: `training/reader.py` (easy-to-hard curriculum, CTC helper
head, averaged weights). What the crops show: `docs/drawing.md`.
{versions}{rival}
## Limits

Latin letters and digits only; no Hangul. Letters below about 9 pixels' height, heavy motion blur
and hand-written codes are not read reliably. 0/O and 1/I are told apart by a brand's shape where
it settles them, by the print otherwise. Its confidence is a product of per-character
probabilities; crops that show no text get a low one, not none.

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

CRAFT (Baek et al. 2019) with all channels at {width} of the published ones: character region and
affinity maps at half resolution, joined to lines by `recognizer/regions.py`. It finds the lines
of print on a photo of a shoe tag or box label, at any angle.

Files: `finder.onnx` (serving), `finder.safetensors` (for further training).

{sources}
## Figures

Finder, recogniser and rules together, from the JPEG's bytes on. {machine}, {date}.
`python -m benchmarks` prints them.

{table}

## Training

{log}

Repeat with `make train`. Method: `training/finder.py` (exact character quads, squared error with
the hardest empty pixels).

## Limits

Letters below about 10 pixels' height on a photo of 1280 pixels, very large letters (above a
sixth of the photo) and text on strongly curved surfaces may be missed or split.

Licence: Apache-2.0, as the rest of this repository.
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """The two tables and what they were measured with."""

    manifest: dict[str, dict[str, object]]
    crops_table: str
    scenes_table: str


def measure(
    weights: Path, pool: FontPool, real: Path | None, *, crops: int, photos: int
) -> Measured:
    """Accuracy and time on drawn data of unseen fonts, and on real crops where given."""
    files = ModelFiles(weights)
    pipeline = Pipeline.load(files)
    drawn = drawn_crops(pool, crops, seed=7, hard=1.0)
    tables = [crops_report("drawn, unseen fonts", read_crops(pipeline, drawn))]
    if real:
        found = labelled_crops(real)
        tables.append(crops_report("real", read_crops(pipeline, found)))
    shown = read_scenes(pipeline, coded_and_bare(pool, photos, seed=7, letters_px=16))
    return Measured(files.manifest(), "\n\n".join(tables), scenes_report(shown))


def reader_card(measured: Measured, log: Path, weights: Path) -> str:
    """The recogniser's card; `weights` has the list of versions and the rival's figures.

    Raises LedgerError where one of them cannot be read.
    """
    entry = measured.manifest["reader"]
    return _READER.format(
        **{k: entry[k] for k in ("version", "channels", "height", "width")},
        classes=len(str(entry["characters"])),
        sources=_SOURCES,
        machine=machine(),
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        table=measured.crops_table,
        log=_told(log, "drawn crops"),
        versions=_versions(weights),
        rival=_rival(weights),
    )


def _versions(weights: Path) -> str:
    entries = ledger.load(weights / ledger.LEDGER)
    return _VERSIONS.format(table=ledger.versions_table(entries), hashed=HASHED) if entries else ""


def _rival(weights: Path) -> str:
    found = rival.load(weights / rival.RIVAL)
    if found is None:
        return ""
    return _RIVAL.format(
        table=rival.rival_table(found.bouts),
        version=found.version,
        machine=found.machine,
        date=found.date,
        verdict=rival.verdict(found.bouts),
    )


def finder_card(measured: Measured, log: Path) -> str:
    """The finder's card."""
    entry = measured.manifest["finder"]
    return _FINDER.format(
        version=entry["version"],
        width=entry["width"],
        sources=_SOURCES,
        machine=machine(),
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        table=measured.scenes_table,
        log=_told(log, "patches of drawn photos"),
    )


def _told(log: Path, what: str) -> str:
    """How long the run was, from the last line of its log."""
    if not log.exists():
        return "The run's log was not kept."
    last = log.read_text(encoding="utf-8").splitlines()[-1].split("\t")
    return f"{int(float(last[0])):,} {what} in {float(last[1]):.0f} minutes."
