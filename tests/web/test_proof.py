"""Telegram's proof of who opened the Mini App."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.web.proof import ProofError, proven
from bot.talk.types import Who
from tests.fakes.mini_app import TOKEN, signed

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def test_the_person_and_their_language() -> None:
    who = proven(signed(42, NOW, language="ko"), TOKEN, NOW)
    assert (who, who.locale) == (Who("telegram", "42"), "ko")


def test_an_example_computed_elsewhere() -> None:
    # openssl dgst -sha256 -mac HMAC over "auth_date=1700000000\nuser={...}" with Telegram's rules
    data = (
        "user=%7B%22id%22%3A7%2C%22first_name%22%3A%22Mina%22%7D&auth_date=1700000000"
        "&hash=7c56a8f5b627d9635c88f272f1a06ac8bf47a9ad126f067ec9180602bfe2c885"
    )
    assert proven(data, TOKEN, datetime.fromtimestamp(1_700_000_000, UTC)).user == "7"


@pytest.mark.parametrize("age", [timedelta(0), timedelta(minutes=59), timedelta(minutes=-4)])
def test_an_hour_is_young_enough(age: timedelta) -> None:
    assert proven(signed(42, NOW - age), TOKEN, NOW).user == "42"


@pytest.mark.parametrize("age", [timedelta(minutes=61), timedelta(days=400), timedelta(hours=-1)])
def test_stale_and_future_proofs_are_refused(age: timedelta) -> None:
    with pytest.raises(ProofError):
        proven(signed(42, NOW - age), TOKEN, NOW)


GOOD = signed(42, NOW)


@pytest.mark.parametrize(
    "data",
    [
        None,
        7,
        "",
        "hash=",
        "x" * 9000,
        "user=%FF&hash=zz",
        "[" * 8000,
        "user=" + "[" * 8000 + f"&auth_date={int(NOW.timestamp())}&hash={'0' * 64}",
        GOOD + "&auth_date=1",  # repeated
        GOOD + "&user=%7B%22id%22%3A7%7D",
        GOOD + "&more=1",  # not signed
        GOOD.replace("42", "43"),
        GOOD[:-1] + ("0" if GOOD[-1] != "0" else "1"),
        GOOD.rsplit("&hash=", 1)[0],
        signed(42, NOW, token="123456789:another_another_another_another_an"),
        signed(None, NOW),
        signed(42, NOW, user=json.dumps({"first_name": "no id"})),
        signed(42, NOW, user="[]"),
        signed(42, NOW, user="{}"),
    ],
)
def test_forged_and_malformed_proofs_are_refused(data: object) -> None:
    with pytest.raises(ProofError):
        proven(data, TOKEN, NOW)


def test_the_reason_never_shows_the_person() -> None:
    with pytest.raises(ProofError) as caught:
        proven(signed(42, NOW - timedelta(days=1), name="Hush-Hush"), TOKEN, NOW)
    assert "Hush" not in str(caught.value)
