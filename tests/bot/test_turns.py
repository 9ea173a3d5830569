from __future__ import annotations

import asyncio

import pytest

from bot.talk.buttons import data, number, parse
from bot.talk.errors import BadButton
from bot.talk.turns import TurnLocks
from storage.types import Who
from tests.waiting import PATIENCE_S


async def test_turns_of_one_person_run_in_order_and_leave_nothing() -> None:
    turns, order = TurnLocks(), []

    async def turn(number: int) -> None:
        # The locale is a hint and no part of the person.
        async with turns.of(Who("web", "a", "ko" if number % 2 else "en")):
            order.append(("in", number))
            await asyncio.sleep(0.001)
            order.append(("out", number))

    await asyncio.gather(*(turn(number) for number in range(5)))
    assert order == [(way, number) for number in range(5) for way in ("in", "out")]
    assert len(turns) == 0


async def test_other_people_do_not_wait() -> None:
    turns = TurnLocks()
    async with (
        turns.of(Who("web", "a")),
        asyncio.timeout(PATIENCE_S),
        turns.of(Who("telegram", "a")),
    ):
        assert len(turns) == 2


async def test_a_cancelled_or_failed_turn_leaves_nothing() -> None:
    turns, who = TurnLocks(), Who("web", "a")
    with pytest.raises(RuntimeError):
        async with turns.of(who):
            raise RuntimeError

    async def wait() -> None:
        async with turns.of(who):
            pass

    async with turns.of(who):
        waiting = asyncio.create_task(wait())
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    assert len(turns) == 0


def test_data_goes_round() -> None:
    assert data("confirm", 12) == "confirm:12"
    pressed = parse("k", data("set", 2**59, "31.2d.ffff"))
    assert (pressed.verb, pressed.interaction, pressed.argument) == ("set", 2**59, "31.2d.ffff")


@pytest.mark.parametrize(
    "text", ["", "a", "a:", "a:1:한", "A:1", "a:1:b:c", "a:1\n", "a:1:" + "x" * 41]
)
def test_malformed_data_has_no_verb(text: str) -> None:
    assert parse("k", text).verb == ""


def test_data_that_would_not_come_back_is_refused() -> None:
    for argument in ("A B", "한", "x" * 41):
        with pytest.raises(ValueError, match="button data"):
            data("pick", 1, argument)


def test_numbers() -> None:
    assert number("4", 5) == 4
    for argument in ("5", "-1", "", "x", "٣", "1" * 12):
        with pytest.raises(BadButton):
            number(argument, 5)
