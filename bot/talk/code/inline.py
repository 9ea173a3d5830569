"""Prices for codes typed in another chat: a reply for each, nothing kept."""

from __future__ import annotations

from bot.talk.code.uncoded import uncoded
from bot.talk.desk import Desk, Turn
from bot.talk.prices.pricing import look_up, price_reply
from bot.talk.prices.quota_notes import without_spent
from bot.talk.types import Reply
from stylecode import read

MOST_ASKED = 3
"""Codes of one question: there is no button there, and little time."""


async def answer_price(desk: Desk, turn: Turn, text: str) -> None:
    """The prices and links of each code; a text without any gets a sentence on what to type."""
    typed = read(text)
    for each in typed.codes[:MOST_ASKED]:
        answer = without_spent(await look_up(desk, each.code))
        await turn.replies.send(price_reply(turn.say, None, answer))
    if not typed.codes:
        said = uncoded(turn.say, typed, "inline-help")
        text = turn.say("inline-help") if typed.words and not typed.link else said.text
        await turn.replies.send(Reply(text))
