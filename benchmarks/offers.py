"""`python -m benchmarks.offers`: how many shown offers are right, how many right ones are shown.

`offer_answers/` holds answers in the exact layout of each service (Naver's JSON with `<b>`,
SerpApi's two engines, 11번가's XML in EUC-KR). They are written by hand after the documented layout
and after the kinds of titles that shops write, not copied from a service. `truth.tsv` says for each
offer, by hand, whether a person would call it the product itself: new, on sale, this very code. It
was written before the rules were tuned; the part "kept" was not looked at while they were.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.tables import percent, table
from lookup.judging.merge import merged
from lookup.sources import elevenst_xml, naver_items, serpapi
from lookup.sources.fields import read_json
from lookup.types import Offer, PriceQuote, SourceState

ANSWERS = Path(__file__).parent / "offer_answers"
PARTS = ("tune", "kept")
TARGETS = (0.98, 0.90)
"""Least precision and recall."""

_READ: dict[str, Callable[[bytes, str], tuple[Offer, ...]]] = {
    "naver": lambda body, code: naver_items.read_offers(read_json(body), code),
    "serpapi_naver": lambda body, code: serpapi.read_offers(read_json(body), code),
    "serpapi_google": lambda body, code: serpapi.read_offers(read_json(body), code),
    "elevenst": lambda body, code: elevenst_xml.read_offers(elevenst_xml.read_xml(body), code),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """One offer of an answer: what a person says, and whether it is shown."""

    answer: str
    source: str
    part: str
    title: str
    right: bool
    shown: bool


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over offers."""

    answers: int
    shown: int
    right: int
    hits: int

    @property
    def precision(self) -> float:
        """The share of shown offers that are right."""
        return self.hits / self.shown if self.shown else 1.0

    @property
    def recall(self) -> float:
        """The share of right offers that are shown."""
        return self.hits / self.right if self.right else 1.0


def judge(folder: Path = ANSWERS) -> tuple[Judged, ...]:
    """Every offer of the recorded answers, read as the sources read them, each answer alone."""
    with (folder / "truth.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    shown = {
        (row["answer"], offer.link)
        for row in {row["answer"]: row for row in rows}.values()
        for offer in _shown(row, (folder / row["answer"]).read_bytes())
    }
    return tuple(
        Judged(
            row["answer"],
            row["source"],
            row["part"],
            row["title"],
            row["right"] == "yes",
            (row["answer"], row["link"]) in shown,
        )
        for row in rows
    )


def _shown(row: Mapping[str, str], body: bytes) -> tuple[Offer, ...]:
    code, source = row["code"], row["source"]
    offers = _READ[source](body, code)
    quote = PriceQuote(code, source, source, SourceState.OK, datetime.now(UTC), offers)
    return merged([quote])[0].offers


def score(judged: Iterable[Judged]) -> Score:
    """Counts over these offers."""
    offers = list(judged)
    return Score(
        len({offer.answer for offer in offers}),
        sum(offer.shown for offer in offers),
        sum(offer.right for offer in offers),
        sum(offer.shown and offer.right for offer in offers),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 where a target is missed over all answers."""
    parser = argparse.ArgumentParser("python -m benchmarks.offers", description=__doc__)
    parser.add_argument("--part", choices=PARTS, help="only this part")
    parser.add_argument("--verbose", action="store_true", help="list what is judged wrongly")
    options = parser.parse_args(arguments)
    judged = [offer for offer in judge() if options.part in {None, offer.part}]
    print(_table(judged))
    if options.verbose:
        for offer in judged:
            if offer.shown is not offer.right:
                print(f"{'WRONG ' if offer.shown else 'missed'} {offer.answer}: {offer.title}")
    whole = score(judged)
    return int(whole.precision < TARGETS[0] or whole.recall < TARGETS[1])


def _table(judged: Sequence[Judged]) -> str:
    groups = [
        *((part, [o for o in judged if o.part == part]) for part in PARTS),
        *((source, [o for o in judged if o.source == source]) for source in _READ),
        ("all", list(judged)),
    ]
    rows = [_row(name, offers) for name, offers in groups if offers]
    rows.append(["target", "60", "", "", f"≥ {percent(TARGETS[0])}", f"≥ {percent(TARGETS[1])}"])
    header = ["offers", "answers", "right", "shown", "shown are right", "right are shown"]
    return table(header, rows)


def _row(name: str, offers: Sequence[Judged]) -> list[str]:
    found = score(offers)
    counts = [str(found.answers), str(found.right), str(found.shown)]
    return [name, *counts, percent(found.precision), percent(found.recall)]


if __name__ == "__main__":
    sys.exit(main())
