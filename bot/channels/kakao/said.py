"""What a request means: a photo, a press, a command or a text; kept until it is answered."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace

from bot.channels.kakao.pages import Option, chosen
from bot.channels.kakao.request import MAX_TEXT, Asked
from bot.talk import buttons
from bot.talk.commands import CHAT_COMMANDS
from bot.talk.types import CommandSent, Event, TextSent

RESULT_VERB = "kresult"
PAGE_VERB = "kpage"

_COMMAND_OF_WORD = {word: each for each in CHAT_COMMANDS for word in (each.name, *each.words)}
# What people type for "see result".
_RESULT_WORDS = {"결과보기", "결과", "seeresult", "result"}
_SLASH = re.compile(r"/(?P<name>\w{1,20})(?:@\S*)?(?:\s+(?P<argument>.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Said:
    """What a person did. `kind` is photo, press, command, text, result or page, or a refusal:
    foreign, declined or media. `text` is the text, the button's data or the command's argument.
    """

    kind: str
    text: str = ""
    name: str = ""
    pictures: tuple[str, ...] = ()
    locale: str = ""

    def dump(self) -> str:
        """As it is stored."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @property
    def fingerprint(self) -> str:
        """The same for the same request. Kakao numbers no deliveries, so this stands for one: a
        photo is known by its address (each upload has its own signature), anything else by what
        was said; `storage.tables.channels.kakao` adds which request came before.
        """
        what = [self.kind, self.name, self.text, *self.pictures]
        return hashlib.sha256(json.dumps(what).encode()).hexdigest()[:32]


def load(text: str) -> Said:
    """What `Said.dump` gave."""
    values = json.loads(text)
    return Said(**{**values, "pictures": tuple(values["pictures"])})


def said(asked: Asked, options: Sequence[Option], fetchable: Callable[[str], bool]) -> Said:
    """The meaning of a request; `options` are the buttons that the person saw last.

    A button is known by the data that it sends along; where a block is set up so that these get
    lost, and where somebody types a label, by its words.
    """
    return replace(_said(asked, options, fetchable), locale=asked.locale)


def _said(asked: Asked, options: Sequence[Option], fetchable: Callable[[str], bool]) -> Said:
    if asked.pictures:
        usable = tuple(url for url in asked.pictures if fetchable(url))
        return Said("photo", pictures=usable) if usable else Said("foreign")
    if asked.declined or asked.media:
        return Said("declined" if asked.declined else "media")
    data = asked.data or chosen(options, asked.text)
    if data:
        return _pressed(data)
    if asked.welcome and not asked.data:
        return Said("command", name="start")
    return _typed(asked.text[: MAX_TEXT + 1])


def _pressed(data: str) -> Said:
    verb = data.partition(":")[0]
    return Said({RESULT_VERB: "result", PAGE_VERB: "page"}.get(verb, "press"), data)


def _typed(text: str) -> Said:
    if not text:
        return Said("command", name="help")
    if slash := _SLASH.fullmatch(text):
        name = slash["name"].lower()
        command = _COMMAND_OF_WORD.get(name)
        name = command.name if command else name
        return Said("command", (slash["argument"] or "").strip(), name)
    together = re.sub(r"\s+", "", text).lower().rstrip(".!?~")
    if together in _RESULT_WORDS:
        return Said("result")
    if command := _COMMAND_OF_WORD.get(together):
        return Said("command", name=command.name)
    first, _, rest = text.partition(" ")
    command = _COMMAND_OF_WORD.get(first.lower())
    if command and command.takes_more and rest.strip():
        return Said("command", rest.strip(), command.name)
    return Said("text", text)


def event_of(said: Said, key: str) -> Event:
    """The event that the conversation handles; of all but photos."""
    if said.kind == "press":
        return buttons.parse(key, said.text)
    if said.kind == "command":
        return CommandSent(key, said.name, said.text)
    return TextSent(key, said.text)
