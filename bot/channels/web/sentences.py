"""Sentences that the web chat itself says, before or beside the conversation."""

from __future__ import annotations

from bot.sentences import sentences


def sentence(name: str, language: str, **variables: str) -> str:
    """`web-NAME` (web.ftl) in Korean for "ko", in English otherwise."""
    say = sentences("ko" if language == "ko" else "en")
    return say(f"web-{name.replace('_', '-')}", **variables)
