"""Prices for a code typed in another chat: one reply, nothing kept."""

from __future__ import annotations

from bot.talk.code.typed import typed_code
from bot.talk.desk import Desk, Turn
from bot.talk.prices.pricing import look_up, price_reply
from bot.talk.prices.quota_notes import without_spent
from bot.talk.types import Reply


async def answer_price(desk: Desk, turn: Turn, text: str) -> None:
    """The code's prices and links; a text that is no code gets a sentence on what to type."""
    code, sentence = typed_code(text)
    if not code:
        key = "inline-help" if sentence == "short-help" else sentence
        await turn.replies.send(Reply(turn.say(key)))
        return
    await turn.replies.send(price_reply(turn.say, None, without_spent(await look_up(desk, code))))
