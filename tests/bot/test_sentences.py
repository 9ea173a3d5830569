from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

import bot
import bot.sentences
from bot.sentences import LANGUAGES, Sentences
from tests.bot.source import constants, parsed, strings

FOLDER = Path(bot.sentences.__file__).parent


ASKED = re.compile(r"""\bsay\("([a-z0-9.-]+)"[,)]""")


class Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802
        self.names.add(node.id.name)


@cache
def messages(language: str) -> dict[str, set[str]]:
    """The names of the variables of each sentence, attributes too; not to be changed."""
    found: dict[str, set[str]] = {}
    for file in sorted((FOLDER / language).glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text("utf-8")).body:
            assert not isinstance(entry, ftl.Junk), entry.content
            if isinstance(entry, ftl.Message):
                for key, pattern in _patterns(entry):
                    assert key not in found, f"{key} stands twice"
                    variables = Variables()
                    variables.visit(pattern)
                    found[key] = variables.names
    return found


def _patterns(entry: ftl.Message) -> Iterator[tuple[str, ftl.Pattern]]:
    if entry.value:
        yield entry.id.name, entry.value
    for attribute in entry.attributes:
        yield f"{entry.id.name}.{attribute.id.name}", attribute.value


def of_templates() -> set[str]:
    """Sentences that the operator's pages ask for in their templates."""
    files = (Path(bot.__file__).parent / "admin/templates").glob("*.html")
    return {key for file in files for key in ASKED.findall(file.read_text("utf-8"))}


def test_both_languages_have_the_same_files_sentences_and_variables() -> None:
    files = {
        language: {file.name for file in (FOLDER / language).iterdir()} for language in LANGUAGES
    }
    assert files["ko"] == files["en"]
    variables = {language: dict(messages(language)) for language in LANGUAGES}
    for key in ONLY_IN_KOREAN:
        assert variables["en"].pop(key) == set()
        variables["ko"].pop(key)
    assert variables["ko"] == variables["en"]


def test_every_sentence_is_used() -> None:
    """Those of commands, of the web page, and of what rows say are looked at beside these."""
    used = {text for _, tree in parsed() for text in strings(tree)}
    told = {text.replace("_", "-") for text in used}
    used |= {f"{prefix}-{text}" for prefix in ("web", "admin") for text in told} | of_templates()
    others = ("command-", "page-", "admin-reason-", "admin-status-")
    assert {key for key in messages("ko") if not key.startswith(others)} - used == set()


def test_every_sentence_that_is_asked_for_exists() -> None:
    asked = {key for _, tree in parsed() for key in constants(tree, "say", 0)}
    assert len(asked) > 100
    asked |= of_templates()
    assert asked - set(messages("ko")) == set()


def test_every_sentence_of_the_web_chat_that_is_asked_for_exists() -> None:
    places = {"sentence": 0, "RequestError": 0, "refused": 1}
    asked = {
        f"web-{reason.replace('_', '-')}"
        for _, tree in parsed("channels/web")
        for name, place in places.items()
        for reason in constants(tree, name, place)
    }
    assert len(asked) > 10
    assert asked - set(messages("ko")) == set()


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
            assert bool(text.strip()) == (language == "ko" or key not in ONLY_IN_KOREAN)
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
            assert not hangul.search(english), f"{key}: Korean in en"
        words = NAMES.sub("", korean)
        if key not in WITHOUT_WORDS:
            assert hangul.search(korean), f"{key}: no Korean in ko"
            assert korean != english, key
        if key not in BOTH_LANGUAGES:
            assert not latin.search(words), f"{key}: English in ko: {latin.findall(words)}"


# Nobody counts by the ten thousand in English: these are empty there.
ONLY_IN_KOREAN = {"chart-ten-thousands"}
# The page's switch names the other language in that language.
BOTH_LANGUAGES = {"language-ask", "page-other", "page-switch", "page-title", "admin-other"}
# Only variables, signs and a number.
WITHOUT_WORDS = {
    "chart-day",
    "admin-other",
    "page-other",
    "page-switch",
    "history-entry",
    "look-up",
    "offer-button",
    "offer-line",
    "offer-place",
    "stats-find",
    "tag-made-in",
}
# Commands, codes, labels on tags, formats and services are the same in both languages.
NAMES = re.compile(
    r"/[a-z]+|\bX1\b|[A-Z]{2}\d[\d-]*|ART|STYLE|SN|SerpApi|JavaScript|WEB_ALLOWED_HOSTS|Enter|Shift|JPEG|PNG|WebP|HEIC|MB|EXIF|CSV|JSON|[a-z]+://\S+"
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
