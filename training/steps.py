"""The steps of a training, from fonts to model cards."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.figures import Figures
from benchmarks.run import Plan, measure
from benchmarks.tables import machine, today
from recognizer.errors import ModelError
from recognizer.models import ModelFiles
from recognizer.networks.tagcraft import TagCraft
from recognizer.tokenizer import Tokenizer
from training import calibrate, ledger, rival
from training.batches import calibration_crops
from training.cards import finder_card, reader_card, told
from training.checkpoint import average_of
from training.exam import HASHED, Exam, data_hash, drawn_exam, real_exam
from training.export import Reader, export_finder, export_reader, export_skimmer
from training.finder import FinderTraining, blended, calibration_photos
from training.fonts import FontPool
from training.heads import alike
from training.reader import ReaderTraining
from training.reading import TrainedReader, load_checkpoint, load_weights, read_all
from training.recipes import SKIMMERS, Origin, recipe_of
from training.skimmer_card import skimmer_card
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
    if skimmer is not None and not alike(reader, skimmer):
        raise ModelError(f"what skims was trained for another reader than {name}; train it anew")
    export_reader(reader, workshop.weights, name, Tokenizer())
    drawn = calibration_crops(FontPool.load(workshop.fonts), 6 * workshop.ranges)
    export_skimmer(skimmer, reader, workshop.weights, drawn)


def _trained(workshop: Workshop, version: str, exported: str) -> Reader | None:
    """A version's network from its run, or else as it was exported."""
    checkpoint = workshop.reader_checkpoint(version)
    if checkpoint.exists():
        return load_checkpoint(checkpoint).network
    files = ModelFiles(workshop.weights)
    path = workshop.weights / exported
    if not path.exists() or files.manifest()["reader"]["version"] != f"trba-{workshop.version}":
        return None
    print(f"{checkpoint}: no run; {path} is exported anew")
    return load_weights(path).network


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
    export_finder(finder, workshop.weights, f"tagcraft-{workshop.finder_version}", photos)


def calibrate_reader(workshop: Workshop, crops: int, photos: int) -> None:
    """Fit the exported reader's calibration on drawn pictures; raises TooFewReadingsError."""
    pool = FontPool.load(workshop.fonts)
    threads = workshop.threads or Plan().threads
    print(calibrate.told(calibrate.calibrate(workshop.weights, pool, crops, photos, threads)))


def bench_plan(workshop: Workshop) -> Plan:
    """What the figures of the model cards are measured by: the bench, as it is run without this."""
    usual = Plan()
    return replace(
        usual,
        weights=workshop.weights,
        fonts=workshop.fonts,
        real=workshop.real,
        threads=workshop.threads or usual.threads,
    )


def write_cards(workshop: Workshop, figures: Figures | None = None) -> None:
    """Write a model card beside each exported network, with the figures of a run of the bench.

    Without any, the bench is run now. Raises OtherFiguresError, LedgerError.
    """
    figures = figures or measure(bench_plan(workshop))
    manifest = ModelFiles(workshop.weights).manifest()
    reader_log = workshop.reader_folder() / "log.tsv"
    finder_log = workshop.runs / "finder" / "log.tsv"
    skimmer_log = workshop.reader_folder(SKIMMERS.get(workshop.version)) / "log.tsv"
    cards = {
        "reader.md": reader_card(manifest, figures, reader_log, workshop.weights),
        "skimmer.md": skimmer_card(manifest, told(skimmer_log, "drawn crops")),
        "finder.md": finder_card(manifest, figures, finder_log),
    }
    for name, text in cards.items():
        if text is None:
            continue
        (workshop.weights / name).write_text(text, encoding="utf-8")
        print(workshop.weights / name)


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
    entries = ledger.record(workshop.weights / ledger.LEDGER, entry)
    print(ledger.versions_table(entries))
    return entry


def _recipe(origin: Origin, trained: TrainedReader) -> ledger.Recipe:
    drawn = origin.settings
    return ledger.Recipe(drawn.version, drawn.digest(), origin.seed, trained.blocks, origin.after)


def _score(exam: Exam, exact: float, fonts: int | None = None) -> ledger.Score:
    count, share = len(exam.crops), round(exact, 4)
    hard = 1.0 if exam.generator else None
    return ledger.Score(count, share, exam.digest, exam.generator, hard, fonts)


def compare_rival(workshop: Workshop, trained: TrainedReader, crops: int) -> rival.Comparison:
    """Set the CTC head against the attention decoder; kept beside the weights for the card."""
    workshop.device()
    papers = exams(workshop, FontPool.load(workshop.fonts), crops)
    where = (machine(), today())
    comparison = rival.compare(trained.network, workshop.version, papers, where)
    rival.write(workshop.weights / rival.RIVAL, comparison)
    print(rival.rival_table(comparison.bouts))
    return comparison
