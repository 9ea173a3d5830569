"""Past codes, newest first, all of them or those that fit a search."""

from __future__ import annotations

from dataclasses import dataclass

from bot.sentences import Sentences
from bot.talk.buttons import button, number
from bot.talk.desk import KST, Desk, Turn
from bot.talk.past.search import meant_by, tidy
from bot.talk.prices.card import money
from bot.talk.prices.seen_charts import codes_chart
from bot.talk.types import NO_PICTURE, Reply, Rows
from storage.past_types import PastCode, Search

PAGE_ENTRIES = 5
"""Entries on a page."""

MONTHS_OFFERED = 4
"""Months that a page leads to, in one row of a phone."""

_LARGEST_PAGE = 10**6  # page
_LARGEST_SEARCH = 10**9


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of the past: all (number 0), or what fits a saved search.

    The term itself never stands in a button: it may be a code, and longer than a button takes.
    """

    number: int = 0
    term: str = ""

    @property
    def search(self) -> Search | None:
        """What to look for, None for everything."""
        return meant_by(self.term) if self.number else None

    def argument(self, first: str | int) -> str:
        """A button's argument that has this and something else."""
        return f"{first}.{self.number}" if self.number else str(first)


async def show_history(desk: Desk, turn: Turn, term: str) -> None:
    """The first page of everything, or of what fits the term."""
    term = tidy(term)
    wanted = Wanted()
    if term:
        saved = await desk.people.remember_search(turn.who, term, desk.clock())
        wanted = Wanted(saved, term)
    await history_page(desk, turn, wanted, 0)


async def turn_page(desk: Desk, turn: Turn, argument: str) -> None:
    """Another page, in place of the one shown."""
    page, _, search = argument.partition(".")
    wanted = await wanted_by(desk, turn, search)
    await history_page(desk, turn, wanted, number(page, _LARGEST_PAGE), replaces=True)


async def wanted_by(desk: Desk, turn: Turn, search: str) -> Wanted:
    """The saved search with that number; one that is gone, or another person's, is everything.

    Raises BadButton for what is no number.
    """
    if not search:
        return Wanted()
    saved = number(search, _LARGEST_SEARCH)
    term = await desk.people.search_term(turn.who, saved)
    return Wanted(saved, term) if term else Wanted()


async def history_page(
    desk: Desk, turn: Turn, wanted: Wanted, page: int, *, replaces: bool = False
) -> None:
    """Send a page (from 0); one beyond the end is the last."""
    search = wanted.search
    found, total = await desk.interactions.codes(
        turn.who, page * PAGE_ENTRIES, PAGE_ENTRIES, search
    )
    last = max(0, (total - 1) // PAGE_ENTRIES)
    if page > last:
        page = last
        found, total = await desk.interactions.codes(
            turn.who, page * PAGE_ENTRIES, PAGE_ENTRIES, search
        )
    if not total:
        await turn.replies.send(_nothing(turn.say, wanted, replaces))
        return
    entries = [(button(_entry(turn.say, past), "open", past.newest.id),) for past in found]
    months = await _months(desk, turn, wanted, page) if last else ()
    rows = (*entries, *_turning(turn.say, wanted, page, last), *months, *_below(turn.say, wanted))
    text = _text(turn.say, wanted, total, page, last)
    codes = [past.newest.shown_code or "" for past in found]
    picture = await codes_chart(desk, turn.say, codes)
    # In place of another page, its chart must not stay.
    image, dark = (picture.light, picture.dark) if picture else (NO_PICTURE, None)
    reply = Reply(text, rows, image=image, dark=dark, replaces=replaces, search="history")
    await turn.replies.send(reply)


def _nothing(say: Sentences, wanted: Wanted, replaces: bool) -> Reply:
    if not wanted.number:
        return Reply(say("history-empty"), image=NO_PICTURE, replaces=replaces)
    rows = ((button(say("history-all-button"), "hist", 0, 0),),)
    text = say("search-empty", term=wanted.term)
    return Reply(text, rows, image=NO_PICTURE, replaces=replaces, search="history")


def _text(say: Sentences, wanted: Wanted, total: int, page: int, last: int) -> str:
    if wanted.number:
        return say("search-page", term=wanted.term, total=total, page=page + 1, pages=last + 1)
    text = say("history-page", total=total, page=page + 1, pages=last + 1)
    return f"{text}\n{say('search-hint')}" if last else text


def _entry(say: Sentences, past: PastCode) -> str:
    row = past.newest
    price = say("history-no-price") if row.price_won is None else money(say, row.price_won)
    date = f"{row.created_at.astimezone(KST):%Y-%m-%d}"
    code = row.shown_code or ""
    if past.times > 1:
        return say("history-entry-again", code=code, times=past.times, date=date, price=price)
    return say("history-entry", code=code, date=date, price=price)


def _turning(say: Sentences, wanted: Wanted, page: int, last: int) -> Rows:
    pages = []
    if page:
        pages.append(button(say("newer-button"), "hist", 0, wanted.argument(page - 1)))
    if page < last:
        pages.append(button(say("older-button"), "hist", 0, wanted.argument(page + 1)))
    return (tuple(pages),) if pages else ()


async def _months(desk: Desk, turn: Turn, wanted: Wanted, page: int) -> Rows:
    """The months around the page that begin on others, the newest first: each leads to its page."""
    times = await desk.interactions.times_of_codes(turn.who, wanted.search)
    begins: dict[str, int] = {}
    for place, at in enumerate(times):
        begins.setdefault(f"{at.astimezone(KST):%Y-%m}", place // PAGE_ENTRIES)
    if len(begins) < 2:
        return ()
    others = [(month, start) for month, start in begins.items() if start != page]
    newer = [each for each in others if each[1] < page]
    older = [each for each in others if each[1] > page]
    from_newer = max(1, MONTHS_OFFERED - len(older))
    shown = [*newer[-from_newer:], *older][:MONTHS_OFFERED]
    months = [button(month, "hist", 0, wanted.argument(start)) for month, start in shown]
    return (tuple(months),) if months else ()


def _below(say: Sentences, wanted: Wanted) -> Rows:
    """What can be done with what is listed."""
    export = (
        button(say("export-csv-button"), "export", 0, wanted.argument("csv")),
        button(say("export-json-button"), "export", 0, wanted.argument("json")),
    )
    every = ((button(say("history-all-button"), "hist", 0, 0),),) if wanted.number else ()
    return (*every, export)
