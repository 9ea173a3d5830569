"""Inline correction: the code as a row of buttons, one press for each change.

The draft lies in the row, never here: it outlives restarts and works on old messages.
"""

from __future__ import annotations

from dataclasses import replace

from bot.sentences import Sentences
from bot.talk.buttons import button
from bot.talk.code.choosing import settle
from bot.talk.code.draft import (
    CODE_CHARACTERS,
    LONGEST_DRAFT,
    doubtful_places,
    likely,
    only_fitting,
    open_draft,
    stamp,
    step,
    text_of,
)
from bot.talk.code.near import near_choices
from bot.talk.code.uncoded import reason_sentence
from bot.talk.desk import Desk, Turn
from bot.talk.errors import BadButton
from bot.talk.photo.known import how_known
from bot.talk.photo.reading_reply import choices, mark_choice
from bot.talk.prices.pricing import prompt_prices, show_prices
from bot.talk.row_marks import acted, met
from bot.talk.types import Choice, Reply, Rows
from storage.types import Draft, Interaction, Status, StoredCandidate
from stylecode import InvalidCode, check
from stylecode.grammar.normalise import known_form

_PER_ROW = 8
_MENDING = frozenset({"set", "add", "del"})


async def edit(desk: Desk, turn: Turn, row: Interaction, argument: str) -> None:
    """Begin correcting, or go on with the correction that is under way."""
    if not met(row, turn) or row.draft is None:
        draft = open_draft(row.draft.text if row.draft else text_of(row))
        row = await _keep(desk, turn, row, draft)
    await turn.replies.send(editor(turn.say, row))


async def change(verb: str, desk: Desk, turn: Turn, row: Interaction, argument: str) -> None:
    """A press inside the editor; one that does not fit the text shows how it stands.

    A character set, inserted or deleted that makes a code that somebody knows ends the correction.
    """
    note = ""
    if met(row, turn) and row.draft is None:
        await _as_it_stands(desk, turn, row)
        return
    if not met(row, turn):
        draft = row.draft or open_draft(text_of(row))
        try:
            draft = step(draft, verb, argument)
        except BadButton:
            full = verb in {"ins", "add"} and len(draft.text) >= LONGEST_DRAFT
            note = turn.say("edit-full" if full else "edit-stale")
        if verb in _MENDING and not note and await _priced_at_once(desk, turn, row, draft):
            return
        row = await _keep(desk, turn, row, draft, tap=not note)
    await turn.replies.send(replace(editor(turn.say, row, note), replaces=True))


async def _priced_at_once(desk: Desk, turn: Turn, row: Interaction, draft: Draft) -> bool:
    """Whether the draft is a code that people, the catalogue or a price source know."""
    if draft.cursor is not None or draft.text == text_of(row):
        return False
    try:
        code = check(draft.text)
    except InvalidCode:
        return False
    answer = None
    if not await how_known(desk, [code]):
        answer = await prompt_prices(desk, code) if known_form(code) else None
        if answer is None:
            return False
    await settle(desk, turn, row, code, _mended(row), replaces=True, answer=answer)
    return True


async def _as_it_stands(desk: Desk, turn: Turn, row: Interaction) -> None:
    """A press that comes again once the correction has ended: its prices, else the choices."""
    if row.code is not None:
        await show_prices(desk, turn, row, replaces=True)
        return
    await _stopped(turn, row)


async def done(desk: Desk, turn: Turn, row: Interaction, argument: str) -> None:
    """The text becomes the final code if it can be one; else the editor stays, with the reason."""
    if row.draft is None:
        if row.shown_code is None:
            await edit(desk, turn, row, argument)
        else:
            await show_prices(desk, turn, row, replaces=True)
        return
    if met(row, turn):  # this press opened the editor, in an earlier run
        await turn.replies.send(editor(turn.say, row))
        return
    try:
        code = check(row.draft.text)
    except InvalidCode as error:
        reply = editor(turn.say, row, turn.say(reason_sentence(error.reason)))
        await turn.replies.send(replace(reply, replaces=True))
        return
    await settle(desk, turn, row, code, _mended(row), replaces=True)


async def cancel(desk: Desk, turn: Turn, row: Interaction, argument: str) -> None:
    """Throw the draft away; what was known before stands."""
    if not met(row, turn) and row.draft is not None:
        row = await _keep(desk, turn, row, None)
    await _stopped(turn, row)


