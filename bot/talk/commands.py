"""Slash commands, and the presses that belong to no interaction."""

from __future__ import annotations

from datetime import timedelta

from bot.sentences import LANGUAGES, sentences
from bot.talk.buttons import button
from bot.talk.code.typed import answer_text
from bot.talk.desk import Desk, Turn
from bot.talk.errors import BadButton
from bot.talk.past.export import export_command
from bot.talk.past.history import show_history
from bot.talk.past.privacy import show_privacy
from bot.talk.past.stats import show_stats
from bot.talk.types import Reply, TextSent
from bot.talk.watches import watching
from stylecode import InvalidCode, check

ASKED = timedelta(hours=1)
"""How long "delete everything" can still be pressed after it was asked for."""

MENU = (
    *("help", "history", "watch", "watches", "stats"),
    *("export", "language", "privacy", "delete"),
)
"""Commands that people are told of, in the order of a channel's menu."""

_NAMES = {"ko": "한국어", "en": "English"}
_SPOKEN = {"ko": "ko", "kr": "ko", "korean": "ko", "한국어": "ko", "en": "en", "english": "en"}


async def answer_command(desk: Desk, turn: Turn, name: str, argument: str) -> None:
    """Any command; one that is unknown gets the help."""
    match name.lower():
        case "start":
            await _start(desk, turn, argument.strip())
        case "history":
            await show_history(desk, turn, argument)
        case "export":
            await export_command(desk, turn, argument)
        case "stats":
            await show_stats(desk, turn, argument)
        case "privacy":
            await show_privacy(desk, turn, argument)
        case "language":
            await _language(desk, turn, argument.strip().lower())
        case "watch":
            await watching.watch_command(desk, turn, argument)
        case "watches":
            await watching.show_watches(desk, turn)
        case "delete":
            await _ask_to_forget(desk, turn)
        case _:
            await give_help(desk, turn, "")


async def _start(desk: Desk, turn: Turn, argument: str) -> None:
    """The greeting; a link that starts the bot may carry a command or a code, which is answered."""
    if argument.lower() in MENU:
        await answer_command(desk, turn, argument, "")
    elif _is_code(argument):
        await answer_text(desk, turn, TextSent(turn.key, argument))
    else:
        await turn.replies.send(Reply(turn.say("welcome")))


async def give_help(desk: Desk, turn: Turn, argument: str) -> None:
    """How the bot is used."""
    await turn.replies.send(Reply(turn.say("help")))


async def choose_language(desk: Desk, turn: Turn, argument: str) -> None:
    """A language's button."""
    if argument not in LANGUAGES:
        raise BadButton("no such language")
    await _speak(desk, turn, argument, replaces=True)


async def forget(desk: Desk, turn: Turn, argument: str) -> None:
    """ "Delete everything" or "keep it"; "ask" and an old "delete everything" ask (again)."""
    verdict, _, asked = argument.partition("-")
    if verdict == "ask":
        await _ask_to_forget(desk, turn)
        return
    if verdict == "no":
        await turn.replies.send(Reply(turn.say("forget-kept"), replaces=True))
        return
    if verdict != "yes" or not asked.isdecimal():
        raise BadButton("neither yes nor no")
    if abs(desk.clock().timestamp() - int(asked)) > ASKED.total_seconds():
        await _ask_to_forget(desk, turn, replaces=True)
        return
    _, codes = await desk.interactions.codes(turn.who, 0, 1)
    rows = await desk.people.forget(turn.who)  # of all tables: no number for a person
    text = turn.say("forgotten", codes=codes) if rows else turn.say("forgotten-nothing")
    await turn.replies.send(Reply(text, replaces=True))


async def _language(desk: Desk, turn: Turn, argument: str) -> None:
    if argument in _SPOKEN:
        await _speak(desk, turn, _SPOKEN[argument])
        return
    row = tuple(button(_NAMES[language], "lang", 0, language) for language in LANGUAGES)
    await turn.replies.send(Reply(turn.say("language-ask"), (row,)))


async def _speak(desk: Desk, turn: Turn, language: str, *, replaces: bool = False) -> None:
    await desk.people.choose_language(turn.who, language)
    text = sentences(language)("language-chosen")
    await turn.replies.send(Reply(text, replaces=replaces))


async def _ask_to_forget(desk: Desk, turn: Turn, *, replaces: bool = False) -> None:
    asked = int(desk.clock().timestamp())
    yes = button(turn.say("forget-yes-button"), "forget", 0, f"yes-{asked}", style="danger")
    no = button(turn.say("forget-no-button"), "forget", 0, "no")
    await turn.replies.send(Reply(turn.say("forget-ask"), ((yes, no),), replaces=replaces))


def _is_code(text: str) -> bool:
    """Whether a text can be a style code."""
    try:
        check(text)
    except InvalidCode:
        return False
    return True
