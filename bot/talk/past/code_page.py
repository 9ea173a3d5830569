"""One code of a person's past: its photos, how often, the price then and now; or its removal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.sentences import Sentences
from bot.talk.buttons import button, number
from bot.talk.desk import KST, Desk, Turn
from bot.talk.errors import BadButton
from bot.talk.photo.reading_reply import marked_photo
from bot.talk.photo.tag_line import tag_line
from bot.talk.prices.card import money
from bot.talk.prices.pricing import ask_prices, price_reply
from bot.talk.prices.quota_notes import without_told
from bot.talk.prices.seen_charts import code_chart
from bot.talk.types import Choice, Reply, Rows
from lookup.types import PriceAnswer
from storage.past_types import CodePast
from storage.types import Interaction

_LOOK_UPS_LISTED = 5  # look-ups told one by one
_IN_PLACE = "r"  # the argument that asks for the page in place of the message pressed


async def open_entry(desk: Desk, turn: Turn, row: Interaction, argument: str) -> None:
    """The page of the row's code, with the row's photo (or else the code's newest one)."""
    code = row.shown_code
    past = None if code is None else await desk.interactions.past_of(turn.who, code)
    if code is None or past is None:
        raise BadButton("no code")
    answer = await ask_prices(desk, turn, row, code)  # kept now, so no part of the past above
    shots = [each for each in past.rows if each.photo is not None]
    shot = row if row.photo is not None else next(iter(shots), None)
    notes = _notes(turn.say, past, answer, shot or row)
    reply = price_reply(turn.say, row, await without_told(desk, turn, answer), notes)
    links = (tuple(each for each in line if each.url) for line in reply.rows)
    rows = (*filter(None, links), *_rows(turn.say, row, code, shots, shot))
    image = await _image(desk, shot, code)
    picture = await code_chart(desk, turn.say, code, image)
    image, dark = (picture.light, picture.dark) if picture else (image, None)
    in_place = argument == _IN_PLACE
    card = replace(reply.card, large=True) if reply.card else None
    reply = replace(reply, rows=rows, image=image, dark=dark, card=card)
    await turn.replies.send(replace(reply, replaces=in_place))


async def remove(desk: Desk, turn: Turn, row: Interaction, argument: str) -> None:
    """Ask whether to remove the row's code from the past; "yes" and "no" answer that."""
    verdict, _, asked = argument.partition("-")
    if verdict == "no":
        await turn.replies.send(Reply(turn.say("remove-kept"), replaces=True))
        return
    code = row.shown_code
    past = None if code is None else await desk.interactions.past_of(turn.who, code)
    if code is None or past is None or verdict not in {"", "yes"}:
        raise BadButton("nothing to remove")
    if verdict == "yes" and number(asked, 10**9) == past.times:
        await desk.people.forget_code(turn.who, code)
        rows = ((button(turn.say("history-button"), "hist", 0, 0),),)
        await turn.replies.send(Reply(turn.say("removed", code=code), rows, replaces=True))
        return
    # Not asked yet, or the code was looked up again since: say what would go.
    text = turn.say("remove-ask", code=code, times=past.times)
    yes = button(turn.say("remove-yes-button"), "drop", row.id, f"yes-{past.times}", style="danger")
    no = button(turn.say("forget-no-button"), "drop", row.id, "no")
    await turn.replies.send(Reply(text, ((yes, no),), code=code, replaces=verdict == "yes"))


def _notes(say: Sentences, past: CodePast, answer: PriceAnswer, row: Interaction) -> str:
    notes = [_then_and_now(say, past, answer), _lowest(say, past, answer)]
    notes += [_seen(say, past), *_look_ups(say, past), tag_line(say, row.fields)]
    return "\n".join(filter(None, notes))


def _then_and_now(say: Sentences, past: CodePast, answer: PriceAnswer) -> str:
    if past.first_price is None:
        return say("now-only", date=_date(past.first_at))
    date, then = _date(past.first_price.at), past.first_price.price_won
    if answer.best is None:
        return say("then-only", date=date, then=money(say, then))
    now = answer.best.price_won
    return say(
        "then-and-now",
        date=date,
        then=money(say, then),
        now=money(say, now),
        change="same" if now == then else "down" if now < then else "up",
        difference=money(say, abs(now - then)),
    )


def _lowest(say: Sentences, past: CodePast, answer: PriceAnswer) -> str:
    """The lowest price so far, where it is neither the first one nor today's."""
    lowest, first, now = past.lowest, past.first_price, answer.best
    known = {point.price_won for point in (first, now) if point is not None}
    if lowest is None or lowest.price_won >= min(known, default=lowest.price_won + 1):
        return ""
    return say("lowest-seen", price=money(say, lowest.price_won), date=_date(lowest.at))


def _seen(say: Sentences, past: CodePast) -> str:
    if past.times == 1:
        return ""
    return say("seen-often", date=_date(past.first_at), times=past.times)


def _look_ups(say: Sentences, past: CodePast) -> list[str]:
    """The newest look-ups, where there is more than one."""
    return [_look_up(say, row) for row in past.rows[:_LOOK_UPS_LISTED]] if past.times > 1 else []


def _look_up(say: Sentences, row: Interaction) -> str:
    price = say("history-no-price") if row.price_won is None else money(say, row.price_won)
    how = say("look-up-photo") if row.photo is not None else say("look-up-typed")
    return say("look-up", date=_date(row.created_at), how=how, price=price)


def _rows(
    say: Sentences, row: Interaction, code: str, shots: list[Interaction], shot: Interaction | None
) -> Rows:
    refresh = button(f"↻ {say('price-button')}", "open", row.id, _IN_PLACE)
    edit = button(f"✎ {say('edit-button')}", "edit", row.id)
    copy = Choice(f"⧉ {say('copy-button')}", copy=code)
    drop = button(f"🗑 {say('remove-button')}", "drop", row.id, style="danger")
    bell = button(f"🔔 {say('watch-button')}", "bell", row.id)
    return (*_other_shots(say, shots, shot), (refresh, edit), (bell, copy, drop))


def _other_shots(say: Sentences, shots: list[Interaction], shot: Interaction | None) -> Rows:
    """The code's photos beside the one shown."""
    ids = [each.id for each in shots]
    if shot is None or shot.id not in ids or len(ids) == 1:
        return ()
    place = ids.index(shot.id)
    turning = []
    if place:
        turning.append(button(say("newer-photo-button"), "open", ids[place - 1], _IN_PLACE))
    if place + 1 < len(ids):
        turning.append(button(say("older-photo-button"), "open", ids[place + 1], _IN_PLACE))
    return (tuple(turning),)


async def _image(desk: Desk, shot: Interaction | None, code: str) -> bytes | None:
    if shot is None or shot.photo is None:
        return None
    jpeg = await desk.photos.get(shot.photo)
    chosen = (candidate for candidate in shot.candidates if candidate.code == code)
    return await marked_photo(jpeg, next(chosen, None))


def _date(at: datetime) -> str:
    return f"{at.astimezone(KST):%Y-%m-%d}"
