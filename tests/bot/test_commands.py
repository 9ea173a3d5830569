from __future__ import annotations

import ast
from collections.abc import Callable
from functools import partial

import pytest

from bot.channels.kakao import said
from bot.channels.kakao.request import Asked
from bot.sentences import LANGUAGES, language_of, sentences
from bot.talk.commands import CHAT_COMMANDS, PRESS_OF, PRESSES, ChatCommand, OnPage
from storage.errors import DatabaseAway
from storage.types import Who
from tests.bot.room import ANN, MINSU, Room
from tests.bot.source import constants, parsed
from tests.bot.test_sentences import messages


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


async def test_a_database_that_is_away_is_the_channels_to_wait_for(room: Room) -> None:
    class Locked:
        async def language(self, who: Who) -> str | None:
            raise DatabaseAway("database is locked")

    room.people = Locked()  # type: ignore[assignment]
    room.restart()
    with pytest.raises(DatabaseAway):
        await room.command("start", who=ANN)


@pytest.mark.parametrize("name", [command.name for command in CHAT_COMMANDS])
async def test_every_command_has_an_answer_of_its_own(room: Room, name: str) -> None:
    text = (await room.command(name)).text
    assert text and ("How it works" in text) == (name == "help")


def keys(command: ChatCommand) -> list[str]:
    """What a row says that the files of sentences have."""
    called = command.sentence
    asked = {
        called: command.menu,
        f"{called}.help": command.help_line,
        f"{called}.page": command.page is not OnPage.NOWHERE,
    }
    return [key for key, needed in asked.items() if needed]


def test_every_command_is_called_something_wherever_it_is_offered() -> None:
    lacking = [
        f"bot/sentences/{language}/commands.ftl: {key}"
        for language in LANGUAGES
        for command in CHAT_COMMANDS
        for key in keys(command)
        if key not in messages(language)
    ]
    assert lacking == []


def test_every_name_of_a_command_belongs_to_a_row() -> None:
    known = {key for command in CHAT_COMMANDS for key in keys(command)}
    found = {key for key in messages("ko") if key.startswith("command-")}
    assert found - known == set(), "no row in bot/talk/commands.py asks for these"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_help_tells_of_all_that_is_in_the_menu(room: Room, language: str) -> None:
    await room.command("language", language)
    text = (await room.command("help")).text
    say = sentences(language)
    for command in CHAT_COMMANDS:
        if command.menu and command.name != "help":
            told = f"/{command.name} {say(f'{command.sentence}.help')}"
            assert told in text, f"{command.name}: help_line says in which line"


def test_kakao_understands_every_command_by_each_of_its_words() -> None:
    words = [word for command in CHAT_COMMANDS for word in (command.name, *command.words)]
    assert len(words) == len(set(words))
    for command in CHAT_COMMANDS:
        assert command.words, f"{command.name}: no word for KakaoTalk"
        for word in (command.name, *command.words, f"{command.name.upper()}!"):
            meant = said.said(Asked("u", "b", text=word), (), lambda _: False)
            assert (meant.kind, meant.name, meant.text) == ("command", command.name, "")
        more = said.said(Asked("u", "b", text=f"{command.words[0]} 나이키"), (), lambda _: False)
        assert (more.kind == "command") == command.takes_more


def handlers(*arguments: str) -> set[str]:
    """Names of the conversation's functions that take exactly these."""
    return {
        f"{'.'.join(path.with_suffix('').parts)}.{node.name}"
        for path, tree in parsed("talk")
        for node in tree.body
        if isinstance(node, ast.AsyncFunctionDef)
        and [each.arg for each in node.args.args] == list(arguments)
    }


def name_of(answer: Callable[..., object]) -> str:
    """A handler's module and name, as `handlers` has them."""
    function = answer.func if isinstance(answer, partial) else answer
    return f"{function.__module__.removeprefix('bot.')}.{function.__qualname__}"


def test_every_handler_has_its_row() -> None:
    rows = {name_of(each.answer) for each in (*CHAT_COMMANDS, *PRESSES)}
    assert handlers("desk", "turn", "argument") - rows == set()
    assert handlers("desk", "turn", "row", "argument") - rows == set()


def test_every_button_has_its_row_and_every_row_its_button() -> None:
    places = {"button": 1, "data": 0, "_grid": 1}  # where the verb stands
    made = {
        verb
        for _, tree in parsed()
        for name, place in places.items()
        for verb in constants(tree, name, place)
    }
    assert made - set(PRESS_OF) == set(), "a row in PRESSES (bot/talk/commands.py) is missing"
    assert set(PRESS_OF) - made == set(), "no button has these verbs"
    assert len(PRESS_OF) == len(PRESSES)
    assert not {said.RESULT_VERB, said.PAGE_VERB} & set(PRESS_OF)  # KakaoTalk's own
