"""Turns with an upload, as if it had just arrived."""

from __future__ import annotations

from storage.photos.arriving import arriving
from storage.store import Store
from storage.types import ChatEntry, Who


async def sent_to_chat(
    store: Store, who: Who, turn: str, upload: bytes, body: str = "{}"
) -> tuple[ChatEntry, bool]:
    """Open a turn of the web chat; whether this made it."""
    async with arriving(store.photos) as file:
        await file.write(upload)
        return await store.chat.open_turn(who, turn, body, file)


async def sent_to_kakao(store: Store, turn: int, place: int, upload: bytes) -> None:
    """Keep a photo of a turn of KakaoTalk."""
    async with arriving(store.photos) as file:
        await file.write(upload)
        await store.kakao.put_upload(turn, place, file)
