from __future__ import annotations

import pytest

from bot.talk.buttons import parse
from storage.types import Consent, Who
from tests.bot.room import NOON, Room
from tests.fakes.reader import reading

CODE = "DD1391-100"
EVE = Who("web", "eve", "en")  # nobody has asked her yet


async def asked(room: Room) -> bool:
    """Whether confirming the newest photo's first candidate asks about training."""
    replies = await room.press(f"confirm:{room.row.id}", EVE)
    return "May I learn" in replies.text


async def test_the_first_confirmed_code_asks_once(room: Room) -> None:
    photo = await room.photo(EVE)
    assert "learn" not in photo.text
    confirmed = await room.press(photo.data("confirm"), EVE)
    its_message, prices, question = confirmed.sent
    assert (its_message.code, prices.code, question.code) == (CODE, CODE, "")
    assert [c.data for c in confirmed.choices()] == ["consent:0:yes", "consent:0:no"]
    await room.photo(EVE)
    assert not await asked(room)  # without an answer, too


@pytest.mark.parametrize(("data", "given"), [("consent:0:yes", True), ("consent:0:no", False)])
async def test_an_answer_is_kept_and_never_asked_again(room: Room, data: str, given: bool) -> None:
    await room.photo(EVE)
    await room.press("confirm:1", EVE)
    replies = await room.press(data, EVE)
    assert replies.last.replaces
    assert (await room.people.consent(EVE)).given is given
    room.restart()
    await room.photo(EVE)
    assert not await asked(room)
    assert ("allowed" if given else "said no") in (await room.command("privacy", who=EVE)).text


async def test_the_same_event_asks_again_until_answered(room: Room) -> None:
    await room.photo(EVE)
    first = await room.press("confirm:1", EVE, key="same")
    room.restart()
    again = await room.press("confirm:1", EVE, key="same")
    assert again.sent == first.sent
    await room.press("consent:0:no", EVE)
    assert len((await room.press("confirm:1", EVE, key="same")).sent) == 2


async def test_without_a_photo_there_is_nothing_to_learn_from(room: Room) -> None:
    assert len((await room.text("FU9006", EVE)).sent) == 1
    room.reader.default = reading()
    await room.photo(EVE)
    assert "May I learn" in (await room.text("FU9006", EVE)).text  # typed for the photo


async def test_privacy_says_what_and_changes_the_answer(room: Room) -> None:
    page = await room.command("privacy", who=EVE)
    for words in (
        "photos",
        "EXIF",
        "barcodes",
        "Until you delete it",
        "messages go earlier",
        "not answered yet",
    ):
        assert words in page.text
    assert page.data("export") == "export:0:json"
    yes, no = (c.data for c in page.choices() if c.data.startswith("consent"))
    allowed = await room.press(yes, EVE)
    assert allowed.last.replaces
    assert "you allowed it on 2026-11-20" in allowed.text
    assert await room.people.consent(EVE) == Consent(True, room.now)
    assert [c.data for c in allowed.choices() if c.data.startswith("consent")] == [no]
    assert "you said no on" in (await room.press(no, EVE)).text
    await room.photo(EVE)
    assert not await asked(room)  # answered under /privacy already


async def test_the_same_answer_twice_keeps_its_time(room: Room) -> None:
    await room.press("consent:0:yes", EVE)
    since = (await room.people.consent(EVE)).at
    await room.press("consent:0:yes-p", EVE)
    assert (await room.people.consent(EVE)).at == since


async def test_deleting_from_the_privacy_page_forgets_consent_and_searches(room: Room) -> None:
    await room.text("FU9006", EVE)
    await room.press("consent:0:yes", EVE)
    await room.command("history", "fu", EVE)
    ask = await room.press((await room.command("privacy", who=EVE)).data("forget"), EVE)
    await room.press(ask.data("forget"), EVE)
    assert await room.people.consent(EVE) == Consent()
    assert room.people.searches == {}
    await room.photo(EVE)
    assert await asked(room)  # as with anybody new


@pytest.mark.parametrize(
    "data", ["consent:0", "consent:0:maybe", "consent:0:yes-x", "consent:0:-p"]
)
async def test_made_up_answers(room: Room, data: str) -> None:
    assert "no longer works" in (await room.handle(EVE, parse("x", data))).text
    assert await room.people.consent(EVE) == Consent()
    assert room.now >= NOON
