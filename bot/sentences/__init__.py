"""What a person reads: `ko.ftl` and `en.ftl`, in Project Fluent's format."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource

LANGUAGES = ("ko", "en")


class Sentences:
    """All sentences in one language. Calling it with a key and its variables gives the text."""

    def __init__(self, language: str) -> None:
        self.language = language
        source = (Path(__file__).parent / f"{language}.ftl").read_text("utf-8")
        # Isolation marks would stand between a code and the person who copies it.
        self._bundle = FluentBundle([language], use_isolating=False)
        self._bundle.add_resource(FluentResource(source))
        self("price", won=1000)  # loads the number formats now, not in somebody's turn

    def __call__(self, key: str, **variables: str | int | float) -> str:
        """The sentence; raises LookupError for an unknown key or a missing variable."""
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise LookupError(f"{self.language}.ftl: {key} has no text")
        text, errors = self._bundle.format_pattern(pattern, variables)
        if errors:
            raise LookupError(f"{self.language}.ftl: {key}: {errors[0]}")
        return str(text)


@cache
def sentences(language: str) -> Sentences:
    """The sentences in one language, read from their file once."""
    return Sentences(language)


def language_of(choice: str | None, locale: str) -> str:
    """The chosen language, else by the platform's hint; Korean where there is none."""
    if choice in LANGUAGES:
        return choice
    return "ko" if not locale or locale.lower().startswith("ko") else "en"
