from __future__ import annotations

import pytest

from bot.channels.kakao import said
from bot.sentences import language_of
from bot.talk.commands import MENU
from storage.types import Who
from tests.bot.room import ANN, MINSU, Room


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("start", "Hello!"),
        ("help", "How it works"),
        ("HELP", "How it works"),
        ("x", "How it works"),
    ],
)
async def test_texts(room: Room, name: str, words: str) -> None:
    assert words in (await room.command(name)).text


async def test_help_has_a_button(room: Room) -> None:
    assert "How it works" in (await room.press("help:0")).text


async def test_language_by_button_lasts(room: Room) -> None:
    ask = await room.command("language")
    assert [c.label for c in ask.choices()] == ["한국어", "English"]
    chosen = await room.press(ask.data("lang"))
    assert "한국어" in chosen.text
    room.restart()
    assert "안녕하세요" in (await room.command("start")).text


@pytest.mark.parametrize("argument", ["en", "EN ", "English"])
async def test_language_by_argument(room: Room, argument: str) -> None:
    assert "English" in (await room.command("language", argument, MINSU)).text
    assert "Hello!" in (await room.command("start", who=MINSU)).text


async def test_an_unknown_language_is_asked_for(room: Room) -> None:
    assert len((await room.command("language", "tlh")).choices()) == 2


@pytest.mark.parametrize(
    ("choice", "locale", "language"),
    [
        (None, "", "ko"), (None, "ko-KR", "ko"), (None, "KO", "ko"), (None, "de", "en"),
        ("ko", "en", "ko"), ("en", "ko", "en"), ("fr", "ko", "ko"),
    ],
)  # fmt: skip
def test_which_language(choice: str | None, locale: str, language: str) -> None:
    assert language_of(choice, locale) == language


async def test_a_store_that_fails_is_apologised_for_in_the_persons_language(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    class Failing:
        async def language(self, who: Who) -> str | None:
            raise OSError("disk full")

    room.people = Failing()  # type: ignore[assignment]
    room.restart()
    assert "Sorry" in (await room.command("start", who=ANN)).text
    assert "죄송" in (await room.command("start", who=MINSU)).text
    assert "disk full" in caplog.text


@pytest.mark.parametrize("name", MENU)
async def test_every_command_of_the_menu_has_an_answer_of_its_own(room: Room, name: str) -> None:
    text = (await room.command(name)).text
    assert text and ("How it works" in text) == (name == "help")


def test_kakao_has_a_word_for_every_command_of_the_menu() -> None:
    assert set(MENU) <= set(said.WORDS)
