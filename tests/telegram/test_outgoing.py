"""Replies as Telegram takes them: escaping, limits, buttons."""

from __future__ import annotations

import html as stdlib_html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.stand_ins.telegram.chats import keyboard as checked_keyboard
from benchmarks.stand_ins.telegram.chats import plain
from bot.channels.telegram.calls.outgoing import html, keyboard, shorten
from bot.talk.errors import DeliveryError
from bot.talk.types import Choice, Reply


@given(st.text(), st.sampled_from(["", "AB1234-567", "<b>", "A&B"]), st.integers(20, 200))
def test_any_text_arrives_as_it_was_written(text: str, code: str, limit: int) -> None:
    arrived, _ = plain(html(Reply(text, code=code), limit), "HTML", limit, "message")
    assert arrived == shorten(text, limit)


@given(st.text(min_size=1), st.integers(2, 50))
def test_shortened_text_fits_and_begins_the_same(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert len(short.encode("utf-16-le", "surrogatepass")) <= limit * 2
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


def test_a_long_text_is_cut_after_a_word() -> None:
    assert shorten("one two three four five", 16) == "one two three…"


def test_an_emoji_is_not_cut_in_half() -> None:
    assert shorten("aaa👟👟", 6) == "aaa👟…"


def test_the_code_can_be_copied_where_it_stands_alone() -> None:
    reply = Reply("DD1391-100 ≠ XDD1391-100 <x>\nhttps://s.kr/q=DD1391-100", code="DD1391-100")
    assert stdlib_html.unescape(html(reply, 999)) == (
        "<code>DD1391-100</code> ≠ XDD1391-100 <x>\nhttps://s.kr/q=DD1391-100"
    )


def test_buttons_keep_their_data_style_and_links() -> None:
    rows = (
        (Choice("yes", "confirm:1", style="success"), Choice("shop", url="https://s.kr/")),
        (Choice("bad link", url="javascript:alert(1)"),),
    )
    made = keyboard(rows)
    assert made is not None
    assert checked_keyboard(made.to_dict()) == [
        [
            {"text": "yes", "callback_data": "confirm:1", "style": "success"},
            {"text": "shop", "url": "https://s.kr/"},
        ]
    ]


def test_a_wide_row_is_broken_and_no_buttons_are_no_keyboard() -> None:
    wide = keyboard((tuple(Choice(str(i), f"char:1:{i}") for i in range(10)),))
    assert wide is not None and [len(row) for row in wide.inline_keyboard] == [8, 2]
    assert keyboard(()) is None and keyboard(((),)) is None


@pytest.mark.parametrize("data", ["", "a" * 65, "가" * 22])
def test_data_that_telegram_would_refuse_is_an_error_here(data: str) -> None:
    with pytest.raises(DeliveryError):
        keyboard(((Choice("x", data),),))
