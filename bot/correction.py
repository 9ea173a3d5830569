"""Inline correction: the code as a row of buttons, one press for each change.

The draft lies in the row, never here: it outlives restarts and works on old messages.
"""

from __future__ import annotations

from dataclasses import replace

from bot.buttons import button
from bot.choosing import settle
from bot.desk import Desk, Turn
from bot.draft import CHARACTERS, LONGEST, likely, open_draft, stamp, step
from bot.errors import BadButton
from bot.pricing import show_prices
from bot.reading_reply import choices
from bot.sentences import Sentences
from bot.typed import reason_sentence
from bot.types import Choice, Reply
from storage.types import Draft, Interaction, Status, StoredCandidate
from stylecode import InvalidCode, check

_PER_ROW = 8

Rows = tuple[tuple[Choice, ...], ...]


async def edit(desk: Desk, turn: Turn, row: Interaction, argument: str) -> None:
    """Begin correcting, or go on with the correction that is under way."""
    if row.last_event != turn.key or row.draft is None:
        draft = open_draft(row.draft.text if row.draft else _text_of(row))
        row = await _keep(desk, turn, row, draft)
    await turn.replies.send(editor(turn.say, row))


async def change(desk: Desk, turn: Turn, row: Interaction, verb: str, argument: str) -> None:
    """A press inside the editor; one that does not fit the text shows how it stands."""
    note = ""
    if row.last_event != turn.key or row.draft is None:
        draft = row.draft or open_draft(_text_of(row))
        try:
            draft = step(draft, verb, argument)
        except BadButton:
            full = verb in {"ins", "add"} and len(draft.text) >= LONGEST
            note = turn.say("edit-full" if full else "edit-stale")
        row = await _keep(desk, turn, row, draft)
    await turn.replies.send(replace(editor(turn.say, row, note), replaces=True))


async def done(desk: Desk, turn: Turn, row: Interaction, argument: str) -> None:
    """The text becomes the final code if it can be one; else the editor stays, with the reason."""
    if row.draft is None:
        if row.code is None:
            await edit(desk, turn, row, argument)
        else:
            await show_prices(desk, turn, row, replaces=True)
        return
    if row.last_event == turn.key:  # this press opened the editor, in an earlier run
        await turn.replies.send(editor(turn.say, row))
        return
    try:
        code = check(row.draft.text)
    except InvalidCode as error:
        reply = editor(turn.say, row, turn.say(reason_sentence(error.reason)))
        await turn.replies.send(replace(reply, replaces=True))
        return
    status = Status.EDITED if row.photo else Status.TYPED
    await settle(desk, turn, row, code, status, replaces=True)


async def cancel(desk: Desk, turn: Turn, row: Interaction, argument: str) -> None:
    """Throw the draft away; what was known before stands."""
    if row.last_event != turn.key and row.draft is not None:
        row = await _keep(desk, turn, row, None)
    say = turn.say
    rows: Rows = choices(say, row)
    if row.code is not None:
        again = button(f"↻ {say('price-button')}", "price", row.id)
        rows = ((again, button(f"✎ {say('edit-button')}", "edit", row.id)),)
    reply = Reply(say("edit-cancelled"), rows, replaces=True, interaction=row.id)
    await turn.replies.send(reply)


def editor(say: Sentences, row: Interaction, note: str = "") -> Reply:
    """The message of a correction under way; `note` comes first, and as the press's notice."""
    draft = row.draft or open_draft(_text_of(row))
    text = _text(say, draft)
    return Reply(
        f"{note}\n\n{text}" if note else text,
        _rows(say, row, draft),
        code=draft.text.strip(),
        interaction=row.id,
        toast=note,
    )


async def _keep(desk: Desk, turn: Turn, row: Interaction, draft: Draft | None) -> Interaction:
    row = replace(row, draft=draft, last_event=turn.key, updated_at=desk.clock())
    await desk.interactions.save(row)
    return row


def _text_of(row: Interaction) -> str:
    return row.code or (row.candidates[0].code if row.candidates else "")


def _base(row: Interaction) -> StoredCandidate | None:
    """The candidate whose characters the draft began with."""
    chosen = (candidate for candidate in row.candidates if candidate.code == row.code)
    return next(chosen, row.candidates[0] if row.candidates else None)


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
        grid = _grid(row, "add", CHARACTERS, draft)
        return (*grid, (back, *_finish(say, row)) if draft.text else _finish(say, row))
    if draft.mode == "all":
        return (*_grid(row, "set", CHARACTERS, draft), (back,))
    return _place_rows(say, row, draft, draft.cursor)


def _character_row(say: Sentences, row: Interaction, text: str) -> Rows:
    chars = [button(_label(char), "char", row.id, place) for place, char in enumerate(text)]
    append = button(f"+ {say('append-button')}", "ins", row.id, len(text))
    return (*_lines(chars), (append,), _finish(say, row))


def _place_rows(say: Sentences, row: Interaction, draft: Draft, cursor: int) -> Rows:
    near = "".join(likely(draft.text, cursor, _base(row)))
    every = button(say("all-button"), "all", row.id, cursor)
    before = button(say("before-button"), "ins", row.id, cursor)
    after = button(say("after-button"), "ins", row.id, cursor + 1)
    delete = button(
        say("delete-button"), "del", row.id, f"{cursor}.{stamp(draft.text)}", style="danger"
    )
    back = button(say("back-button"), "row", row.id)
    return (*_grid(row, "set", near, draft), (every,), (before, after), (delete, back))


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
