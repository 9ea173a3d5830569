"""Settings from the environment and `.env`; the only place that reads them.

A room declares what it wants to be told as a `FromEnvironment`, beside what it is for; the bot's
settings are all of them together.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

ENV_FILE = Path(".env")
EXIT_STATUS = 2
"""Of a program that was set up wrongly, as argparse's for flags."""


class WrongSettings(Exception):
    """A setting is missing or wrong: one line for each, which names it but shows no secret."""


class FromEnvironment(BaseSettings):
    """Some settings; each is the environment variable of the same name in upper case.

    The environment goes before `.env` in the working folder; empty counts as unset.
    """

    model_config = SettingsConfigDict(
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        extra="ignore",
        env_ignore_empty=True,
        hide_input_in_errors=True,
    )


Some = TypeVar("Some", bound=FromEnvironment)


def load(kind: type[Some], file: Path = ENV_FILE) -> Some:
    """These settings, `file` being read where it is there. Raises `WrongSettings`."""
    try:
        return kind(_env_file=file)  # type: ignore[call-arg]  # hidden from type checkers
    except ValidationError as error:
        lines = [_line(item["loc"], item["msg"]) for item in error.errors(include_input=False)]
        raise WrongSettings("\n".join(lines)) from None
    except UnicodeDecodeError:
        raise WrongSettings(f"{file}: must be UTF-8 text") from None


def http_url(value: str) -> str:
    """An address without its last slash. Raises `ValueError` for one that cannot be asked."""
    try:
        parts = urlsplit(value)
        fits = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        fits = False
    if not fits:
        raise ValueError("must be a http:// or https:// address")
    return value.rstrip("/")


HttpUrl = Annotated[str, AfterValidator(http_url)]


def _line(place: tuple[int | str, ...], message: str) -> str:
    message = message.removeprefix("Value error, ")
    return f"{str(place[0]).upper()}: {message}" if place else message
