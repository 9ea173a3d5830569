"""What the KakaoTalk channel needs from storage; `storage.tables.channels` has the real one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from storage.photos.arriving import Arriving
from storage.types import KakaoFile, KakaoTurn, Lease, Who


class Table(Protocol):
    """Requests, their answers, and the files of both."""

    async def open(
        self, who: Who, content: str, said: str, window: timedelta, unseen_window: timedelta
    ) -> KakaoTurn:
        """The turn of this request, made unless it is the newest one delivered again."""
        ...

    async def get(self, turn: int) -> KakaoTurn | None:
        """One turn."""
        ...

    async def newest_shown(self, who: Who) -> KakaoTurn | None:
        """The turn whose answer the person saw last."""
        ...

    async def unseen(self, who: Who) -> Sequence[KakaoTurn]:
        """Turns whose answer was not shown yet, oldest first."""
        ...

    async def claim(self, turn: int, lease: Lease) -> int:
        """Take an unfinished turn that no other holds; the number of this attempt, 0: not taken."""
        ...

    async def note_alone(self, turn: int) -> None:
        """The turn is begun with no photo beside it."""
        ...

    async def renew(self, lease: Lease) -> None:
        """Hold on to all turns of the owner."""
        ...

    async def release(self, owner: str) -> None:
        """Give back what the owner did not finish."""
        ...

    async def orphans(self, lease: Lease) -> Sequence[KakaoTurn]:
        """Unfinished turns that nobody but the owner holds, oldest first."""
        ...

    async def finish(self, turn: int, body: str) -> None:
        """Keep the answer."""
        ...

    async def show(self, turn: int) -> None:
        """The person has the answer."""
        ...

    async def promise(self, turn: int, url: str, until: datetime) -> None:
        """The answer is to be sent to this address, once."""
        ...

    async def use_callback(self, turn: int) -> str:
        """Take the promised address; "" where there is none (any more)."""
        ...

    async def spool(self) -> Path:
        """The folder to write a photo into while it arrives."""
        ...

    async def put_upload(self, turn: int, place: int, upload: Arriving) -> None:
        """Keep a photo that was sent."""
        ...

    async def has_upload(self, turn: int, place: int) -> bool:
        """Whether a photo that was sent is kept."""
        ...

    async def upload(self, turn: int, place: int) -> bytes | None:
        """A photo that was sent."""
        ...

    async def put_file(self, turn: int, file: KakaoFile) -> int:
        """Keep a file that an answer links to; its id, 0: not kept."""
        ...

    async def file(self, file: int) -> KakaoFile | None:
        """A file that an answer links to."""
        ...
