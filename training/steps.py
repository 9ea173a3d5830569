"""The steps of a training, from fonts to calibrated networks."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from datasets.fonts.fonts import FontPool
from datasets.real.measured import RealSets
from recognizer.errors import ModelError
from recognizer.models import ModelFiles
from recognizer.networks.tagcraft import TagCraft
from recognizer.pipeline import Pipeline
from recognizer.reading.tokenizer import Tokenizer
from recognizer.records import ledger
from recognizer.records.place import machine, today
from recognizer.records.rival import RIVAL, ReaderComparison, verdict, write
from stylecode.ranking.signals import weights
from training.exporting import calibrate
from training.exporting.export import export_finder, export_reader, export_skimmer, record
from training.finder.finder import FinderTraining, calibration_photos
from training.ranking import fit, tags
from training.reader import rival
from training.reader.batches import calibration_crops
from training.reader.exam import HASHED, Exam, data_hash, drawn_exam, real_exam
from training.reader.reader import ReaderTraining
from training.reader.reading import (
    TrainedReader,
    load_checkpoint,
    load_weights,
    read_all,
    reader_from,
)
from training.reader.recipes import SKIMMERS, Origin, recipe_of
from training.runs.checkpoint import average_of, blended, told_of, trained_of
from training.runs.heads import alike
from training.workshop import Workshop


def train_finder(workshop: Workshop) -> None:
    """Train the finder, or go on."""
    FinderTraining(workshop.finder_plan(), workshop.device()).run()


def train_reader(workshop: Workshop) -> None:
    """Follow the recipe of the workshop's version, or go on, and then that of what skims for it.

    The versions it starts from are trained first, from the last one on whose run has begun.
    Raises UnknownVersionError.
    """
    skimmer = SKIMMERS.get(workshop.version)
    for version in (*workshop.to_train(workshop.version), *((skimmer,) if skimmer else ())):
        print(f"reader {version}", flush=True)
        ReaderTraining(workshop.reader_plan(version), workshop.device()).run()


def export_networks(workshop: Workshop) -> None:
    """Averaged weights of the runs to onnx and safetensors; raises ModelError."""
    export_readers(workshop)
    export_the_finder(workshop)


def export_readers(workshop: Workshop) -> None:
    """The reader and what skims for it.

    Without a run, the weights of that version that were exported before are exported anew. Raises
    ModelError without any, and where the skimmer was trained for other heads.
    """
    name = f"trba-{workshop.version}"
    reader = _trained(workshop, workshop.version, "reader.safetensors")
    if reader is None:
        raise ModelError(f"{workshop.reader_checkpoint()}: no such checkpoint; train first")
    skimmer = None
    if workshop.version in SKIMMERS:
        skimmer = _trained(workshop, SKIMMERS[workshop.version], "skimmer.safetensors")
    if skimmer is not None and not alike(reader.network, skimmer.network):
        raise ModelError(f"what skims was trained for another reader than {name}; train it anew")
    trained = told_of(reader.crops, reader.minutes)
    real = _real_sources(reader, _told_before(workshop, "reader"))
    export_reader(reader.network, workshop.weights, name, Tokenizer(), trained, real=real)
    drawn = calibration_crops(FontPool.load(workshop.fonts), 6 * workshop.ranges)
    network = None if skimmer is None else skimmer.network
    export_skimmer(network, reader.network, workshop.weights, drawn)
    if skimmer is not None:
        record(workshop.weights, "skimmer", _skimmer_entry(workshop, skimmer))


def _skimmer_entry(workshop: Workshop, skimmer: TrainedReader) -> dict[str, Any]:
    """What the manifest says of the network that skims."""
    version = SKIMMERS[workshop.version]
    trained = told_of(skimmer.crops, skimmer.minutes)
    before = _told_before(workshop, "skimmer")
    return {
        "version": f"trba-{version}",
        "blocks": list(skimmer.blocks),
        "photographed": recipe_of(version).photographed,
        "trained": trained or before.get("trained"),
        "real": _real_sources(skimmer, before),
    }


def _told_before(workshop: Workshop, network: str) -> dict[str, Any]:
    """What the manifest says of a network that was exported before, if one was."""
    if not (workshop.weights / "manifest.json").exists():
        return {}
    told: dict[str, Any] = ModelFiles(workshop.weights).manifest().get(network, {})
    return told


def _real_sources(found: TrainedReader, before: Mapping[str, Any]) -> list[list[object]]:
    """Where its photographed crops came from; where only weights are left, as was told before."""
    if found.origin is None:
        return list(before.get("real", []))
    return [list(one) for one in found.origin.real]


def _trained(workshop: Workshop, version: str, exported: str) -> TrainedReader | None:
    """A version's network from its run, or else as it was exported."""
    checkpoint = workshop.reader_checkpoint(version)
    if checkpoint.exists():
        run = load_checkpoint(checkpoint)
        return replace(run, network=reader_from(workshop.learned(version)))
    files = ModelFiles(workshop.weights)
    path = workshop.weights / exported
    if not path.exists() or files.manifest()["reader"]["version"] != f"trba-{workshop.version}":
        return None
    print(f"{checkpoint}: no run; {path} is exported anew")
    return load_weights(path)


