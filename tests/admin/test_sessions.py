"""Tokens that tell who is signed in: only ours, only for eight hours."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from bot.admin.sessions import Operator, Role, Sessions
from tests.admin.desk import READ_SECRET, SECRET, Desk

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
KIM = Operator("kim", Role.OPERATOR)
LEE = Operator("lee", Role.READER)
WORDS = {Role.OPERATOR: SECRET, Role.READER: READ_SECRET}


def sessions(hours: float = 0, **words: str) -> Sessions:
    told = {**WORDS, **{Role(name): word for name, word in words.items()}}
    return Sessions(told, lambda: NOW + timedelta(hours=hours))


def changed(token: str, **values: object) -> str:
    told, _, signature = token.partition(".")
    body = json.loads(base64.urlsafe_b64decode(told))
    return base64.urlsafe_b64encode(json.dumps({**body, **values}).encode()).decode() + (
        f".{signature}"
    )


def test_any_process_takes_it_for_eight_hours() -> None:
    for who in (KIM, LEE):
        token = sessions().begin(who)
        assert sessions(7.99).operator(token) == who
        assert sessions(8).operator(token) is None


def test_another_secret_ends_what_the_old_one_began() -> None:
    new = sessions(operator="another-secret-another")
    assert new.operator(sessions().begin(KIM)) is None
    assert new.operator(sessions().begin(LEE)) == LEE
    assert sessions(reader="another-secret-another").operator(sessions().begin(LEE)) is None
    alone = Sessions({Role.OPERATOR: SECRET}, lambda: NOW)
    assert alone.operator(sessions().begin(LEE)) is None


def test_nothing_in_it_can_be_changed() -> None:
    token = sessions().begin(LEE)
    for values in (
        {"role": "operator"},
        {"name": "kim"},
        {"until": (NOW + timedelta(days=9)).timestamp()},
        {"nonce": "x"},
    ):
        assert sessions().operator(changed(token, **values)) is None, values


@pytest.mark.parametrize(
    "token",
    [
        "",
        ".",
        "x",
        "x.y",
        "e30=.y",
        "W10=.y",
        "bnVsbA==.y",
        "\u00e9.\u00e9",
        "a." * 900,
        "_" * 2000,
    ],
)
def test_what_is_none_is_none(token: str) -> None:
    assert sessions().operator(token) is None


def test_roles_by_their_secrets_alone() -> None:
    assert sessions().role_of(SECRET) is Role.OPERATOR
    assert sessions().role_of(READ_SECRET) is Role.READER
    for wrong in ("", SECRET[:-1], SECRET.upper(), "\ud800"):
        assert sessions().role_of(wrong) is None


def test_a_forms_word_is_no_session_and_belongs_to_one() -> None:
    token, other = sessions().begin(KIM), sessions().begin(KIM)
    assert token != other
    form = sessions().form(token)
    assert sessions().is_form(token, form)
    assert not sessions().is_form(other, form)
    told = token.partition(".")[0]
    assert sessions().operator(f"{told}.{sessions().form(told)}") is None


async def test_a_forged_cookie_leads_to_signing_in(operator: Desk) -> None:
    good = operator.cookie()
    statuses = []
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        for token in (good, "x", changed(good, name="park"), good[:-1] + "-"):
            desk = Desk(session, operator.url)
            got = await desk.get("/admin", Cookie=f"pumbeon-admin={token}")
            statuses.append(got.status)
    assert statuses == [200, 303, 303, 303]
