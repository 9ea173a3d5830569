"""Which language a person is spoken to in."""

from __future__ import annotations

from bot.sentences import LANGUAGES, sentences
from bot.talk.buttons import button
from bot.talk.desk import Desk, Turn
from bot.talk.errors import BadButton
from bot.talk.types import Reply

_SPOKEN = {
    **dict.fromkeys(("ko", "kr", "korean", "한국어", "한국말", "한글"), "ko"),
    **dict.fromkeys(("en", "english", "영어"), "en"),
}
"""What people call the languages."""


async def choose_language(desk: Desk, turn: Turn, argument: str) -> None:
    """`/language`, with the language or without."""
    if language := _SPOKEN.get(argument.strip().lower()):
        await _speak(desk, turn, language)
        return
    names = ((language, sentences(language)("language-name")) for language in LANGUAGES)
    row = tuple(button(name, "lang", 0, language) for language, name in names)
    await turn.replies.send(Reply(turn.say("language-ask"), (row,)))


async def language_pressed(desk: Desk, turn: Turn, argument: str) -> None:
    """A language's button."""
    if argument not in LANGUAGES:
        raise BadButton("no such language")
    await _speak(desk, turn, argument, replaces=True)


async def _speak(desk: Desk, turn: Turn, language: str, *, replaces: bool = False) -> None:
    await desk.people.choose_language(turn.who, language)
    text = sentences(language)("language-chosen")
    await turn.replies.send(Reply(text, replaces=replaces))
