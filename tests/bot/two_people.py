"""A state machine: two people, any events in any order, restarts in between.

Every event is answered, nobody touches another's row or choices, no row is lost, an event handled
twice changes things once, training is asked about once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.talk.buttons import MAX_DATA_BYTES, parse
from bot.talk.commands import COMMAND_OF, PRESS_OF, PRESSES, FreePress
from bot.talk.types import (
    CommandSent,
    Event,
    MarkSent,
    PhotoSent,
    Pressed,
    PriceAsked,
    Reply,
    TextSent,
)
from recognizer.errors import NotAPicture, ReaderBusy
from recognizer.types import ReadPhoto
from storage.types import Consent, Interaction, Who
from stylecode import key
from tests.bot.room import ANN, MINSU, Room
from tests.fakes.prices import quote
from tests.fakes.reader import QUAD, reading

PEOPLE = st.sampled_from([ANN, MINSU])
PHOTOS: dict[bytes, ReadPhoto | Exception] = {
    b"one": reading("FU9006"),
    b"many": reading("DD1391-100", "DD1391-108", "001391-100"),
    b"none": reading(),
    b"bad": NotAPicture(),
    b"busy": ReaderBusy(),
    b"undrawable": reading("CN8607-002", jpeg=b"no jpeg"),
}
TEXTS = ["FU9006", "dd1391 100", "안녕", "A1", "8801234567890", "", "가" * 300, "FU9006 얼마예요?"]
NAMES = [*COMMAND_OF, "dance"]
WORDS = ["", "ko", "xx", "json", "ＦＵ 90", "나이키", "2026-11", "%", "history"]
VERBS = [*PRESS_OF, "dance"]
ARGUMENTS = ["", "0", "1", "4", "99", "0.41", "0.41.0000", "ko", "en", "no", "yes", "yes-1", "²",
             "r", "csv", "json.1", "0.1", "1.2", "yes-p", "no-p", "ask"]  # fmt: skip
FREE = {press.verb for press in PRESSES if isinstance(press, FreePress)}


class TwoPeople(RuleBasedStateMachine):
    @initialize()
    def open(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.room = Room()
        self.room.people.asked.clear()
        self.questions: dict[Who, set[str]] = {}  # the events whose answer asked about training
        self.room.reader.answers = dict(PHOTOS)
        self.room.prices.set("FU9006", quote("FU9006", 99_000, 120_000))
        self.buttons: list[str] = []
        self.latest: tuple[Who, Event] | None = None
        self.earlier: list[tuple[Who, Event]] = []

    def teardown(self) -> None:
        if hasattr(self, "loop"):
            self.loop.close()

    @rule(who=PEOPLE, data=st.sampled_from(sorted(PHOTOS)))
    def photo(self, who: Who, data: bytes) -> None:
        async def fetch() -> bytes:
            return data

        self.happens(who, PhotoSent(self.room.key(), fetch))

    @rule(who=PEOPLE, text=st.sampled_from(TEXTS), interaction=st.sampled_from([None, 1, 2, 99]))
    def text(self, who: Who, text: str, interaction: int | None) -> None:
        self.happens(who, TextSent(self.room.key(), text, interaction))

    @rule(
        who=PEOPLE,
        number=st.integers(-1, 6),
        found=st.sampled_from([reading("FU9006"), reading("I01234", confidence=0.5), reading()]),
    )
    def mark(self, who: Who, number: int, found: ReadPhoto) -> None:
        self.room.reader.marked = found
        self.happens(who, MarkSent(self.room.key(), number, QUAD))

    @rule(who=PEOPLE, text=st.sampled_from(TEXTS))
    def ask_in_another_chat(self, who: Who, text: str) -> None:
        before = self.rows()
        self.happens(who, PriceAsked(self.room.key(), text))
        assert self.rows() == before

    @rule(sure=st.sampled_from([0.9, 1.01]))
    def other_settings(self, sure: float) -> None:
        self.room.manners(sure_confidence=sure)

    @rule(who=PEOPLE, name=st.sampled_from(NAMES), argument=st.sampled_from(WORDS))
    def command(self, who: Who, name: str, argument: str) -> None:
        self.happens(who, CommandSent(self.room.key(), name, argument))

    @precondition(lambda self: self.buttons)
    @rule(who=PEOPLE, draw=st.data())
    def press_any_button_ever_shown(self, who: Who, draw: st.DataObject) -> None:
        self.happens(who, parse(self.room.key(), draw.draw(st.sampled_from(self.buttons))))

    @precondition(lambda self: self.buttons)
    @rule(who=PEOPLE, back=st.integers(1, 40))
    def press_a_recent_button(self, who: Who, back: int) -> None:
        recent = self.buttons[-min(back, len(self.buttons))]
        self.happens(who, parse(self.room.key(), recent))

    @rule(
        who=PEOPLE,
        verb=st.sampled_from(VERBS),
        number=st.integers(-1, 6),
        argument=st.sampled_from(ARGUMENTS),
    )
    def press_something_made_up(self, who: Who, verb: str, number: int, argument: str) -> None:
        self.happens(who, Pressed(self.room.key(), verb, number, argument))

    @precondition(lambda self: self.earlier)
    @rule(draw=st.data())
    def an_old_event_comes_again(self, draw: st.DataObject) -> None:
        self.happens(*draw.draw(st.sampled_from(self.earlier)))

    @precondition(lambda self: self.latest)
    @rule()
    def the_latest_event_comes_again(self) -> None:
        assert self.latest is not None
        before = self.decided()
        self.restart()
        self.happens(*self.latest)
        assert self.decided() == before

    @rule()
    def restart(self) -> None:
        self.room.restart()

    @rule(minutes=st.sampled_from([1, 15, 90]))
    def time_passes(self, minutes: int) -> None:
        self.room.now += timedelta(minutes=minutes)

    def happens(self, who: Who, event: Event) -> None:
        before = self.rows()
        own = self.kept_of_others(who)
        replies = self.loop.run_until_complete(self.room.handle(who, event)).sent
        assert self.kept_of_others(who) == own, "another person's choices were touched"
        self.ask_once(who, event, replies)
        self.latest = (who, event)
        self.earlier.append(self.latest)
        assert replies, "an event without an answer"
        for reply in replies:
            assert reply.text or reply.toast
            self.look_at(reply)
        self.compare(who, event, before, replies)

    def look_at(self, reply: Reply) -> None:
        assert "Sorry" not in reply.text, "an unexpected error"
        assert "죄송" not in reply.text, "an unexpected error"
        assert max(map(len, reply.rows), default=0) <= 8
        assert sum(map(len, reply.rows)) <= 100
        codes = self.codes() if reply.rows else set()
        for choice in (choice for row in reply.rows for choice in row):
            assert choice.label.strip()
            does = (choice.data, choice.url, choice.copy, choice.mark)
            assert sum(map(bool, does)) == 1
            if choice.data:
                assert len(choice.data.encode()) <= MAX_DATA_BYTES
                assert parse("", choice.data).verb
                assert not [code for code in codes if code in choice.data]
                self.buttons.append(choice.data)

    def compare(
        self, who: Who, event: Event, before: dict[int, Interaction], replies: list[Reply]
    ) -> None:
        after = self.rows()
        foreign = {number: row for number, row in before.items() if row.who != who}
        assert {n: after.get(n) for n in foreign} == foreign, "another person's row was touched"
        forgotten = isinstance(event, Pressed) and event.verb in {"forget", "drop"}
        assert forgotten or before.keys() <= after.keys(), "a row was lost"
        if isinstance(event, MarkSent) and event.interaction in foreign:
            assert not any(reply.text or reply.rows for reply in replies)
        if isinstance(event, Pressed) and event.interaction in foreign and event.verb not in FREE:
            assert [(reply.text, reply.rows, reply.image) for reply in replies] == [("", (), None)]
        if isinstance(event, Pressed) and event.verb == "drop":
            code = {row.shown_code for n, row in before.items() if n not in after}
            assert len({key(each or "") for each in code}) <= 1, "more than one code was removed"

    def ask_once(self, who: Who, event: Event, replies: list[Reply]) -> None:
        """About training: by one event of a person, never after an answer, only for a photo."""
        asked = [
            r for r in replies if any(c.data == "consent:0:yes" for row in r.rows for c in row)
        ]
        if isinstance(event, Pressed) and event.verb == "forget" and not self.known(who):
            self.questions.pop(who, None)
        if not asked:
            return
        assert who not in self.consents(), "asked after an answer"
        assert any(row.who == who and row.code and row.photo for row in self.rows().values())
        self.questions.setdefault(who, set()).add(event.key)
        assert len(self.questions[who]) == 1, "asked twice"

    def rows(self) -> dict[int, Interaction]:
        return dict(self.room.interactions.rows)

    def consents(self) -> dict[Who, Consent]:
        return dict(self.room.people.consents)

    def known(self, who: Who) -> bool:
        """Whether anything is kept of the person's choices."""
        people = self.room.people
        return who in people.languages or who in people.consents or who in people.asked

    def kept_of_others(self, who: Who) -> list[object]:
        people = self.room.people
        kept: tuple[Mapping[Who, object], ...] = (people.languages, people.consents, people.asked)
        return [
            *({other: value for other, value in each.items() if other != who} for each in kept),
            [term for owner, term in people.searches.values() if owner != who],
        ]

    def codes(self) -> set[str]:
        rows = self.rows().values()
        codes = {row.code or "" for row in rows} | {row.draft.text for row in rows if row.draft}
        codes |= {candidate.code for row in rows for candidate in row.candidates}
        return {code for code in codes if len(code) > 4}

    def decided(self) -> list[Interaction]:
        """The rows without what another look-up may add."""
        return [
            replace(row, price_won=None, timings_ms={}, updated_at=None)
            for row in self.rows().values()
        ]

    @invariant()
    def a_final_code_has_a_final_status(self) -> None:
        if not hasattr(self, "room"):
            return
        for row in self.rows().values():
            final = row.status in {"confirmed", "picked", "edited", "typed"}
            assert final == (row.code is not None), row
