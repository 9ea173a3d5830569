"""Readers of crops side by side: the same pictures, the same threads, taking turns in one run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.errors import BenchmarkError
from benchmarks.pictures.confidence import span
from benchmarks.pictures.crops import CropResult
from benchmarks.pictures.readers import OURS, REST_S, FiledCrop, ReadsCrops
from benchmarks.tables import missing_rows, percent, quantile, table
from datasets.labelled import LabelledCrop
from datasets.truths import distance
from storage.shares import wilson

BATCH = 8
Counts = Callable[[LabelledCrop], bool]


@dataclass(frozen=True, slots=True)
class ReaderFigures:
    """One reader on one set of crops; shares are in 0..1, times in milliseconds.

    `counted` is "as read" (the text as it stands) or "with rules" (what the rules for codes make
    of it, the same for every reader). `exact` compares A-Z0-9, `interval` is its 95 % interval.
    `first3` is None for who gives one reading. `as_printed` has case and punctuation kept, spaces
    ignored. `edit_distance` is the mean normalised Levenshtein distance of A-Z0-9. Times are of one
    crop, from pixels to text (ours: to candidates); `batch_ms` is the median for eight at once,
    None where the reader takes one at a time.
    """

    reader: str
    counted: str
    exact: float
    interval: tuple[float, float]
    first3: float | None
    as_printed: float
    edit_distance: float
    ms_p50: float
    ms_p95: float
    batch_ms: float | None


@dataclass(frozen=True, slots=True)
class SetFigures:
    """All readers on one set of crops; `missing` says why a reader has no figures."""

    title: str
    count: int
    readers: tuple[ReaderFigures, ...]
    missing: dict[str, str]


class Comparison:
    """Readers taking turns on blocks of eight crops; who fails is left out from then on."""

    def __init__(self, readers: Sequence[ReadsCrops], missing: dict[str, str]) -> None:
        self._readers = list(readers)
        self.missing = dict(missing)
        self.results: dict[str, list[CropResult]] = {reader.name: [] for reader in readers}
        self.batches: dict[str, list[float]] = {reader.name: [] for reader in readers}

    def run(self, filed: Sequence[FiledCrop]) -> None:
        """Read all crops with all readers, each first with a block that does not count."""
        for reader in list(self._readers):
            self._guarded(reader, filed[:BATCH], warming=True)
        for turn, block in enumerate(_blocks(filed)):
            count = max(1, len(self._readers))
            order = self._readers[turn % count :] + self._readers[: turn % count]
            for reader in order:
                time.sleep(REST_S)
                self._guarded(reader, block)

    def _guarded(
        self, reader: ReadsCrops, block: Sequence[FiledCrop], warming: bool = False
    ) -> None:
        try:
            results = [reader.read(one) for one in block]
            ms = reader.batch_ms(block) if len(block) == BATCH else None
        except BenchmarkError as error:
            self._readers.remove(reader)
            self.missing[reader.name] = f"failed: {error}"
            del self.results[reader.name], self.batches[reader.name]
            return
        if not warming:
            self.results[reader.name] += results
            self.batches[reader.name] += [] if ms is None else [ms]

    def figures(self, title: str, counts: Counts = lambda _: True) -> SetFigures:
        """Two rows a reader, as read and with rules, of those crops that count; at least one."""
        rows: list[ReaderFigures] = []
        for name, every in self.results.items():
            results = [result for result in every if counts(result.crop)]
            batches = self.batches[name]
            batch_ms = quantile(batches, 0.5) if batches else None
            as_read = [result.as_read for result in results]
            rows.append(reader_figures(name, "as read", as_read, batch_ms))
            rows.append(reader_figures(name, "with rules", results, batch_ms))
        read = max(self.results.values(), key=len, default=[])
        count = sum(counts(result.crop) for result in read)
        return SetFigures(title, count, tuple(rows), self.missing)


def _blocks(filed: Sequence[FiledCrop]) -> Iterator[Sequence[FiledCrop]]:
    for start in range(0, len(filed), BATCH):
        yield filed[start : start + BATCH]


def reader_figures(
    name: str, counted: str, results: Sequence[CropResult], batch_ms: float | None
) -> ReaderFigures:
    """One row from at least one result."""
    count = len(results)
    right = sum(result.right_within(1) for result in results)
    several = name == OURS and counted == "with rules"
    times = [result.ms for result in results]
    return ReaderFigures(
        reader=name,
        counted=counted,
        exact=right / count,
        interval=wilson(right, count),
        first3=sum(r.right_within(3) for r in results) / count if several else None,
        as_printed=sum(r.as_printed for r in results) / count,
        edit_distance=sum(edit_distance(r) for r in results) / count,
        ms_p50=quantile(times, 0.5),
        ms_p95=quantile(times, 0.95),
        batch_ms=batch_ms,
    )


def edit_distance(result: CropResult) -> float:
    """Normalised distance (0..1) of the first code to the nearest truth, A-Z0-9 compared."""
    return distance(result.codes[0] if result.codes else "", result.crop.truths)


def report(figures: SetFigures) -> str:
    """A table of all readers on one set."""
    header = [
        *(f"{figures.title}, {figures.count} crops", "counted", "exact", "95 % interval"),
        *("in first 3", "exact as printed", "edit distance", "ms p50 / p95", f"ms for {BATCH}"),
    ]
    rows = [_row(one) for one in figures.readers]
    rows += missing_rows(figures.missing, len(header))
    return table(header, rows)


def _row(one: ReaderFigures) -> list[str]:
    return [
        one.reader,
        one.counted,
        percent(one.exact),
        span(one.interval),
        "-" if one.first3 is None else percent(one.first3),
        percent(one.as_printed),
        f"{one.edit_distance:.3f}",
        f"{one.ms_p50:.1f} / {one.ms_p95:.1f}",
        "-" if one.batch_ms is None else f"{one.batch_ms:.1f}",
    ]
