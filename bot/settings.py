"""Settings from the environment and `.env`; the only place that reads the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsError


def _http_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError("must be a http:// or https:// address")
    return value.rstrip("/")


HttpUrl = Annotated[str, AfterValidator(_http_url)]


class Settings(BaseSettings):
    """All settings; each is the environment variable of the same name in upper case."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True
    )

    telegram_bot_token: SecretStr | None = Field(None, description="Token from @BotFather.")
    telegram_api_url: HttpUrl = Field(
        "https://api.telegram.org/bot", description="Bot API address; the token is appended."
    )
    telegram_file_url: HttpUrl = Field(
        "https://api.telegram.org/file/bot", description="File address; the token is appended."
    )
    telegram_webhook_url: HttpUrl | None = Field(
        None, description="Public address of this server; set: webhook, unset: polling."
    )
    telegram_webhook_secret: SecretStr | None = Field(
        None, description="Secret that Telegram sends with each webhook call."
    )
    web_host: str = Field("127.0.0.1", description="Address that the server listens on.")
    web_port: int = Field(8080, ge=0, le=65535, description="Port that the server listens on.")
    database_url: str = Field(
        "sqlite+aiosqlite:///data/pumbeon.db", description="SQLAlchemy address of the database."
    )
    photo_dir: Path = Field(Path("data/photos"), description="Folder for the photos.")
    naver_client_id: SecretStr | None = Field(None, description="Client id for a Naver gateway.")
    naver_client_secret: SecretStr | None = Field(None, description="Its secret.")
    naver_api_url: HttpUrl = Field(
        "https://openapi.naver.com/v1/search/shop.json", description="Naver's contract is spoken here."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="How much is logged."
    )
