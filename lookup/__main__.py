"""`python -m lookup CODE`: ask the sources named by flags and print their offers.

`python -m lookup status`: how the sources of a running bot are doing.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import aiohttp
from dotenv import dotenv_values

from lookup import status
from lookup.errors import PriceError, SourceSettingsError
from lookup.service import PriceLookup
from lookup.sources.catalogue import CatalogueSource
from lookup.sources.csv_rows import CsvRows
from lookup.sources.elevenst import ELEVENST_URL, ElevenStreetSource
from lookup.sources.naver import NAVER_API_URL, NaverSource
from lookup.sources.quota import MemoryBook
from lookup.sources.serpapi import ENGINES, SERPAPI_URL, SerpApiSource
from lookup.sources.web_source import Manners
from lookup.types import Condition, Offer, PriceAnswer, PriceQuote, PriceSource
from stylecode.grammar.normalise import key as code_key

# Flag, the line of a settings file that stands for it, default, help.
_TEXTS = (
    ("--naver-url", "NAVER_API_URL", NAVER_API_URL, "address that speaks Naver's contract"),
    ("--naver-id", "NAVER_CLIENT_ID", "", "client id"),
    ("--naver-secret", "NAVER_CLIENT_SECRET", "", "client secret"),
    ("--serpapi-key", "SERPAPI_KEY", "", "key for SerpApi"),
    ("--serpapi-url", "SERPAPI_URL", SERPAPI_URL, "address of SerpApi"),
    ("--serpapi-engines", "SERPAPI_ENGINES", ",".join(ENGINES), "engines, separated by commas"),
    ("--elevenst-key", "ELEVENST_KEY", "", "key for 11번가's OPEN API"),
    ("--elevenst-url", "ELEVENST_URL", ELEVENST_URL, "address of 11번가's OPEN API"),
)


def parser() -> argparse.ArgumentParser:
    """The command line; nothing is read from the environment."""
    flags = argparse.ArgumentParser(
        "python -m lookup",
        description="Prices for a style code. Other users of this machine can see a command line: "
        "keys are safer in a file (--settings .env).",
        epilog="python -m lookup status: how the price sources of a running bot are doing.",
    )
    flags.add_argument("code", type=_code, help="style code, such as DD1391-100")
    flags.add_argument(
        "--settings", type=Path, metavar="FILE", help="file like .env with the keys of the sources"
    )
    for flag, _, default, text in _TEXTS:
        told = f"{text} (default: {default})" if default else text
        flags.add_argument(flag, metavar="TEXT", help=told)
    flags.add_argument(
        "--catalogue-csv",
        type=Path,
        metavar="FILE",
        help="price list, a CSV file with the columns code,name,price[,url,image,in_stock]",
    )
    flags.add_argument(
        "--deadline", type=_seconds, default=5.0, metavar="SECONDS", help="default: %(default)s"
    )
    return flags


def table(answer: PriceAnswer) -> str:
    """The answer as text: a line for each source with its time, its offers below, the link."""
    lines = [answer.code]
    if answer.lowest is not None and answer.median is not None:
        lines[0] += (
            f"   lowest {answer.lowest:,}원, median {answer.median:,}원, offers {answer.count}"
        )
    for quote in answer.quotes:
        lines += ["", _headline(quote)]
        for offer in quote.offers:
            mall = f"{offer.mall} · " if offer.mall else ""
            lines.append(f"  {offer.price_won:>12,}원  {mall}{offer.title}{_marks(offer)}")
            lines.append(f"{'':18}{offer.link}".rstrip())
    if not answer.quotes:
        lines.append("no source: give a key (see --help), or --catalogue-csv")
    return "\n".join([*lines, "", answer.link])


async def ask(flags: argparse.Namespace) -> PriceAnswer:
    """Ask the sources that the flags name. Raises `PriceError` for flags that cannot work."""
    given = _given(flags)
    async with aiohttp.ClientSession() as session:
        sources = list(_web_sources(session, given, Manners(deadline_s=flags.deadline)))
        if flags.catalogue_csv is not None:
            sources.append(CatalogueSource(CsvRows(flags.catalogue_csv)))
        return await PriceLookup(sources, flags.deadline).quote(flags.code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table. Returns 0, or 2 where the flags or the price list cannot be used."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["status"]:
        return status.main(words[1:])
    flags = parser().parse_args(words)
    try:
        answer = asyncio.run(ask(flags))
    except PriceError as error:
        print(f"python -m lookup: {error}", file=sys.stderr)
        return 2
    print(table(answer))
    return 0


def _given(flags: argparse.Namespace) -> dict[str, str]:
    """Texts by the name of their flag: the flag's, else the file's, else the default."""
    file = _file(flags.settings) if flags.settings is not None else {}
    values = {}
    for flag, line, default, _ in _TEXTS:
        name = flag.removeprefix("--").replace("-", "_")
        value = getattr(flags, name)
        values[name] = value if value is not None else file.get(line) or default
    return values


def _file(path: Path) -> Mapping[str, str | None]:
    try:
        with path.open(encoding="utf-8") as stream:
            return dotenv_values(stream=stream, interpolate=False)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "no UTF-8 text"
        raise SourceSettingsError(f"{path}: {reason}") from None


def _web_sources(
    session: aiohttp.ClientSession, given: Mapping[str, str], manners: Manners
) -> Iterator[PriceSource]:
    if given["naver_id"] or given["naver_secret"]:
        yield NaverSource(
            session,
            given["naver_id"],
            given["naver_secret"],
            given["naver_url"],
            manners=manners,
        )
    if given["elevenst_key"]:
        yield ElevenStreetSource(
            session, given["elevenst_key"], given["elevenst_url"], manners=manners
        )
    if given["serpapi_key"]:
        book = MemoryBook()
        for engine in dict.fromkeys(filter(None, given["serpapi_engines"].split(","))):
            yield SerpApiSource(
                session,
                engine.strip(),
                given["serpapi_key"],
                given["serpapi_url"],
                manners=manners,
                book=book,
            )


def _marks(offer: Offer) -> str:
    marks = [] if offer.condition is Condition.NEW else [str(offer.condition)]
    marks += [str(offer.note)] if offer.note else []
    return f"  [{', '.join(marks)}]" if marks else ""


def _headline(quote: PriceQuote) -> str:
    time = quote.fetched_at.strftime("%Y-%m-%d %H:%M:%S %Z")
    until = f", until {quote.until:%Y-%m-%d %H:%M %Z}" if quote.until else ""
    return f"{quote.source_name} ({quote.source}): {quote.state}{until}, {time}"


def _code(text: str) -> str:
    if not code_key(text):
        raise argparse.ArgumentTypeError("must hold letters A-Z or digits, such as DD1391-100")
    return text.strip()


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value <= 600:
        raise argparse.ArgumentTypeError("must be more than 0 and at most 600 seconds")
    return value


if __name__ == "__main__":
    sys.exit(main())
