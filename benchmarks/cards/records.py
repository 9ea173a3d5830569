"""Tables of what is kept beside the weights: the reader's versions, and its rival."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.tables import percent, table
from recognizer.records.ledger import Entry, LedgerScore
from recognizer.records.rival import Bout

NAMES = {"attention": "TRBA (attention)", "ctc": "rival: CTC alone"}


def versions_table(entries: Sequence[Entry]) -> str:
    """A Markdown table; of a version that was measured again, the last figures."""
    latest = {entry.version: entry for entry in entries}
    header = ["version", "status", "generator", "seed", "data", "crops", "minutes"]
    header += ["drawn", "real", "date", "note"]
    return table(header, [_row(entry) for entry in latest.values()])


def _row(entry: Entry) -> list[str]:
    recipe = entry.recipe
    return [
        entry.version,
        entry.status,
        f"{recipe.generator} `{recipe.settings}`",
        str(recipe.seed) + (f", after {recipe.after}" if recipe.after else ""),
        f"`{entry.data.hash}`",
        "–" if entry.crops is None else f"{entry.crops:,}",
        "–" if entry.minutes is None else f"{entry.minutes:.0f}",
        _shown(entry.drawn),
        _shown(entry.real),
        entry.date,
        entry.note,
    ]


def _shown(score: LedgerScore | None) -> str:
    if score is None:
        return "–"
    drawn_by = f" by {score.generator}" if score.generator else ""
    return f"{percent(score.exact)} of {score.count}{drawn_by}"


def rival_table(bouts: Sequence[Bout]) -> str:
    """A Markdown table, a row for each head and exam."""
    header = ["crops", "count", "head", "exact", "edit distance", "only it right"]
    header += ["ms, head alone", "ms, whole"]
    rows = [
        [
            bout.exam,
            str(bout.count),
            NAMES[score.head],
            percent(score.exact),
            f"{score.distance:.4f}",
            str(score.only),
            f"{score.head_ms:.1f}",
            f"{score.whole_ms:.1f}",
        ]
        for bout in bouts
        for score in bout.scores
    ]
    return table(header, rows)
