"""What a person reads: the files of `ko/` and `en/`, in Project Fluent's format.

talk.ftl       the conversation, the same on every channel
commands.ftl   what each command is called, in menus and in /help
telegram.ftl, kakao.ftl, web.ftl   what a channel says itself
page.ftl       what the web page says by itself
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.resolver import Pattern
from fluent.syntax import ast
from fluent.syntax.visitor import Visitor

LANGUAGES = ("ko", "en")


class Sentences:
    """All sentences in one language. Calling it with a key and its variables gives the text.

    A key is a message's name, or "name.attribute".
    """

    def __init__(self, language: str) -> None:
        self.language = language
        # Isolation marks would stand between a code and the person who copies it.
        self._bundle = FluentBundle([language], use_isolating=False)
        self._messages: dict[str, ast.Message] = {}
        for file in sorted((Path(__file__).parent / language).glob("*.ftl")):
            resource = FluentResource(file.read_text("utf-8"))
            self._bundle.add_resource(resource)
            found = (entry for entry in resource.body if isinstance(entry, ast.Message))
            self._messages |= {message.id.name: message for message in found}
        self("price", won=1000)  # loads the number formats now, not in somebody's turn

    def __call__(self, key: str, **variables: str | int | float) -> str:
        """The sentence; raises LookupError for an unknown key or a missing variable."""
        text, errors = self._bundle.format_pattern(self._pattern(key), variables)
        if errors:
            raise LookupError(f"{self.language}: {key}: {errors[0]}")
        return str(text)

    def names(self, prefix: str) -> Sequence[str]:
        """The names of all messages that begin so, in the files' order."""
        return [name for name in self._messages if name.startswith(prefix)]

    def template(self, key: str) -> str:
        """The sentence for somebody else to fill in: `{name}` stands for each variable."""
        variables = _Variables()
        variables.visit(self._messages[key])
        return self(key, **{name: f"{{{name}}}" for name in variables.names})

    def _pattern(self, key: str) -> Pattern:
        name, _, attribute = key.partition(".")
        message = self._bundle.get_message(name)
        pattern = message.attributes[attribute] if attribute else message.value
        if pattern is None:
            raise LookupError(f"{self.language}: {key} has no text")
        return pattern


class _Variables(Visitor):
    """The names of the variables in a message."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802
        self.names.add(node.id.name)


@cache
def sentences(language: str) -> Sentences:
    """The sentences in one language, read from their files once."""
    return Sentences(language)


def language_of(choice: str | None, locale: str) -> str:
    """The chosen language, else by the platform's hint; Korean where there is none."""
    if choice in LANGUAGES:
        return choice
    return "ko" if not locale or locale.lower().startswith("ko") else "en"
