"""The page's scripts and HTML, read as they lie there: their words, their names, their imports."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.channels.web import page
from bot.sentences import LANGUAGES
from bot.talk.commands import CHAT_COMMANDS, COMMAND_OF, PRESS_OF, OnPage

STATIC = page.STATIC
SCRIPTS = sorted(STATIC.rglob("*.js"))
PAGES = sorted(STATIC.rglob("*.html"))
MADE = STATIC / "sentences.js"

HANGUL = re.compile(r"[가-힣]")
LETTERS = re.compile(r"[A-Za-z]{2,}|[가-힣]")
_STRING = r"(?:\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)"
_PATTERN = r"(?<=[(,=:\[!&|?{};])\s*/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*"
_TOKEN = re.compile(rf"(?P<comment>//[^\n]*|/\*.*?\*/)|(?P<string>{_STRING})|{_PATTERN}", re.DOTALL)
_FILLED = re.compile(r"\$\{[^}]*\}")
# What begins like a sentence, or ends like one.
SENTENCE = re.compile(r"^[A-Z][a-z’']+ [A-Za-z]|[A-Za-z]{2,} .*[a-z][.!?…]$")
# Where a text goes to the person as it is.
SHOWN = re.compile(
    rf"(?:textContent|innerText|title|alt|placeholder)\s*[=:]\s*(?P<one>{_STRING})"
    rf"|\"aria-label\",\s*(?P<two>{_STRING})"
    rf"|\b(?:toast|notice|complain|prompt|alert|confirm|refused|say)\(\s*(?P<three>{_STRING})"
    rf"|\belement\(\s*\"\w+\",\s*{_STRING},\s*(?P<four>{_STRING})"
)

NOT_WORDS = {
    "Pumbeon": "its name",
    "DD1391-100": "a code, in the drawing of a tag",
    "US 9 · UK 8 · CM 27": "sizes, in the drawing of a tag",
}
"""What stands in the HTML as it is, in every language."""


def without_comments(script: Path) -> str:
    """The script's text; patterns and strings stay."""
    return _TOKEN.sub(lambda found: "" if found["comment"] else found[0], script.read_text("utf-8"))


def literals(script: Path) -> Iterator[str]:
    """The strings of a script, without their quotes."""
    for found in _TOKEN.finditer(script.read_text("utf-8")):
        if found["string"]:
            yield found["string"][1:-1]


class Words(HTMLParser):
    """What a page's HTML says: text, and attributes that are read."""

    READ = ("title", "alt", "placeholder", "aria-label", "content")

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.attributes += given.items()
        told = tag != "meta" or given.get("name") == "description"
        self.said += [given[name] for name in self.READ if name in given and told]

    def handle_data(self, data: str) -> None:
        self.said.append(data.strip())


def words(file: Path) -> Words:
    read = Words()
    read.feed(file.read_text("utf-8"))
    return read


def exported(name: str) -> object:
    """What `sentences.js` exports under this name."""
    found = re.search(rf"^export const {name} = (.*?);$", page.script(), re.DOTALL | re.MULTILINE)
    assert found
    return json.loads(found[1])


def texts(language: str) -> dict[str, str]:
    every = exported("TEXTS")
    assert isinstance(every, dict)
    return dict(every[language])


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda file: file.name)
def test_no_script_has_a_sentence(script: Path) -> None:
    source = without_comments(script)
    assert HANGUL.findall(source) == []
    assert [text for text in literals(script) if SENTENCE.search(text)] == []
    shown = [text for found in SHOWN.finditer(source) for text in found.groups() if text]
    assert [text for text in shown if LETTERS.search(_FILLED.sub("", text))] == []


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.parent.name)
def test_no_page_has_words_of_its_own(file: Path) -> None:
    said = [text for text in words(file).said if LETTERS.search(text)]
    placeholders = {"$title", "$noscript", "$description"}
    assert set(said) - set(NOT_WORDS) - placeholders == set()


