"""What the web chat remembers, and where it keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.talk.ports import Interactions, People
from storage.photos.arriving import Arriving
from storage.photos.photo_store import PhotoStore
from storage.types import ChatEntry, Lease, Quad, Who


class ChatLog(Protocol):
    """The transcript of every person; `storage.tables.channels.chat.ChatTable` is the real one.

    A *turn* is one message of the person with everything that was answered to it. Its name is
    made by the page, so the same message sent twice is one turn.
    """

    async def open_turn(
        self, who: Who, turn: str, body: str, upload: Arriving | None
    ) -> tuple[ChatEntry, bool]:
        """The person's entry of this turn; True where this call made it and took the upload."""
        ...

    async def begin_answer(self, entry: ChatEntry, lease: Lease) -> int:
        """Take an unanswered turn that nobody else holds; the number of this attempt, 0: not taken.

        Half an answer left by a crash is dropped.
        """
        ...

    async def note_alone(self, entry: ChatEntry) -> None:
        """The turn is begun with no photo beside it."""
        ...

    async def renew(self, lease: Lease) -> None:
        """Hold on to all turns that the owner answers."""
        ...

    async def release(self, owner: str) -> None:
        """Give back the turns that the owner did not answer."""
        ...

    async def is_pending(self, entry: ChatEntry) -> bool:
        """Whether a turn waits for its answer; False where it is gone."""
        ...

    async def close_turn(self, entry: ChatEntry) -> None:
        """The turn is answered: its upload is no longer needed."""
        ...

    async def say(  # noqa: PLR0913
        self,
        who: Who,
        turn: str,
        body: str,
        image: bytes | None,
        document: bytes | None = None,
        *,
        dark: bytes | None = None,
    ) -> ChatEntry:
        """Add an entry of the bot, with its picture (for dark pages, too) and its file."""
        ...

    async def change(  # noqa: PLR0913
        self,
        who: Who,
        entry: int,
        body: str,
        image: bytes | None,
        document: bytes | None = None,
        *,
        dark: bytes | None = None,
    ) -> ChatEntry | None:
        """Replace an entry of the bot; None: not there.

        It keeps its image where `image` is None, and loses it where that is empty.
        """
        ...

    async def entries(
        self, who: Who, after: int = 0, before: int | None = None, most: int = 200
    ) -> Sequence[ChatEntry]:
        """The person's entries between these ids, oldest first; of many only the newest."""
        ...

    async def unanswered(self, lease: Lease) -> Sequence[ChatEntry]:
        """Entries of all persons that wait and that nobody but the owner holds, oldest first."""
        ...

    async def image(self, who: Who, entry: int, *, dark: bool = False) -> bytes | None:
        """The JPEG of an entry of the bot, as dark pages show it where it has that; or None."""
        ...

    async def document(self, who: Who, entry: int) -> tuple[str, bytes] | None:
        """The body of an entry of the bot and the file that goes with it, or None."""
        ...

    async def upload(self, entry: int, who: Who | None = None) -> bytes | None:
        """What the person (`who`, where given) sent, until its turn is closed."""
        ...

    async def upload_path(self, entry: int, who: Who) -> Path | None:
        """Where on this machine that lies; None where it does not."""
        ...

    async def waiting(self, who: Who, beside: str) -> int:
        """How many photos of the person are not answered yet, without that of turn `beside`."""
        ...

    async def index(self, who: Who) -> Sequence[tuple[int, int, bool]]:
        """Id, version and whether it is pending of all that `entries` gives, oldest first."""
        ...


class Marks(Protocol):
    """Answers in the chat what is done in the Mini App; `TelegramChannel` is the real one."""

    async def marked(self, user: str, locale: str, interaction: int, corners: Quad) -> None:
        """Read the photo again, answer in the person's chat. Returns once it is stored.

        Raises `ValueError` for what can be no mark.
        """
        ...

    async def pressed(self, user: str, locale: str, data: str, name: str) -> None:
        """Answer a button's press in the person's chat, once for each `name`. Returns once stored.

        Raises `ValueError` for what can be no press.
        """
        ...


@dataclass(frozen=True, slots=True)
class WebShelves:
    """What the web chat reads besides talking to the conversation."""

    chat: ChatLog
    people: People
    interactions: Interactions
    photos: PhotoStore
