from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

import bot.sentences
from bot.sentences import LANGUAGES, Sentences

FOLDER = Path(bot.sentences.__file__).parent
NUMBERS = {"taps"}  # formatted as such, so that nothing else can stand there


class Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802
        self.names.add(node.id.name)


def messages(language: str) -> dict[str, set[str]]:
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
    for path in FOLDER.parent.glob("*.py"):
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_can_be_said(language: str) -> None:
    say = Sentences(language)
    for key, variables in messages(language).items():
        text = say(key, **{name: 1.5 if name in NUMBERS else "X1" for name in variables})
        assert text.strip()
        assert "{" not in text
        assert all("X1" in text for name in variables if name not in {"change", *NUMBERS}), key


def test_money_is_grouped() -> None:
    assert Sentences("ko")("price", won=1_290_000) == "1,290,000원"
    assert Sentences("en")("price", won=1_290_000) == "₩1,290,000"


def test_unknown_keys_and_missing_variables_are_errors() -> None:
    say = Sentences("en")
    with pytest.raises(LookupError):
        say("no-such-key")
    with pytest.raises(LookupError):
        say("found-sure")