def test_the_tests_above_would_see_words(tmp_path: Path) -> None:
    script = tmp_path / "one.js"
    script.write_text(
        'x.textContent = "Hello"; toast("gone"); // "A comment says this."\n'
        'const a = /"/.test(y) ? "turn bot" : "The photo is not there."; element("p", "bad", "no");'
    )
    found = [text for text in literals(script) if SENTENCE.search(text)]
    assert found == ["The photo is not there."]
    assert len(list(SHOWN.finditer(without_comments(script)))) == 3
    file = tmp_path / "one.html"
    file.write_text('<p data-text="how">Hi there<img alt="A tag"></p>')
    assert [text for text in words(file).said if LETTERS.search(text)] == ["Hi there", "A tag"]


@pytest.mark.parametrize("name", ["index.html", "mark/index.html"])
def test_pages_are_served_with_their_words(name: str) -> None:
    served = page.html(name)
    assert "$" not in served
    assert "이 페이지는 JavaScript가 필요해요. · This page needs JavaScript." in served
    assert "<title>Pumbeon 품번</title>" in served


def named() -> set[str]:
    """The texts that scripts and pages ask for."""
    asked = set()
    for script in SCRIPTS:
        for call in re.finditer(r"\bt\(((?:[^()]|\([^()]*\))*)", without_comments(script)):
            asked |= set(re.findall(r'"([a-z0-9-]+)"', call[1]))
    for file in PAGES:
        attributes = words(file).attributes
        asked |= {
            text for name, text in attributes if name in {"data-text", "data-label", "data-hint"}
        }
    return asked


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_that_the_page_asks_for_is_there_and_none_is_spare(language: str) -> None:
    there = set(texts(language))
    assert named() - there == set()
    strewn = {text for script in SCRIPTS for text in literals(script)} | named()
    commands = {command.sentence for command in CHAT_COMMANDS}
    assert there - strewn - commands - {"noscript", "description"} == set()


def test_what_is_filled_in_has_its_places() -> None:
    assert set(re.findall(r"\{(\w+)\}", texts("ko")["mark-place"])) == {"x", "y", "w", "h"}
    assert [texts(language)["price"] for language in LANGUAGES] == ["{won}원", "₩{won}"]


def test_the_page_offers_the_commands_that_the_table_says() -> None:
    offered = exported("COMMANDS")
    assert isinstance(offered, list)
    there = [command for command in CHAT_COMMANDS if command.page is not OnPage.NOWHERE]
    assert [each["name"] for each in offered] == [f"/{command.name}" for command in there]
    assert [each["menu"] for each in offered] == [each.page is OnPage.MENU for each in there]
    assert [each["danger"] for each in offered] == [each.danger for each in there]
    assert sum(each["menu"] for each in offered) > 2
    assert all(each["text"] in texts("ko") for each in offered)


def test_commands_and_presses_named_on_the_page_have_their_rows() -> None:
    found = [each for file in PAGES for each in words(file).attributes]
    commands = {text.removeprefix("/") for name, text in found if name == "data-command"}
    assert commands
    assert commands - set(COMMAND_OF) == set()
    source = "\n".join(map(without_comments, SCRIPTS))
    verbs = set(re.findall(r"`([a-z]+):0:", source))
    for group in re.findall(r"/\^\(([a-z|]+)\):/", source):
        verbs |= set(group.split("|"))
    assert verbs == {"lang", "confirm", "pick"}
    assert verbs - set(PRESS_OF) == set()
    assert re.findall(rf"[\"'`]/(?:{'|'.join(COMMAND_OF)})\b", source) == []


def test_no_script_imports_in_a_circle() -> None:
    imports = {
        script: {
            (script.parent / found).resolve()
            for found in re.findall(r"from \"(\.[^\"]+)\"", without_comments(script))
        }
        for script in SCRIPTS
    }
    order = list(TopologicalSorter(imports).static_order())  # raises CycleError
    assert len(order) == len(SCRIPTS) + 1
    assert {file for file in order if not file.exists()} == {MADE}
