"""`python -m lookup status`: how the price sources of a running bot do, from its `/metrics`."""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPException, HTTPResponse
from time import monotonic
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from prometheus_client.parser import text_string_to_metric_families

from surroundings import version
from surroundings.settings import EXIT_STATUS, WrongSettings, load
from surroundings.web import WebPlace

_PREFIX = "pumbeon_price_"
_LARGEST_BYTES = 5_000_000
_METRICS_PATIENCE_S = 5.0


@dataclass(slots=True)
class SourceRow:
    """One source, as the metrics tell it; None where they say nothing."""

    name: str = ""
    state: str = ""
    values: dict[str, float] = field(default_factory=dict)
    answers: dict[str, float] = field(default_factory=dict)


class NoMetrics(Exception):
    """The bot's metrics cannot be had; the text says why."""


def parser() -> argparse.ArgumentParser:
    """The command line."""
    flags = argparse.ArgumentParser("python -m lookup status", description=__doc__)
    flags.add_argument("--version", action="version", version=version.text())
    add_flags(flags)
    return flags


def add_flags(parser: argparse.ArgumentParser) -> None:
    """Add the flag that names the bot."""
    parser.add_argument(
        "--server",
        metavar="URL",
        help="address of the running bot (default: by WEB_HOST and WEB_PORT)",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table. Returns 0, or 2 where no bot answers."""
    options = parser().parse_args(arguments)
    try:
        print(shown(load(WebPlace), options.server))
    except WrongSettings as error:
        print(error, file=sys.stderr)
        return EXIT_STATUS
    except NoMetrics as error:
        print(f"python -m lookup status: {error}", file=sys.stderr)
        return 2
    return 0


def shown(place: WebPlace, server: str | None = None) -> str:
    """The table for the bot at `server`, else at that place of this machine. Raises `NoMetrics`."""
    if server is None and not place.web_port:
        raise NoMetrics("with WEB_PORT=0 any port may be the bot's; name it with --server")
    server = server or place.url()
    try:
        return table(read(fetch(server)))
    except NoMetrics as error:
        raise NoMetrics(f"{server}: {error}") from error


def fetch(server: str) -> str:
    """The metrics of the bot at `server`. Raises `NoMetrics`."""
    try:
        if urlsplit(server).scheme not in {"http", "https"}:
            raise NoMetrics("must be a http:// or https:// address")
        with urlopen(f"{server.rstrip('/')}/metrics", timeout=_METRICS_PATIENCE_S) as answer:
            return _whole(answer).decode("utf-8")
    except NoMetrics:
        raise
    except HTTPError as error:
        raise NoMetrics(f"answered HTTP {error.code}") from None
    except (URLError, OSError, HTTPException, ValueError) as error:
        raise NoMetrics(f"no answer ({getattr(error, 'reason', None) or error})") from None


def _whole(answer: HTTPResponse) -> bytes:
    """The body; a timeout alone would wait for each drop anew. Raises `TimeoutError`."""
    body, until = bytearray(), monotonic() + _METRICS_PATIENCE_S
    while len(body) < _LARGEST_BYTES and (part := answer.read1(65_536)):
        body += part
        if monotonic() > until:
            raise TimeoutError("too slow")
    return bytes(body)


def read(text: str) -> dict[str, SourceRow]:
    """Rows by source key, in the order of the text. Raises `NoMetrics`."""
    rows: dict[str, SourceRow] = defaultdict(SourceRow)
    try:
        for family in text_string_to_metric_families(text):
            for sample in family.samples:
                if sample.name.startswith(_PREFIX) and "source" in sample.labels:
                    name = sample.name.removeprefix(_PREFIX)
                    _take(rows[sample.labels["source"]], name, sample.labels, sample.value)
    except (ValueError, KeyError, IndexError) as error:
        raise NoMetrics(f"no metrics there ({type(error).__name__})") from None
    if not rows:
        raise NoMetrics("its metrics name no price source")
    return dict(rows)


def table(rows: Mapping[str, SourceRow]) -> str:
    """A line for each source."""
    header = ["source", "state", "asked (UTC)", "calls", "left", "answers since the start"]
    lines = [header, *(_line(key, row) for key, row in rows.items())]
    widths = [max(len(line[at]) for line in lines) for at in range(len(header))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def _take(row: SourceRow, name: str, labels: Mapping[str, str], value: float) -> None:
    if name == "state":
        row.name = labels.get("name", "")
        row.state = labels["state"] if value else row.state
    elif name == "answers_total":
        row.answers[labels["state"]] = value
    else:
        row.values[name] = value


def _line(key: str, row: SourceRow) -> list[str]:
    resting = ", resting" if row.values.get("resting") else ""
    answers = [f"{state} {number:.0f}" for state, number in row.answers.items() if number > 0]
    return [
        key,
        (row.state or "not asked yet") + resting,
        _time(row.values.get("asked_timestamp_seconds")),
        _number(row.values.get("calls")),
        _number(row.values.get("calls_left")),
        ", ".join(answers) or "-",
    ]


def _time(seconds: float | None) -> str:
    try:
        return f"{datetime.fromtimestamp(seconds or 0, UTC):%Y-%m-%d %H:%M:%S}" if seconds else "-"
    except (ValueError, OverflowError, OSError):  # NaN, or no time of this world
        return "-"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:,.0f}"
