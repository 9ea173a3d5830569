"""Watches: /watch, the bell under prices, /watches."""

from __future__ import annotations

import random
from dataclasses import replace

from bot.sentences import Sentences
from bot.talk.buttons import button, number
from bot.talk.code.choosing import settle
from bot.talk.code.several import offer_several
from bot.talk.code.uncoded import uncoded
from bot.talk.desk import Desk, Turn
from bot.talk.errors import BadButton
from bot.talk.past.code_page import open_entry
from bot.talk.ports import Watches
from bot.talk.prices.amounts import LEAST_WON, MOST_WON, amount_beside, split_amount
from bot.talk.prices.card import money
from bot.talk.prices.pricing import look_up
from bot.talk.types import Choice, Reply
from storage.types import Interaction, Status
from storage.watch_types import Watch, WatchSet
from stylecode import Reason, TypedText, read
from stylecode.grammar.normalise import known_form

MOST_WATCHES = 20
"""Codes that one person may watch."""

_LARGEST_WATCH = 10**9


async def watch_command(desk: Desk, turn: Turn, argument: str) -> None:
    """Watch the code named, or else the last one; below the price named, or any fall.

    What is watched already stays as it is where no price is named.
    """
    typed, below = _meant(argument)
    if below is not None and not LEAST_WON <= below <= MOST_WON:
        least, most = money(turn.say, LEAST_WON), money(turn.say, MOST_WON)
        await turn.replies.send(Reply(turn.say("watch-bad-price", least=least, most=most)))
        return
    if len(typed.codes) > 1:
        await offer_several(desk, turn, [each.code for each in typed.codes], "watch-several")
        return
    alone = not typed.rest and typed.reason in {None, Reason.SIZE}
    code = typed.codes[0].code if typed.codes else await _last_code(desk, turn) if alone else ""
    if not code:
        said = replace(typed, words="")
        await turn.replies.send(uncoded(turn.say, said, "watch-what"))
        return
    watch = await _table(desk).find(turn.who, code)
    if watch is not None and watch.active and below is None and turn.key not in watch.events:
        await turn.replies.send(_as_before(desk, turn, watch))
        return
    await _watch(desk, turn, code, below, sized=typed.sized)


def _meant(argument: str) -> tuple[TypedText, int | None]:
    """What a command's words name, and the price."""
    typed = read(argument)
    if any(known_form(each.code) for each in typed.codes):
        return typed, amount_beside(typed.rest)
    before, below = split_amount(argument)
    return read(before), below


async def ring(desk: Desk, turn: Turn, row: Interaction, argument: str) -> None:
    """The bell under a row's prices: watch its code, or stop watching it."""
    code, table = row.shown_code, _table(desk)
    if code is None:
        raise BadButton("no code")
    watch = await table.find(turn.who, code)
    if watch is not None and turn.key in watch.events:
        await turn.replies.send(_state(desk, turn, watch))
    elif watch is not None and watch.active:
        await _stop(desk, turn, watch)
    else:
        await _watch(desk, turn, code, None)


async def unwatch(desk: Desk, turn: Turn, argument: str) -> None:
    """Stop a watch by its number, then list the others; "list" only lists."""
    if argument == "list":
        await show_watches(desk, turn, "")
        return
    watch = await _table(desk).get(turn.who, number(argument, _LARGEST_WATCH))
    if watch is None:
        raise BadButton("no such watch")
    await _table(desk).switch_off(turn.who, watch.code, turn.key, desk.clock())
    off = turn.say("watch-off", code=watch.code)
    await turn.replies.send(replace(await _list(desk, turn), replaces=True, toast=off))


async def open_watched(desk: Desk, turn: Turn, argument: str) -> None:
    """The page of a watched code, by the watch's number; one never looked up is, now."""
    watch = await _table(desk).get(turn.who, number(argument, _LARGEST_WATCH))
    if watch is None:
        raise BadButton("no such watch")
    past = await desk.interactions.past_of(turn.who, watch.code)
    if past is not None and past.rows[0].event_key != turn.key:
        await open_entry(desk, turn, past.rows[0], "")
        return
    row, _ = await desk.interactions.begin(turn.who, turn.key, desk.clock())
    await settle(desk, turn, row, watch.code, Status.TYPED)


async def loosen(desk: Desk, turn: Turn, argument: str) -> None:
    """Watch for any fall from now on, by the watch's number."""
    watch = await _table(desk).get(turn.who, number(argument, _LARGEST_WATCH))
    if watch is None:
        raise BadButton("no such watch")
    await _watch(desk, turn, watch.code, None)


