"""Pictures of goods as `bot.running.shop_pictures.ShopPictures` hands them out."""

from __future__ import annotations

from collections.abc import Sequence


class FakePictures:
    """Has a picture of every address that it was given one for; remembers what it was asked."""

    def __init__(self, **pictures: bytes) -> None:
        self.pictures = pictures
        self.asked: list[tuple[str, ...]] = []

    async def first_of(self, addresses: Sequence[str]) -> bytes | None:
        self.asked.append(tuple(addresses))
        found = (self.pictures.get(address) for address in addresses)
        return next((picture for picture in found if picture is not None), None)
