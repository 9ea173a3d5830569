"""`python -m lookup CODE`: ask the sources that have a key and print their offers.

Keys are those of the environment and `.env`, unless flags give others.
`python -m lookup status`: how the sources of a running bot are doing.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import aiohttp
from pydantic import SecretStr

from lookup import status
from lookup.errors import PriceError, SourceSettingsError
from lookup.listing import table
from lookup.service import PriceLookup
from lookup.settings import PriceSettings
from lookup.sources.catalogue import CatalogueSource
from lookup.sources.csv_rows import CsvRows
from lookup.sources.elevenst import ELEVENST_URL, ElevenStreetSource
from lookup.sources.naver import NAVER_API_URL, NaverSource
from lookup.sources.quota import MemoryBook
from lookup.sources.serpapi import ENGINES, SERPAPI_URL, SerpApiSource
from lookup.sources.web_source import Manners
from lookup.types import PriceAnswer, PriceSource
from stylecode.grammar.normalise import key as code_key
from surroundings import version
from surroundings.settings import EXIT_STATUS, WrongSettings, load

# Flag, the setting that stands for it, default, help.
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
    """The command line."""
    flags = argparse.ArgumentParser(
        "python -m lookup",
        description="Prices for a style code. Keys of the sources are read from the environment "
        "and .env; other users of this machine can see a command line.",
        epilog="python -m lookup status: how the price sources of a running bot are doing.",
    )
    flags.add_argument("--version", action="version", version=version.text())
    flags.add_argument("code", type=_code, help="style code, such as DD1391-100")
    flags.add_argument(
        "--settings", type=Path, metavar="FILE", help="a file to read in .env's stead"
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


async def ask(flags: argparse.Namespace) -> PriceAnswer:
    """Ask the sources that flags or settings name.

    Raises `PriceError` for what cannot work, `WrongSettings`.
    """
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
    except WrongSettings as error:
        print(error, file=sys.stderr)
        return EXIT_STATUS
    except PriceError as error:
        print(f"python -m lookup: {error}", file=sys.stderr)
        return 2
    print(table(answer))
    return 0


def _given(flags: argparse.Namespace) -> dict[str, str]:
    """Texts by the name of their flag: the flag's, else the settings'."""
    settings = _settings(flags.settings)
    values = {}
    for flag, setting, _, _ in _TEXTS:
        name = flag.removeprefix("--").replace("-", "_")
        value = getattr(flags, name)
        values[name] = value if value is not None else _text(getattr(settings, setting.lower()))
    return values


def _settings(file: Path | None) -> PriceSettings:
    if file is None:
        return load(PriceSettings)
    try:
        file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "no UTF-8 text"
        raise SourceSettingsError(f"{file}: {reason}") from None
    return load(PriceSettings, file)


def _text(value: str | SecretStr | None) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else value or ""


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
