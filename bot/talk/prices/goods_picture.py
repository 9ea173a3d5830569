"""The goods' picture beside their prices, where the channel shows one and it comes in time."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from bot.talk.desk import Desk, Turn
from bot.talk.types import PicturedReplies
from lookup.types import Offer

log = logging.getLogger(__name__)

_MOST_ASKED = 3  # addresses, the cheapest offers' first


async def goods_picture(desk: Desk, turn: Turn, offers: Sequence[Offer]) -> bytes | None:
    """A small JPEG of what is on sale; None: there is none, or the channel has its own."""
    if desk.pictures is None or not isinstance(turn.replies, PicturedReplies):
        return None
    addresses = dict.fromkeys(offer.image for offer in offers if offer.image)
    try:
        return await desk.pictures.first_of(tuple(addresses)[:_MOST_ASKED])
    except Exception:  # prices without a picture are an answer
        log.exception("a picture of goods failed")
        return None
