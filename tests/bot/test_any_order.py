"""Two people, any events in any order, restarts in between; over the fakes and over SQLite."""

from __future__ import annotations

import shutil
from collections.abc import Coroutine
from pathlib import Path
from tempfile import mkdtemp
from typing import TypeVar

import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from storage.schema import searches
from storage.store import Store
from storage.types import Consent, Interaction, Who
from tests.bot.room import ANN, MINSU
from tests.bot.two_people import TwoPeople
from tests.examples import examples
from tests.fakes.database import tables_in

Answer = TypeVar("Answer")


class TwoPeopleOverSqlite(TwoPeople):
    """The same over real tables; a restart opens them anew."""

    @initialize()
    def open(self) -> None:
        super().open()
        self.folder = Path(mkdtemp())
        tables_in(self.folder / "pumbeon.db")
        self.store: Store | None = None
        self._reopen()

    @rule()
    def restart(self) -> None:
        self._reopen()

    @rule(sure=st.sampled_from([0.9, 1.01]))
    def other_settings(self, sure: float) -> None:
        self.room.manners(sure_confidence=sure)
        self._reopen()

    def teardown(self) -> None:
        if hasattr(self, "store") and self.store is not None:
            self.loop.run_until_complete(self.store.close())
            shutil.rmtree(self.folder)
        super().teardown()

    def rows(self) -> dict[int, Interaction]:
        return {
            row.id: row
            for who in (ANN, MINSU)
            for row in self.run(self.tables.interactions.rows_before(who, None, 999))
        }

    def consents(self) -> dict[Who, Consent]:
        said = {who: self.run(self.tables.people.consent(who)) for who in (ANN, MINSU)}
        return {who: consent for who, consent in said.items() if consent.given is not None}

    def known(self, who: Who) -> bool:
        # A deletion that was asked about but not said yes to leaves rows, or a language.
        return bool(self.run(self.tables.people.language(who)) or who in self.consents())

    def kept_of_others(self, who: Who) -> list[object]:
        people, others = self.tables.people, [other for other in (ANN, MINSU) if other != who]
        return [
            *(self.run(people.language(other)) for other in others),
            *(self.run(people.consent(other)) for other in others),
            *(self.run(self._terms(other)) for other in others),
        ]

    async def _terms(self, who: Who) -> list[str]:
        query = sa.select(searches.c.term).order_by(searches.c.id)
        query = query.where(searches.c.channel == who.channel, searches.c.user_id == who.user)
        async with self.tables.database.read() as connection:
            return list(await connection.scalars(query))

    def run(self, answer: Coroutine[object, object, Answer]) -> Answer:
        return self.loop.run_until_complete(answer)

    @property
    def tables(self) -> Store:
        assert self.store is not None
        return self.store

    def _reopen(self) -> None:
        if self.store is not None:
            self.run(self.store.close())
        url = f"sqlite+aiosqlite:///{self.folder}/pumbeon.db"
        self.store = self.run(Store.open(url, self.folder / "photos"))
        self.room.use(self.store.interactions, self.store.people, self.store.photos)


TestTwoPeople = TwoPeople.TestCase
TestTwoPeople.settings = settings(
    max_examples=examples(70),
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)

TestTwoPeopleOverSqlite = TwoPeopleOverSqlite.TestCase
TestTwoPeopleOverSqlite.settings = settings(
    max_examples=examples(6),
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