async def show_watches(desk: Desk, turn: Turn, argument: str) -> None:
    """All of the person's watches, each with a button that opens it and one that stops it."""
    await turn.replies.send(await _list(desk, turn))


async def _watch(
    desk: Desk, turn: Turn, code: str, below: int | None, *, sized: bool = False
) -> None:
    await turn.replies.working()
    now_won = (await look_up(desk, code)).lowest
    first = desk.clock() + desk.memory.watch_every * random.uniform(0.85, 1.15)
    under = below is not None and now_won is not None and now_won < below
    wanted = WatchSet(code, below, now_won, first, now_won if under else None)
    watch = await _table(desk).switch_on(
        turn.who, wanted, turn.say.language, turn.key, desk.clock(), MOST_WATCHES
    )
    if watch is None:
        rows = ((button(turn.say("watches-button"), "unwatch", 0, "list"),),)
        await turn.replies.send(Reply(turn.say("watch-full", most=MOST_WATCHES), rows))
        return
    state = _state(desk, turn, watch)
    if sized:
        state = replace(state, text=f"{state.text}\n{turn.say('watch-all-sizes')}")
    await turn.replies.send(state)


async def _stop(desk: Desk, turn: Turn, watch: Watch) -> None:
    table = _table(desk)
    watch = await table.switch_off(turn.who, watch.code, turn.key, desk.clock()) or watch
    await turn.replies.send(_state(desk, turn, watch))


def _state(desk: Desk, turn: Turn, watch: Watch) -> Reply:
    say = turn.say
    if not watch.active:
        return Reply(f"🔕 {say('watch-off', code=watch.code)}", code=watch.code)
    lines = [f"🔔 {_promise(say, watch)}"]
    if watch.last_won is None:
        lines.append(say("watch-no-price"))
    elif watch.alerted_won is not None:
        lines.append(say("watch-below-now", price=money(say, watch.last_won)))
    lines.append(say("watch-until", days=desk.memory.watch_kept.days))
    if turn.who.channel not in desk.memory.pushing:
        lines.append(say("watch-at-visit"))
    off = button(f"🔕 {say('unwatch-button')}", "unwatch", 0, watch.id)
    return Reply("\n".join(lines), ((off,),), code=watch.code)


def _as_before(desk: Desk, turn: Turn, watch: Watch) -> Reply:
    """What is watched already, and how to change it."""
    state = _state(desk, turn, watch)
    text = f"{state.text}\n{turn.say('watch-already', code=watch.code)}"
    if watch.below_won is None:
        return replace(state, text=text)
    fall = button(turn.say("watch-any-fall-button"), "fall", 0, watch.id)
    return replace(state, text=text, rows=((fall,), *state.rows))


def _promise(say: Sentences, watch: Watch) -> str:
    if watch.below_won is not None:
        return say("watch-on-below", code=watch.code, price=money(say, watch.below_won))
    if watch.start_won is not None:
        return say("watch-on-fall", code=watch.code, price=money(say, watch.start_won))
    return say("watch-on", code=watch.code)


async def _list(desk: Desk, turn: Turn) -> Reply:
    watches = await _table(desk).of(turn.who)
    if not watches:
        return Reply(turn.say("watches-none"))
    lines = [turn.say("watches-title", count=len(watches))]
    lines += [_line(turn.say, watch) for watch in watches]
    rows = tuple(_open_or_off(turn.say, watch) for watch in watches)
    return Reply("\n".join(lines), rows)


def _line(say: Sentences, watch: Watch) -> str:
    now = say("history-no-price") if watch.last_won is None else money(say, watch.last_won)
    if watch.below_won is None:
        return say("watches-line-fall", code=watch.code, now=now)
    return say("watches-line-below", code=watch.code, now=now, price=money(say, watch.below_won))


def _open_or_off(say: Sentences, watch: Watch) -> tuple[Choice, ...]:
    off = f"🔕 {say('unwatch-code-button', code=watch.code)}"
    return (button(watch.code, "watched", 0, watch.id), button(off, "unwatch", 0, watch.id))


async def _last_code(desk: Desk, turn: Turn) -> str:
    found, _ = await desk.interactions.codes(turn.who, 0, 1)
    return (found[0].newest.shown_code or "") if found else ""


def _table(desk: Desk) -> Watches:
    if desk.memory.watches is None:
        raise BadButton("nothing can be watched here")
    return desk.memory.watches
