from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.talk.past.search import LONGEST_TERM, meant_by, tidy
from storage.past_types import SearchWord
from tests.bot.room import ANN, MINSU, Room

Hour = tuple[int, int, int, int]


def utc(hour: Hour) -> datetime:
    year, month, day, hour_of_day = hour
    return datetime(year, month, day, hour_of_day, tzinfo=UTC)


def whole(term: str) -> SearchWord:
    ((word,), *_) = meant_by(term).ways
    return word


@pytest.mark.parametrize(
    "term", ["dd1391", "DD 1391", "dd-1391", "ＤＤ１３９１", "dd–1391", " Dd1391 ", "d.d/1391"]
)
def test_a_code_in_any_spelling(term: str) -> None:
    assert whole(term) == SearchWord("DD1391")


@pytest.mark.parametrize(
    ("term", "brands"),
    [
        ("nike", ("Nike",)),
        ("ＮＩＫＥ", ("Nike",)),
        ("나이키", ("Nike",)),
        ("New Balance", ("New Balance",)),
        ("new-balance", ("New Balance",)),
        ("balance", ("New Balance",)),
        ("뉴발란스", ("New Balance",)),
        ("on", ("On",)),
        ("sk", ("Skechers",)),
        ("a", ()),
        ("%", ()),
    ],
)
def test_a_brand(term: str, brands: tuple[str, ...]) -> None:
    assert whole(term).brands == brands


@pytest.mark.parametrize(
    ("term", "since", "until"),
    [
        ("2026-11", (2026, 10, 31, 15), (2026, 11, 30, 15)),
        ("2026.12", (2026, 11, 30, 15), (2026, 12, 31, 15)),
        ("2026/2/28", (2026, 2, 27, 15), (2026, 2, 28, 15)),
        ("2026년 11월", (2026, 10, 31, 15), (2026, 11, 30, 15)),
        ("2026년 11월 3일", (2026, 11, 2, 15), (2026, 11, 3, 15)),
        ("2026년", (2025, 12, 31, 15), (2026, 12, 31, 15)),
    ],
)
def test_a_date_in_korea(term: str, since: Hour, until: Hour) -> None:
    word = whole(term)
    assert word.since == utc(since)
    assert word.until == utc(until)


@pytest.mark.parametrize("term", ["2026-13", "2026-02-30", "0000-01", "9999-12-31", "2026", "1-2"])
def test_no_date(term: str) -> None:
    assert whole(term).since is None


def test_several_words_may_stand_for_one_each() -> None:
    _, words = meant_by("나이키 2026-11").ways
    assert words[0].brands == ("Nike",)
    assert words[1].since is not None


@given(st.text(max_size=200))
def test_any_text_can_be_searched_for(text: str) -> None:
    term = tidy(text)
    assert len(term) <= LONGEST_TERM
    assert term == tidy(term)
    for way in meant_by(text).ways:
        for word in way:
            assert (word.since is None) == (word.until is None)
            assert word.code.isalnum() or not word.code


async def fill(room: Room) -> None:
    for number in range(7):
        await room.text(f"DD139{number}-100")
    for number in range(6):
        await room.text(f"FU900{number}")


def codes(replies: object) -> list[str]:
    choices = replies.choices()  # type: ignore[attr-defined]
    return [c.label.split(" · ")[0] for c in choices if c.data.startswith("open:")]


@pytest.mark.parametrize("term", ["nike", "나이키", "dd13 9", "2026-11 ＮＩＫＥ", "DD139"])
async def test_the_search_survives_turning_and_a_restart(room: Room, term: str) -> None:
    await fill(room)
    first = await room.command("history", term)
    assert "7 codes (page 1 of 2)" in first.text
    assert len(codes(first)) == 5
    assert term.split(maxsplit=1)[0].upper() not in first.data("hist")
    room.restart()
    await room.command("history", "fu9003")  # another search meanwhile
    second = await room.press(first.data("hist"))
    assert codes(second) == ["DD1391-100", "DD1390-100"]
    back = await room.press(second.data("hist"))
    assert back.text == first.text
    assert len(codes(await room.press("hist:0:0"))) == 5


@pytest.mark.parametrize("term", ["vans", "%", "_", "DD_391", "2025-11", "없는 말", "💥", "'; --"])
async def test_nothing_fits_and_everything_is_offered(room: Room, term: str) -> None:
    await fill(room)
    empty = await room.command("history", term)
    assert f"“{term}”" in empty.text
    assert "13 past codes" in (await room.press(empty.data("hist"))).text


async def test_a_search_is_its_persons_own(room: Room) -> None:
    await fill(room)
    await room.text("DD1399-999", MINSU)
    mine = await room.command("history", "dd139")
    theirs = await room.press(mine.data("hist"), MINSU)  # the number means nothing to them
    assert "지난 품번 1개" in theirs.text
    assert "dd139" not in theirs.text


async def test_a_search_that_is_gone_shows_everything(room: Room) -> None:
    await fill(room)
    page = await room.command("history", "dd139")
    room.people.searches.clear()
    assert "13 past codes" in (await room.press(page.data("hist"))).text
    assert "no longer works" in (await room.press("hist:0:0.x")).text


async def test_typing_after_a_search_is_no_reply_to_it(room: Room) -> None:
    await fill(room)
    page = await room.command("history", "dd139", who=ANN)
    assert page.data("hist").startswith("hist:0:")  # names no interaction
    assert page.last.interaction == 0