def export_the_finder(workshop: Workshop) -> None:
    """The finder, mixed with an earlier one's weights where the workshop says so.

    Without a run, the weights that were exported before are exported anew. Raises ModelError
    without any.
    """
    checkpoint = workshop.runs / "finder" / "finder.ckpt"
    before = workshop.weights / "finder.safetensors"
    if not checkpoint.exists() and before.exists():
        print(f"{checkpoint}: no run; {before} is exported anew")
        checkpoint = before
    finder = TagCraft()
    weights = average_of(checkpoint)
    if workshop.finder_with:
        weights = blended(weights, average_of(workshop.finder_with), workshop.finder_share)
    finder.load_state_dict(weights)
    photos = calibration_photos(workshop.fonts, workshop.ranges)
    version = f"tagcraft-{workshop.finder_version}"
    export_finder(finder, workshop.weights, version, photos, trained_of(checkpoint))


def calibrate_reader(workshop: Workshop, crops: int, photos: int) -> None:
    """Fit the exported reader's calibration on drawn pictures; raises TooFewReadingsError."""
    pool = FontPool.load(workshop.fonts)
    threads = workshop.threads or os.cpu_count() or 1
    print(calibrate.told(calibrate.calibrate(workshop.weights, pool, crops, photos, threads)))


def fit_ranking(workshop: Workshop, folders: Sequence[Path], drawn: int, into: Path) -> None:
    """Fit the ranking's weights on drawn tags and the choosing half of real ones.

    Raises TooFewTagsError, RealDataError, ModelError, WeightsError.
    """
    pipeline = Pipeline.load(ModelFiles(workshop.weights), workshop.threads or os.cpu_count() or 1)
    read = tags.drawn_tags(pipeline, FontPool.load(workshop.fonts), drawn)
    known = [*read, *tags.real_tags(pipeline, RealSets.of(folders))]
    priors = fit.priors_of(weights())
    found = fit.fitted(known, priors, fit.held_of(weights()))
    before, after = (fit.mean_surprise(one, known) for one in (priors, found))
    print(f"{len(known)} tags: {before:.4f} nats a tag with the priors, {after:.4f} fitted")
    fit.write(into, found)


def exams(workshop: Workshop, pool: FontPool, crops: int) -> list[Exam]:
    """Drawn crops, and the real ones where a folder of them was given."""
    found = [drawn_exam(pool, crops)]
    return [*found, real_exam(workshop.real)] if workshop.real else found


def record_version(
    workshop: Workshop, trained: TrainedReader, status: ledger.Status, note: str, crops: int
) -> ledger.Entry:
    """Measure a reader and add it to the list of versions beside the weights.

    It is read greedily by its attention decoder; `crops` is how many drawn ones. Raises
    UnknownVersionError where neither the checkpoint nor a recipe says how it came about.
    """
    workshop.device()
    origin = trained.origin or Origin.of(recipe_of(workshop.version))
    pool = FontPool.load(workshop.fonts)
    drawn, *real = [
        (exam, exam.exact(read_all(trained.network, exam.crops)))
        for exam in exams(workshop, pool, crops)
    ]
    entry = ledger.Entry(
        workshop.version,
        status,
        _recipe(origin, trained),
        ledger.Data(data_hash(pool, origin.settings, origin.seed), HASHED, len(pool.train)),
        trained.crops,
        None if trained.minutes is None else round(trained.minutes, 1),
        _score(*drawn, fonts=len(pool.held_out)),
        _score(*real[0]) if real else None,
        today(),
        machine(),
        note,
    )
    ledger.record(workshop.weights / ledger.LEDGER, entry)
    print(entry)
    return entry


def _recipe(origin: Origin, trained: TrainedReader) -> ledger.Recipe:
    drawn = origin.settings
    return ledger.Recipe(drawn.version, drawn.digest(), origin.seed, trained.blocks, origin.after)


def _score(exam: Exam, exact: float, fonts: int | None = None) -> ledger.LedgerScore:
    count, share = len(exam.crops), round(exact, 4)
    hard = 1.0 if exam.generator else None
    return ledger.LedgerScore(count, share, exam.digest, exam.generator, hard, fonts)


def compare_rival(workshop: Workshop, trained: TrainedReader, crops: int) -> ReaderComparison:
    """Set the CTC head against the attention decoder; kept beside the weights for the card."""
    workshop.device()
    papers = exams(workshop, FontPool.load(workshop.fonts), crops)
    where = (machine(), today())
    comparison = rival.compare(trained.network, workshop.version, papers, where)
    write(workshop.weights / RIVAL, comparison)
    for bout in comparison.bouts:
        print(*(f"{bout.exam}: {one.head} {one.exact:.1%}" for one in bout.scores), sep="\n")
    print(verdict(comparison.bouts))
    return comparison