async def _stopped(turn: Turn, row: Interaction) -> None:
    say = turn.say
    rows: Rows = choices(say, row)
    if row.code is not None:
        again = button(f"↻ {say('price-button')}", "price", row.id)
        rows = ((again, button(f"✎ {say('edit-button')}", "edit", row.id)),)
    reply = Reply(say("edit-cancelled"), rows, replaces=True, interaction=row.id)
    await turn.replies.send(reply)


def editor(say: Sentences, row: Interaction, note: str = "") -> Reply:
    """The message of a correction under way; `note` comes first, and as the press's notice."""
    draft = row.draft or open_draft(text_of(row))
    text = _text(say, draft)
    return Reply(
        f"{note}\n\n{text}" if note else text,
        _rows(say, row, draft),
        code=draft.text.strip(),
        interaction=row.id,
        toast=note,
        correcting=True,
    )


async def _keep(
    desk: Desk, turn: Turn, row: Interaction, draft: Draft | None, *, tap: bool = True
) -> Interaction:
    row = replace(acted(desk, turn, row, tap=tap), draft=draft)
    await desk.interactions.save(row)
    return row


def _mended(row: Interaction) -> Status:
    return Status.EDITED if row.photo else Status.TYPED


def _base(row: Interaction) -> StoredCandidate | None:
    """The candidate whose characters the draft began with."""
    chosen = (candidate for candidate in row.candidates if candidate.code == row.shown_code)
    return next(chosen, row.current[0] if row.current else None)


def _text(say: Sentences, draft: Draft) -> str:
    text, cursor = draft.text, draft.cursor
    if not text:
        return say("edit-empty")
    if cursor is None:
        return say("edit-row", text=text)
    if draft.mode == "insert":
        return say("edit-insert", text=text, marked=f"{text[:cursor]}▾{text[cursor:]}")
    return say("edit-replace", text=text, place=cursor + 1, char=_label(text[cursor]))


def _rows(say: Sentences, row: Interaction, draft: Draft) -> Rows:
    if draft.cursor is None:
        return _character_row(say, row, draft.text)
    back = button(say("back-button"), "row", row.id)
    if draft.mode == "insert":
        grid = _grid(row, "add", CODE_CHARACTERS, draft)
        return (*grid, (back, *_finish(say, row)) if draft.text else _finish(say, row))
    if draft.mode == "all":
        return (*_grid(row, "set", CODE_CHARACTERS, draft), (back,))
    return _place_rows(say, row, draft, draft.cursor)


def _character_row(say: Sentences, row: Interaction, text: str) -> Rows:
    doubted = doubtful_places(text, _base(row))
    chars = [
        button(_label(char), "char", row.id, place, "primary" if place in doubted else "")
        for place, char in enumerate(text)
    ]
    append = button(f"+ {say('append-button')}", "ins", row.id, len(text))
    near = near_choices(row) if text == text_of(row) else ()
    return (*near, *_lines(chars), (append,), _finish(say, row), *mark_choice(say, row))


def _place_rows(say: Sentences, row: Interaction, draft: Draft, cursor: int) -> Rows:
    """What is likely there, then every character; a shape that has digits alone needs no more."""
    near = "".join(likely(draft.text, cursor, _base(row)))
    rest: Rows = ((button(say("all-button"), "all", row.id, cursor),),)
    if not only_fitting(draft.text, cursor):
        rest = _grid(row, "set", CODE_CHARACTERS, draft)
    before = button(say("before-button"), "ins", row.id, cursor)
    after = button(say("after-button"), "ins", row.id, cursor + 1)
    delete = button(
        say("delete-button"), "del", row.id, f"{cursor}.{stamp(draft.text)}", style="danger"
    )
    back = button(say("back-button"), "row", row.id)
    return (*_grid(row, "set", near, draft), *rest, (before, after), (delete, back))


def _grid(row: Interaction, verb: str, characters: str, draft: Draft) -> Rows:
    tail = stamp(draft.text)
    return _lines(
        [
            button(_label(char), verb, row.id, f"{draft.cursor}.{ord(char):x}.{tail}")
            for char in characters
        ]
    )


def _finish(say: Sentences, row: Interaction) -> tuple[Choice, ...]:
    done_button = button(f"✓ {say('done-button')}", "done", row.id, style="success")
    return (done_button, button(say("cancel-button"), "cancel", row.id))


def _lines(buttons: list[Choice]) -> Rows:
    starts = range(0, len(buttons), _PER_ROW)
    return tuple(tuple(buttons[start : start + _PER_ROW]) for start in starts)


def _label(char: str) -> str:
    return "␣" if char == " " else char
