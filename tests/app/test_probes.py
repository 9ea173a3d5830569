"""/health and /ready, while the models load and when the database is gone."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.app import running
from bot.running.logs import Blotting
from bot.running.server import Readiness, build
from bot.talk.errors import SettingsError
from recognizer.errors import ModelError
from storage.errors import DatabaseError
from tests.fakes.ports import free_port
from tests.fakes.serving import ServingReader, settings_in
from tests.waiting import until


async def probe(url: str, path: str) -> tuple[int, object]:
    async with aiohttp.ClientSession() as session, session.get(url + path) as got:
        return got.status, await got.json()


async def listens(url: str) -> bool:
    try:
        await probe(url, "/health")
    except aiohttp.ClientConnectionError:
        return False
    return True


async def test_ready_only_when_all_is_up(tmp_path: Path) -> None:
    reader = ServingReader()
    reader.may_warm.clear()
    port = free_port()
    settings = settings_in(tmp_path, web_port=port)
    application = running(settings, reader.open)
    starting = asyncio.create_task(application.__aenter__())
    url = f"http://127.0.0.1:{port}"
    await until(lambda: listens(url))
    assert await probe(url, "/health") == (200, {"status": "ok"})
    state = {"ready": False, "database": True, "models": False, "started": False}
    assert await probe(url, "/ready") == (503, state)
    reader.may_warm.set()
    assert await starting == url
    state = {"ready": True, "database": True, "models": True, "started": True}
    assert await probe(url, "/ready") == (200, state)
    await application.__aexit__(None, None, None)
    assert reader.closed


async def test_not_ready_without_the_database() -> None:
    async def gone() -> None:
        raise DatabaseError("gone")

    readiness = Readiness(gone)
    readiness.models = readiness.started = True
    runner = web.AppRunner(build(readiness, ()))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    state = {"ready": False, "database": False, "models": True, "started": True}
    assert await probe(url, "/ready") == (503, state)
    assert (await probe(url, "/health"))[0] == 200
    await runner.cleanup()


async def test_missing_models_end_the_start(tmp_path: Path) -> None:
    async def broken() -> ServingReader:
        raise ModelError("weights are missing")

    with pytest.raises(ModelError):
        async with running(settings_in(tmp_path), broken):
            pass


async def test_a_naver_secret_that_no_header_can_carry_is_named(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, naver_client_id="한글", naver_client_secret="hush")
    with pytest.raises(SettingsError, match="NAVER_CLIENT_ID") as caught:
        async with running(settings, ServingReader().open):
            pass
    assert "hush" not in str(caught.value)


def test_logs_blot_out_secrets_in_tracebacks_too() -> None:
    try:
        raise ValueError("https://api.telegram.org/bot123:abc/getMe")
    except ValueError as error:
        record = logging.LogRecord("x", 40, "f", 1, "token %s", ("123:abc",), None)
        record.exc_info = (type(error), error, error.__traceback__)
    text = Blotting(["123:abc", ""]).format(record)
    assert "123:abc" not in text
    assert "***" in text


def test_a_fault_that_repeats_is_logged_in_brief() -> None:
    formatter = Blotting(["123:abc"])

    def logged(at_s: float) -> str:
        try:
            raise DatabaseError("the disk of 123:abc is full")
        except DatabaseError as error:
            record = logging.LogRecord("x", 40, "f", 1, "not kept", (), None)
            record.exc_info = (type(error), error, error.__traceback__)
            record.created = 1_000_000 + at_s
        return formatter.format(record)

    texts = [logged(at_s) for at_s in (0, 1, 59, 61)]
    assert ["Traceback" in text for text in texts] == [True, False, False, True]
    assert all("the disk of *** is full" in text for text in texts)
