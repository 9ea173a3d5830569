"""All settings of the bot: its own, and what the rooms want to be told."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, model_validator

from bot.settings.admin import AdminSettings
from bot.settings.door import DoorSettings
from bot.settings.keeping import KeepingSettings
from bot.talk.errors import SettingsError
from bot.talk.manners import Manners
from lookup.settings import PriceSettings
from recognizer.settings import RecognizerSettings
from storage.settings import StorageSettings
from surroundings import settings as surroundings
from surroundings.addresses import split
from surroundings.settings import HttpUrl, WrongSettings, http_url
from surroundings.web import WebPlace


def _https_url(value: str) -> str:
    if urlsplit(value).scheme != "https":
        raise ValueError("must be a https:// address; Telegram calls no other")
    return http_url(value)


def _token(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"\d{3,20}:[A-Za-z0-9_-]{3,100}", value.get_secret_value()):
        raise ValueError("must look like 123456789:AbC-dEf, as @BotFather gives it")
    return value


def _webhook_secret(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()):
        raise ValueError("must be 1 to 256 of the characters A-Z a-z 0-9 _ -")
    return value


def _skill_secret(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[!-~]{1,256}", value.get_secret_value(), re.ASCII):
        raise ValueError("must be 1 to 256 ASCII characters without spaces")
    return value


def _host_names(value: str) -> str:
    if any(not re.fullmatch(r"[A-Za-z0-9.-]+", name) for name in split(value)):
        raise ValueError("must be host names without port, separated by commas")
    return value


class Settings(
    RecognizerSettings,
    PriceSettings,
    KeepingSettings,
    StorageSettings,
    AdminSettings,
    DoorSettings,
    WebPlace,
):
    """All settings; each is the environment variable of the same name in upper case."""

    telegram_bot_token: Annotated[SecretStr, AfterValidator(_token)] | None = Field(
        default=None,
        description="Token from @BotFather. With it Telegram is served too.",
    )
    telegram_api_url: HttpUrl = Field(
        default="https://api.telegram.org/bot",
        description="Bot API address; the token is appended.",
    )
    telegram_file_url: HttpUrl = Field(
        default="https://api.telegram.org/file/bot",
        description="File address; the token is appended.",
    )
    telegram_webhook_url: Annotated[str, AfterValidator(_https_url)] | None = Field(
        default=None,
        description="Public https address of this server. Set: webhook, unset: polling.",
    )
    telegram_webhook_secret: Annotated[SecretStr, AfterValidator(_webhook_secret)] | None = Field(
        default=None,
        description="Secret that Telegram sends with each webhook call: A-Z a-z 0-9 _ -",
    )
    kakao_skill_secret: Annotated[SecretStr, AfterValidator(_skill_secret)] | None = Field(
        default=None,
        description="Secret of the skill (header or ?secret=). With it KakaoTalk is served.",
    )
    kakao_bot_id: str = Field(
        default="",
        description="Bot id in KakaoTalk's admin centre; requests of other bots are refused.",
    )
    kakao_image_hosts: Annotated[str, AfterValidator(_host_names)] = Field(
        default="",
        description="Hosts called beside *.kakaocdn.net (photos) and *.kakao.com (late answers).",
    )
    kakao_deadline_s: float = Field(
        default=4.3,
        ge=0.2,
        le=4.8,
        description="Seconds until KakaoTalk is told that the answer comes later; it waits for 5.",
    )
    web_allowed_hosts: Annotated[str, AfterValidator(_host_names)] = Field(
        default="",
        description="Host names the web chat is reached under, beside addresses and localhost.",
    )
    public_url: HttpUrl | None = Field(
        default=None,
        description="Public https address of this server: pictures for KakaoTalk, Mini App page.",
    )
    sure_confidence: float = Field(
        default=0.9,
        ge=0.5,
        le=1.01,
        description="From this probability on, prices come with the reading; 1.01: never.",
    )
    sure_deadline_s: float = Field(
        default=2.5,
        gt=0,
        le=30,
        description="Seconds that a sure reading waits for its prices.",
    )
    photos_per_minute: int = Field(
        default=30,
        ge=0,
        description="Photos that one person may send in a minute; 0: no limit.",
    )
    photos_per_day: int = Field(
        default=1000,
        ge=0,
        description="Photos that one person may send in a day; 0: no limit.",
    )
    photos_per_minute_by_address: int = Field(
        default=120,
        ge=0,
        description="Photos to the web chat from one address in a minute; 0: no limit.",
    )
    photo_wait_s: float = Field(
        default=20.0,
        ge=0,
        le=600,
        description="Seconds that a photo may wait to be read, else people are told; 0: any time.",
    )
    watch_every_hours: float = Field(
        default=6.0,
        ge=0.1,
        le=168,
        description="Hours between two looks at a watched price.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO",
        description="How much is logged: DEBUG, INFO, WARNING or ERROR.",
    )

    @model_validator(mode="after")
    def _belong_together(self) -> Self:
        if self.telegram_webhook_url and not self.telegram_webhook_secret:
            raise ValueError("TELEGRAM_WEBHOOK_SECRET: needed where TELEGRAM_WEBHOOK_URL is set")
        if self.kakao_bot_id and not self.kakao_skill_secret:
            raise ValueError("KAKAO_SKILL_SECRET: needed where KAKAO_BOT_ID is set")
        return self

    @property
    def manners(self) -> Manners:
        """How forward the conversation is."""
        return Manners(
            self.sure_confidence,
            self.sure_deadline_s,
            self.photos_per_minute,
            self.photos_per_day,
            self.retention_photos_days,
            self.retention_rows_days,
            self.photo_wait_s,
        )

    @property
    def allowed_hosts(self) -> tuple[str, ...]:
        """Names that the web chat may be reached under, those of our public addresses included."""
        ours = (self.telegram_webhook_url, self.public_url)
        public = tuple(name for url in ours if url and (name := urlsplit(url).hostname))
        return split(self.web_allowed_hosts) + public

    @property
    def https_host(self) -> str:
        """The name that people reach us under by https alone, "" for none."""
        at = urlsplit(self.public_url or "")
        return at.hostname or "" if at.scheme == "https" else ""

    @property
    def kakao_hosts(self) -> tuple[str, ...]:
        """Hosts that the KakaoTalk channel may call beside Kakao's own."""
        return split(self.kakao_image_hosts)

    def secrets(self) -> tuple[str, ...]:
        """Values that no log may show."""
        values = [getattr(self, name) for name in type(self).model_fields]
        return tuple(value.get_secret_value() for value in values if isinstance(value, SecretStr))


def load() -> Settings:
    """The settings. Raises `SettingsError` with one line for each that is wrong."""
    try:
        return surroundings.load(Settings)
    except WrongSettings as error:
        raise SettingsError(str(error)) from None
