"""What the channel answers by itself, without the conversation."""

from __future__ import annotations

from dataclasses import dataclass

from bot.sentences import Sentences
from bot.talk.types import Choice, Reply


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """A sentence; with `chat`, an address, a button that opens our own chat."""

    sentence: str
    chat: str = ""

    def reply(self, say: Sentences) -> Reply:
        """The answer in the person's language."""
        button = Choice(say("telegram-chat-button"), url=self.chat)
        return Reply(say(self.sentence), ((button,),) if self.chat else ())


ANONYMOUS = OwnAnswer("telegram-anonymous")
"""To somebody who writes in a group's or channel's name."""


def private_only(username: str, command: str) -> OwnAnswer:
    """To a command in a group whose answer is nobody else's business."""
    return OwnAnswer("telegram-private-only", f"https://t.me/{username}?start={command}")
