"""`python -m lookup CODE`: ask the sources named by flags and print their offers."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

import aiohttp

from lookup.catalogue import CatalogueSource
from lookup.csv_rows import CsvRows
from lookup.errors import PriceError
from lookup.naver import NAVER_API_URL, NaverSource
from lookup.service import PriceLookup
from lookup.types import PriceAnswer, PriceQuote, PriceSource


def parser() -> argparse.ArgumentParser:
    """The command line; nothing is read from the environment."""
    flags = argparse.ArgumentParser("python -m lookup", description="Prices for a style code.")
    flags.add_argument("code", help="style code, such as DD1391-100")
    flags.add_argument(
        "--naver-url",
        default=NAVER_API_URL,
        metavar="URL",
        help="address that speaks Naver's contract (default: %(default)s)",
    )
    flags.add_argument("--naver-id", default="", metavar="ID", help="client id")
    flags.add_argument(
        "--naver-secret",
        default="",
        metavar="SECRET",
        help="client secret (other users of this machine can see a command line)",
    )
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
    for quote in answer.quotes:
        lines.append("")
        lines.append(_headline(quote))
        for offer in quote.offers:
            mall = f"{offer.mall} · " if offer.mall else ""
            lines.append(f"  {offer.price_won:>12,}원  {mall}{offer.title}")
            lines.append(f"{'':18}{offer.link}".rstrip())
    if not answer.quotes:
        lines.append("no source: give --naver-id and --naver-secret, or --catalogue-csv")
    return "\n".join([*lines, "", answer.link])


async def ask(flags: argparse.Namespace) -> PriceAnswer:
    """Ask the sources that the flags name. Raises `PriceError` for flags that cannot work."""
    async with aiohttp.ClientSession() as session:
        sources: list[PriceSource] = []
        if flags.naver_id or flags.naver_secret:
            sources.append(
                NaverSource(
                    session,
                    flags.naver_id,
                    flags.naver_secret,
                    flags.naver_url,
                    deadline_s=flags.deadline,
                )
            )
        if flags.catalogue_csv is not None:
            sources.append(CatalogueSource(CsvRows(flags.catalogue_csv)))
        return await PriceLookup(sources, flags.deadline).quote(flags.code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table. Returns 0, or 2 where the flags or the price list cannot be used."""
    flags = parser().parse_args(arguments)
    try:
        answer = asyncio.run(ask(flags))
    except PriceError as error:
        print(f"python -m lookup: {error}", file=sys.stderr)
        return 2
    print(table(answer))
    return 0


def _headline(quote: PriceQuote) -> str:
    time = quote.fetched_at.strftime("%Y-%m-%d %H:%M:%S %Z")
    until = f", until {quote.until:%Y-%m-%d %H:%M %Z}" if quote.until else ""
    return f"{quote.source_name} ({quote.source}): {quote.state}{until}, {time}"


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value <= 600:
        raise argparse.ArgumentTypeError("must be more than 0 and at most 600 seconds")
    return value


if __name__ == "__main__":
    sys.exit(main())
