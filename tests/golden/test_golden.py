"""Every transcript: as it is written, and over every channel."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.fakes.postgres import PostgresServer
from tests.golden.bare import expected
from tests.golden.kakao import over_kakao
from tests.golden.script import Script, parse, scripts, written
from tests.golden.stage import Channel, Stage, play
from tests.golden.telegram import over_telegram
from tests.golden.web import over_web

TRANSCRIPTS = [pytest.param(path, id=path.stem) for path in scripts()]
Over = Callable[..., AsyncIterator[Channel]]
CHANNELS: list[Over] = [over_telegram, over_web, over_kakao]


def read(path: Path) -> Script:
    return parse(path.read_text("utf-8"))


def channels_of(path: Path) -> list[Over]:
    """Where a transcript can be played: photos come with words in Telegram alone."""
    return [over_telegram] if read(path).captioned else CHANNELS


ON_CHANNELS = [
    pytest.param(path, over, id=f"{path.stem}-{over.__name__}")
    for path in scripts()
    for over in channels_of(path)
]
# Each over one channel, in turn: all tables of each are in it.
ON_POSTGRESQL = [
    pytest.param(path, channels_of(path)[number % len(channels_of(path))], id=path.stem)
    for number, path in enumerate(scripts())
]


def test_there_are_transcripts_in_both_languages() -> None:
    assert len(TRANSCRIPTS) >= 12
    spoken = {language for path in scripts() for language in read(path).people.values()}
    assert spoken == {"ko", "en"}


@pytest.mark.parametrize("path", TRANSCRIPTS)
async def test_as_it_is_written(path: Path) -> None:
    script = read(path)
    _, answers = await expected(script)
    assert written(script, answers).splitlines() == script.lines, "see python -m tests.golden.write"


@pytest.mark.parametrize(("path", "over"), ON_CHANNELS)
async def test_over_a_channel(path: Path, over: Over, tmp_path: Path) -> None:
    stage = Stage()
    async with asynccontextmanager(over)(stage, tmp_path) as channel:
        await compare(path, stage, channel)


@pytest.mark.parametrize(("path", "over"), ON_POSTGRESQL)
async def test_over_a_channel_on_postgresql(
    path: Path,
    over: Over,
    tmp_path: Path,
    postgres: PostgresServer,
) -> None:
    stage, url = Stage(), await asyncio.to_thread(postgres.migrated)
    async with asynccontextmanager(over)(stage, tmp_path, url) as channel:
        await compare(path, stage, channel)


async def compare(path: Path, stage: Stage, channel: Channel) -> None:
    """Whether a transcript is answered there as it is written."""
    script = read(path)
    replies, _ = await expected(script)
    heard = await play(script, stage, channel)
    assert heard.keys() == replies.keys()
    for number, sent in replies.items():
        try:
            channel.check(sent, heard[number])
        except AssertionError as error:
            raise AssertionError(f"{path.name}:{number + 1}: {error}") from error


@pytest.mark.parametrize("text", ["< hello", "@ Ann en\nBob> text x", "@ Ann en\nAnn> dance x"])
def test_what_is_no_transcript_names_its_line(text: str) -> None:
    with pytest.raises(ValueError, match=r"line \d"):
        parse(text)
