"""Past codes, newest first, and each one's price then and now."""

from __future__ import annotations

from dataclasses import replace

from bot.buttons import button, number
from bot.desk import KST, Desk, Turn
from bot.errors import BadButton
from bot.pricing import ask_prices, money, price_reply
from bot.reading_reply import marked_photo
from bot.sentences import Sentences
from bot.tag_line import tag_line
from bot.types import Choice, Reply
from lookup.types import PriceAnswer
from storage.types import Interaction

PAGE = 5
"""Entries on a page."""


async def history_page(desk: Desk, turn: Turn, page: int, *, replaces: bool = False) -> None:
    """Send a page (from 0); one beyond the end is the last."""
    rows, total = await desk.interactions.history(turn.who, page * PAGE, PAGE)
    last = max(0, (total - 1) // PAGE)
    if page > last:
        page = last
        rows, total = await desk.interactions.history(turn.who, page * PAGE, PAGE)
    if not total:
        await turn.replies.send(Reply(turn.say("history-empty"), replaces=replaces))
        return
    text = turn.say("history-page", total=total, page=page + 1, pages=last + 1)
    entries = [(button(_entry(turn.say, row), "open", row.id),) for row in rows]
    turning = _turning(turn.say, page, last)
    await turn.replies.send(
        Reply(text, (*entries, turning) if turning else tuple(entries), replaces=replaces)
    )


async def turn_page(desk: Desk, turn: Turn, argument: str) -> None:
    """Another page, in place of the one shown."""
    await history_page(desk, turn, number(argument, 10**6), replaces=True)


async def open_entry(desk: Desk, turn: Turn, row: Interaction, argument: str) -> None:
    """The photo where there is one, the price then and now, and what else the tag says."""
    if row.code is None:
        raise BadButton("no final code")
    answer = await ask_prices(desk, turn, row, row.code)
    jpeg = await desk.photos.get(row.photo) if row.photo else None
    chosen = (candidate for candidate in row.candidates if candidate.code == row.code)
    image = await marked_photo(jpeg, next(chosen, None))
    notes = (_then_and_now(turn.say, row, answer), tag_line(turn.say, row.fields))
    reply = price_reply(turn.say, row, answer, "\n".join(filter(None, notes)))
    await turn.replies.send(replace(reply, image=image))


def _entry(say: Sentences, row: Interaction) -> str:
    price = say("history-no-price") if row.price_won is None else money(say, row.price_won)
    return say("history-entry", code=row.code or "", date=_date(row), price=price)


def _turning(say: Sentences, page: int, last: int) -> tuple[Choice, ...]:
    newer = [button(say("newer-button"), "hist", 0, page - 1)] if page else []
    older = [button(say("older-button"), "hist", 0, page + 1)] if page < last else []
    return (*newer, *older)


def _then_and_now(say: Sentences, row: Interaction, answer: PriceAnswer) -> str:
    date = _date(row)
    if row.price_won is None:
        return say("now-only", date=date)
    then = money(say, row.price_won)
    if answer.best is None:
        return say("then-only", date=date, then=then)
    now = answer.best.price_won
    change = "same" if now == row.price_won else "down" if now < row.price_won else "up"
    return say(
        "then-and-now",
        date=date,
        then=then,
        now=money(say, now),
        change=change,
        difference=money(say, abs(now - row.price_won)),
    )


def _date(row: Interaction) -> str:
    return f"{row.created_at.astimezone(KST):%Y-%m-%d}"
