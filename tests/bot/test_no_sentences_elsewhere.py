"""All that a person can read is in bot/sentences: neither Korean nor English is elsewhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.bot.source import name_of, parsed

HANGUL = re.compile(r"[가-힣]")
TWO_WORDS = re.compile(r"[가-힣]+[ ,.]+[가-힣]+")
THREE_WORDS = re.compile(r"(?<![\w<\\])[A-Za-z]+(?:,? [A-Za-z’']+){2,}(?![\w>=])")

HANGUL_ALLOWED = {
    "talk/commands.py": "what people write on KakaoTalk instead of a slash command",
    "channels/kakao/said.py": "what people type instead of pressing 'see result'",
    "channels/kakao/request.py": "Kakao's name of the block that greets",
    "talk/language.py": "what people call the languages",
    "talk/past/search.py": "what people call brands, and how they write dates",
    "talk/prices/amounts.py": "how people write amounts",
    "sentences/listing.py": "particles",
    "pictures/price_figure.py": "letters that a font has to have",
    "running/price_sources.py": "the shop's name of the sample price list",
}
"""Single Korean words as data; sentences nowhere."""

ENGLISH_ALLOWED = {
    "channels/kakao/channel.py": "Kakao's servers are told why they were refused",
    "channels/telegram/calls/calls.py": "Telegram's own words for what it refuses",
    "channels/telegram/errors.py": "Telegram's own words for what it refuses",
    "channels/web/page.py": "a line of a script",
    "pictures/price_figure.py": "names of fonts",
}

LOGGED = {"debug", "info", "warning", "error", "exception", "Holding"}
"""Calls whose texts stand in logs alone; a `Holding` is told what its log calls what it holds."""


def texts(tree: ast.AST) -> Iterator[tuple[str, tuple[ast.AST, ...]]]:
    """Text constants but docstrings, f-strings in one piece, each with the nodes it stands in."""

    def walk(
        node: ast.AST, above: tuple[ast.AST, ...]
    ) -> Iterator[tuple[str, tuple[ast.AST, ...]]]:
        if isinstance(node, ast.JoinedStr):
            parts = (
                str(each.value) if isinstance(each, ast.Constant) else "…" for each in node.values
            )
            yield "".join(parts), above
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value, above
        for child in () if isinstance(node, ast.JoinedStr) else ast.iter_child_nodes(node):
            if not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)):
                yield from walk(child, (*above, node))

    yield from walk(tree, ())


def found() -> list[tuple[str, str, tuple[ast.AST, ...]]]:
    """All texts but what operators read of settings."""
    every = ((path.as_posix(), tree) for path, tree in parsed())
    return [
        (path, *each)
        for path, tree in every
        if not path.startswith("settings/")
        for each in texts(tree)
    ]


def errors() -> set[str]:
    """Names of the bot's own exceptions: what they say is for logs and operators."""
    classes = {
        node.name: {name_of(base) for base in node.bases}
        for _, tree in parsed()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    known = {"Exception", "ValueError", "LookupError", "AssertionError", "KeyError"}
    while more := {name for name, bases in classes.items() if bases & known} - known:
        known |= more
    return known


def test_no_korean_in_the_source() -> None:
    korean = {(path, text) for path, text, _ in found() if HANGUL.search(text)}
    assert {each for each in korean if each[0] not in HANGUL_ALLOWED} == set()
    assert {each for each in korean if TWO_WORDS.search(each[1])} == set()
    assert {path for path, _ in korean} == set(HANGUL_ALLOWED), "no longer needed"


def test_no_english_sentence_for_people_in_the_source() -> None:
    for_operators = errors() | LOGGED

    def told(above: tuple[ast.AST, ...]) -> bool:
        names = {name_of(node.func) for node in above if isinstance(node, ast.Call)}
        names |= {node.name for node in above if isinstance(node, ast.ClassDef)}
        return not names & for_operators and not any(isinstance(node, ast.Raise) for node in above)

    english = {
        (path, text)
        for path, text, above in found()
        if path.startswith(("channels/", "talk/", "pictures/"))
        and THREE_WORDS.search(text)
        and told(above)
    }
    assert {each for each in english if each[0] not in ENGLISH_ALLOWED} == set()
    assert {path for path, _ in english} == set(ENGLISH_ALLOWED), "no longer needed"
