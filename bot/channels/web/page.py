"""The pages and their words: what stands in bot/sentences comes to the page from here.

A page's HTML has placeholders for the few words that are shown without scripts. All others are in
`sentences.js`, a script made here: its modules have them before anything is drawn, in both
languages, so that the page speaks without a connection, too.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from string import Template

from aiohttp import web

from bot.sentences import LANGUAGES, Sentences, sentences
from bot.talk.commands import CHAT_COMMANDS, OnPage

STATIC = Path(__file__).parent / "static"
SCRIPT = "/static/sentences.js"
_OWN = "page-"
_SHARED = ("price", "web-too-large", "web-empty", "web-unavailable", "web-busy", "web-crowded")
"""Sentences of others that the page says, too."""


def html(name: str) -> str:
    """A page of the folder `static`, its placeholders filled."""
    both = {
        word: " · ".join(sentences(language)(f"{_OWN}{word}") for language in LANGUAGES)
        for word in ("description", "noscript")
    }
    page = Template((STATIC / name).read_text("utf-8"))
    return page.substitute(both, title=sentences("en")(f"{_OWN}title"))


def script() -> str:
    """The module `sentences.js`: TEXTS by language and name, and the COMMANDS that it offers."""
    texts = {language: _texts(sentences(language)) for language in LANGUAGES}
    commands = [
        {
            "name": f"/{command.name}",
            "text": command.sentence,
            "menu": command.page is OnPage.MENU,
            "danger": command.danger,
        }
        for command in CHAT_COMMANDS
        if command.page is not OnPage.NOWHERE
    ]
    return f"export const TEXTS = {_json(texts)};\nexport const COMMANDS = {_json(commands)};\n"


def answered(request: web.Request, text: str, content_type: str) -> web.StreamResponse:
    """The text, or that the browser has it already."""
    etag = hashlib.sha256(text.encode()).hexdigest()[:32]
    known = any(tag.value == etag for tag in request.if_none_match or ())
    response = (
        web.Response(status=304)
        if known
        else web.Response(text=text, content_type=content_type, charset="utf-8")
    )
    response.etag = etag
    response.headers["Cache-Control"] = "no-cache"
    return response


def _texts(say: Sentences) -> dict[str, str]:
    own = {name.removeprefix(_OWN): say.template(name) for name in say.names(_OWN)}
    shared = {name: say.template(name) for name in _SHARED}
    named = {
        command.sentence: say(f"{command.sentence}.page")
        for command in CHAT_COMMANDS
        if command.page is not OnPage.NOWHERE
    }
    return {**own, **shared, **named}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
