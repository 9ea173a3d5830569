"""`python -m lookup CODE`: ask the sources that have a key and print their offers.

Keys are those of the environment and `.env`, unless flags give others.
`python -m lookup status`: how the sources of a running bot are doing.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

import aiohttp
from pydantic.fields import FieldInfo

from lookup import status
from lookup.errors import PriceError, SourceSettingsError
from lookup.listing import table
from lookup.service import PriceLookup
from lookup.settings import PriceSettings
from lookup.sources.catalogue import CatalogueSource
from lookup.sources.csv_rows import CsvRows
from lookup.sources.means import CallManners, Means
from lookup.sources.registry import SOURCES
from lookup.types import PriceAnswer, PriceSource
from stylecode.grammar.normalise import key as code_key
from surroundings import version
from surroundings.settings import EXIT_STATUS, WrongSettings, load


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
    for flag, field in _texts().values():
        default = f" (default: {field.default})" if field.default else ""
        text = f"{field.description}{default}".replace("%", "%%")
        flags.add_argument(flag, metavar="TEXT", help=text)
    flags.add_argument(
        "--catalogue-csv",
        type=Path,
        metavar="FILE",
        help="price list, CSV or XLSX, with the columns code,name,price[,url,image,in_stock]",
    )
    flags.add_argument(
        "--deadline",
        type=_seconds,
        metavar="SECONDS",
        help="until a slow source is given up (default: PRICE_TOTAL_S, as the bot does)",
    )
    return flags


async def ask(flags: argparse.Namespace) -> PriceAnswer:
    """Ask the sources that flags or settings name.

    Raises `PriceError` for what cannot work, `WrongSettings`.
    """
    settings = _settings(flags.settings)
    given = _given(flags, settings)
    # As long as the bot waits for late answers: nobody sees this one edited.
    deadline_s = flags.deadline or max(settings.price_total_s, settings.price_deadline_s)
    async with aiohttp.ClientSession() as session:
        means = Means(session, CallManners(deadline_s=deadline_s))
        sources: list[PriceSource] = []
        for each in [kind.of(given) for kind in SOURCES]:
            sources += each.open(means) if each.complete else ()
        if flags.catalogue_csv is not None:
            rows = CsvRows(flags.catalogue_csv)
            print("\n".join(rows.left_out), end="\n" if rows.left_out else "", file=sys.stderr)
            sources.append(CatalogueSource(rows))
        return await PriceLookup(sources, deadline_s).quote(flags.code)


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


def _given(flags: argparse.Namespace, settings: PriceSettings) -> dict[str, object]:
    """What sources are told, by variable: by a flag, else by the settings; "" is nothing."""
    values = settings.model_dump()
    for variable, (flag, _) in _texts().items():
        told = getattr(flags, flag.removeprefix("--").replace("-", "_"))
        if told is not None:
            values[variable] = told
    return {variable: value for variable, value in values.items() if value != ""}


def _texts() -> dict[str, tuple[str, FieldInfo]]:
    """The texts that sources have to be told, by variable: flag and field."""
    return {
        variable: (kind.flag(variable), field)
        for kind in SOURCES
        for variable, field in kind.variables().items()
        if field.default is None or isinstance(field.default, str)
    }


def _settings(file: Path | None) -> PriceSettings:
    if file is None:
        return load(PriceSettings)
    try:
        file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "no UTF-8 text"
        raise SourceSettingsError(f"{file}: {reason}") from None
    return load(PriceSettings, file)


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
