from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

import bot.sentences
from bot.sentences import LANGUAGES, Sentences

FOLDER = Path(bot.sentences.__file__).parent


class Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802
        self.names.add(node.id.name)


@cache
def messages(language: str) -> dict[str, set[str]]:
    """The names of the variables of each sentence; not to be changed."""
    resource = FluentParser().parse((FOLDER / f"{language}.ftl").read_text("utf-8"))
    found: dict[str, set[str]] = {}
    for entry in resource.body:
        assert not isinstance(entry, ftl.Junk), entry.content
        if isinstance(entry, ftl.Message):
            assert entry.id.name not in found, f"{entry.id.name} stands twice"
            variables = Variables()
            variables.visit(entry)
            found[entry.id.name] = variables.names
    return found


def strings_in_the_source() -> Iterator[str]:
    for path in FOLDER.parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
    yield "price"  # read while loading, in the package itself


def test_both_languages_have_the_same_sentences_and_variables() -> None:
    assert messages("ko") == messages("en")


def test_every_sentence_is_used() -> None:
    assert set(messages("ko")) - set(strings_in_the_source()) == set()


def test_every_sentence_that_is_asked_for_exists() -> None:
    asked = set()
    for path in FOLDER.parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _is_say(node.func) and node.args:
                argument = node.args[0]
                if isinstance(argument, ast.Constant):
                    asked.add(argument.value)
    assert len(asked) > 30
    assert asked <= set(messages("ko"))


def _is_say(func: ast.expr) -> bool:
    name = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
    return name == "say"


def values(variables: set[str], numbers: set[str]) -> dict[str, str | int]:
    return {name: 12345 if name in numbers else "X1" for name in variables}


def all_values(language: str, key: str) -> Iterator[dict[str, str | int]]:
    """Variables for a sentence: text as text, and once each variable as a number."""
    variables = messages(language)[key]
    needed = NUMBERS & variables
    yield values(variables, needed)
    for count in (0, 1, 2):
        yield {**values(variables, needed), **dict.fromkeys(needed, count)}


# Variables that are numbers, in whatever sentence. Fluent says how they are written and counted.
NUMBERS = {
    "codes", "first", "mended", "page", "pages", "percent", "photos", "place", "rows", "said",
    "taps", "times", "total", "won",
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_can_be_said(language: str) -> None:
    say = Sentences(language)
    for key, variables in messages(language).items():
        for given in all_values(language, key):
            text = say(key, **given)
            assert text.strip()
            assert "{" not in text
        text = say(key, **values(variables, NUMBERS & variables))
        for name in variables - {"change"}:
            assert ("12,345" if name in NUMBERS else "X1") in text, (key, name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_has_digits_that_a_variable_should_give(language: str) -> None:
    """Numbers are written by Fluent: 12345 is 12,345 wherever it is said."""
    say = Sentences(language)
    for key, variables in messages(language).items():
        assert "12345" not in say(key, **values(variables, NUMBERS & variables)), key


def test_korean_is_korean_and_english_english() -> None:
    hangul, latin = re.compile(r"[가-힣]"), re.compile(r"[A-Za-z]{2,}")
    ko, en = Sentences("ko"), Sentences("en")
    for key, variables in messages("ko").items():
        given = values(variables, NUMBERS & variables)
        korean, english = ko(key, **given), en(key, **given)
        if key not in BOTH_LANGUAGES:
            assert not hangul.search(english), f"{key}: Korean in en.ftl"
        words = NAMES.sub("", korean)
        if key not in WITHOUT_WORDS:
            assert hangul.search(korean), f"{key}: no Korean in ko.ftl"
            assert korean != english, key
        if key not in BOTH_LANGUAGES:
            assert not latin.search(words), f"{key}: English in ko.ftl: {latin.findall(words)}"


BOTH_LANGUAGES = {"language-ask"}
# Only variables, signs and a number.
WITHOUT_WORDS = {
    "history-entry",
    "look-up",
    "offer-button",
    "offer-line",
    "stats-find",
    "tag-made-in",
}
# Commands, codes, labels on tags, formats and services are the same in both languages.
NAMES = re.compile(
    r"/[a-z]+|\bX1\b|[A-Z]{2}\d[\d-]*|ART|STYLE|SN|SerpApi|JPEG|PNG|WebP|HEIC|MB|EXIF|CSV|JSON|[a-z]+://\S+"
)


def test_money_is_grouped() -> None:
    assert Sentences("ko")("price", won=1_290_000) == "1,290,000원"
    assert Sentences("en")("price", won=1_290_000) == "₩1,290,000"


def test_unknown_keys_and_missing_variables_are_errors() -> None:
    say = Sentences("en")
    with pytest.raises(LookupError):
        say("no-such-key")
    with pytest.raises(LookupError):
        say("found-sure")
