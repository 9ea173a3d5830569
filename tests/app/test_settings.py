"""Settings: what is right, and the one line that names what is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.settings import Settings, load
from bot.settings.__main__ import example
from bot.talk.errors import SettingsError

ROOT = Path(__file__).parents[2]
TOKEN = "123456789:AAE-secret_secret_secret_secret_sec"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)  # no .env here


def test_nothing_needs_to_be_set() -> None:
    settings = load()
    assert (settings.web_host, settings.web_port) == ("127.0.0.1", 8080)
    assert settings.telegram_bot_token is None


def test_environment_wins_over_the_file_and_empty_counts_as_unset(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("WEB_PORT=9000\nWEB_HOST=0.0.0.0\nTELEGRAM_BOT_TOKEN=\n")
    monkeypatch.setenv("WEB_PORT", "9001")
    settings = load()
    assert (settings.web_host, settings.web_port) == ("0.0.0.0", 9001)
    assert settings.telegram_bot_token is None


WRONG = [
    ({"WEB_PORT": "eighty"}, "WEB_PORT"),
    ({"WEB_PORT": "70000"}, "WEB_PORT"),
    ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL"),
    ({"TELEGRAM_BOT_TOKEN": "hush-hush-hush"}, "TELEGRAM_BOT_TOKEN"),
    ({"TELEGRAM_BOT_TOKEN": TOKEN + "\n"}, "TELEGRAM_BOT_TOKEN"),
    ({"TELEGRAM_API_URL": "ftp://x"}, "TELEGRAM_API_URL"),
    ({"TELEGRAM_WEBHOOK_URL": "http://shop.example/hush-hush-hush"}, "TELEGRAM_WEBHOOK_URL"),
    ({"TELEGRAM_WEBHOOK_URL": "https://shop.example"}, "TELEGRAM_WEBHOOK_SECRET"),
    ({"TELEGRAM_WEBHOOK_SECRET": "hush hush hush!"}, "TELEGRAM_WEBHOOK_SECRET"),
    ({"KAKAO_SKILL_SECRET": "hush hush hush"}, "KAKAO_SKILL_SECRET: must be"),
    ({"KAKAO_BOT_ID": "5f0c"}, "KAKAO_SKILL_SECRET: needed"),
    ({"KAKAO_IMAGE_HOSTS": "http://127.0.0.1:80"}, "KAKAO_IMAGE_HOSTS"),
    ({"KAKAO_DEADLINE_S": "5"}, "KAKAO_DEADLINE_S"),
    ({"NAVER_CLIENT_ID": "hush-hush-hush"}, "NAVER_CLIENT_SECRET"),
    ({"NAVER_CLIENT_SECRET": "hush-hush-hush"}, "NAVER_CLIENT_ID"),
    ({"NAVER_API_URL": "openapi.naver.com"}, "NAVER_API_URL"),
    ({"DATABASE_URL": "mysql://root:hush-hush-hush@db/x"}, "DATABASE_URL: mysql://"),
    ({"DATABASE_URL": "root:hush-hush-hush"}, "DATABASE_URL"),
    ({"ADMIN_SECRET": "hush-hush-hush!"}, "ADMIN_SECRET: must have 16"),
    ({"ADMIN_SECRET": "x" * 16, "ADMIN_READ_SECRET": "hush"}, "ADMIN_READ_SECRET: must have 16"),
    ({"ADMIN_READ_SECRET": "hush-hush-hush-hush"}, "ADMIN_SECRET: needed"),
    (
        {"ADMIN_SECRET": "hush-hush-hush-hush", "ADMIN_READ_SECRET": "hush-hush-hush-hush"},
        "ADMIN_READ_SECRET: must be another",
    ),
    ({"WEB_ALLOWED_HOSTS": "https://shop.example"}, "WEB_ALLOWED_HOSTS"),
    ({"RECOGNIZER_DETECTOR": "yolo"}, "RECOGNIZER_DETECTOR"),
    ({"MODEL_STORE": "s3://"}, "MODEL_STORE: must be"),
    ({"MODEL_STORE_LOOK_S": "0"}, "MODEL_STORE_LOOK_S"),
    ({"RECOGNIZER_DETECTOR_FILE": "craft.pth"}, "RECOGNIZER_DETECTOR_FILE: only for"),
]


@pytest.mark.parametrize(("values", "named"), WRONG)
def test_a_wrong_setting_is_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str], named: str
) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load()
    text = str(caught.value)
    assert text.startswith(named)
    assert "\n" not in text
    assert not re.search("hush|secret_", text)
    assert caught.value.__cause__ is None


def test_several_wrong_settings_have_a_line_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEB_PORT", "x")
    monkeypatch.setenv("LOG_LEVEL", "x")
    with pytest.raises(SettingsError) as caught:
        load()
    assert [line.split(":")[0] for line in str(caught.value).splitlines()] == [
        "WEB_PORT",
        "LOG_LEVEL",
    ]


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"WEB_HOST=\xff\xfe")
    with pytest.raises(SettingsError, match=r"\.env"):
        load()


def test_secrets_are_known_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    settings = load()
    assert settings.secrets() == (TOKEN,)
    assert TOKEN not in repr(settings)


def test_the_webhook_host_may_be_used() -> None:
    values = {
        "telegram_webhook_url": "https://Shop.example/x",
        "telegram_webhook_secret": "s",
        "web_allowed_hosts": "a.example, B.example",
    }
    hosts = Settings.model_validate(values).allowed_hosts
    assert hosts == ("a.example", "b.example", "shop.example")


def test_the_example_file_documents_exactly_the_settings() -> None:
    kept = (ROOT / ".env.example").read_text("utf-8")
    assert kept == example(), "make it anew: python -m bot.settings > .env.example"
