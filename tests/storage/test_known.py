"""Which codes exist, and how much a person sends: over the fakes and the real tables alike."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.talk.ports import Catalogue
from storage.store import Store
from storage.types import Interaction, Status, Who
from tests.fakes.store import FakeCatalogue
from tests.storage.contract import JUN, MINA, NOW, Parts


class TestKnownCodes:
    @staticmethod
    async def said(parts: Parts, who: Who, code: str | None, status: Status) -> Interaction:
        count = (await parts.interactions.history(who, 0, 1))[1]
        row, _ = await parts.interactions.begin(who, f"{code} {status} {count}", NOW)
        row = replace(row, photo="ab" * 32, code=code, status=status)
        await parts.interactions.save(row)
        return row

    async def test_people_are_counted_by_key(self, parts: Parts) -> None:
        await self.said(parts, MINA, "DD1391-100", Status.CONFIRMED)
        await self.said(parts, MINA, "DD1391-100", Status.PICKED)
        await self.said(parts, JUN, "DD1391 100", Status.EDITED)
        known = await parts.interactions.known_codes(["dd1391100", "DD1391-100", "FU9006"])
        assert known == {"dd1391100": 2, "DD1391-100": 2}
        assert await parts.interactions.known_codes([]) == {}

    async def test_what_nobody_said_looking_at_a_photo_is_not_known(self, parts: Parts) -> None:
        await self.said(parts, MINA, "DD1391-100", Status.TYPED)
        row = await self.said(parts, MINA, None, Status.READ)
        await parts.interactions.save(replace(row, auto_code="FU9006"))
        assert await parts.interactions.known_codes(["DD1391-100", "FU9006"]) == {}

    async def test_refusing_and_forgetting_take_the_say_back(self, parts: Parts) -> None:
        row = await self.said(parts, MINA, "DD1391-100", Status.CONFIRMED)
        await parts.interactions.save(replace(row, code=None, status=Status.REFUSED))
        assert await parts.interactions.known_codes(["DD1391-100"]) == {}
        await self.said(parts, JUN, "DD1391-100", Status.CONFIRMED)
        await parts.people.forget(JUN)
        assert await parts.interactions.known_codes(["DD1391-100"]) == {}

    async def test_photos_are_counted_for_a_person_and_a_time(self, parts: Parts) -> None:
        for number, (photo, status) in enumerate(
            [("ab" * 32, Status.READ), (None, Status.FAILED), (None, Status.TYPED)]
        ):
            when = NOW + timedelta(minutes=number)
            row, _ = await parts.interactions.begin(MINA, f"photo {number}", when)
            await parts.interactions.save(replace(row, photo=photo, status=status))
        await parts.interactions.begin(JUN, "photo 0", NOW)
        count = parts.interactions.photos_since
        assert await count(MINA, NOW, "") == 2
        assert await count(MINA, NOW, "photo 1") == 1
        assert await count(MINA, NOW + timedelta(seconds=1), "") == 1
        assert await count(MINA, NOW + timedelta(hours=1), "") == 0
        assert await count(JUN, NOW, "") == 1

    async def test_a_row_is_found_by_the_event_that_made_it(self, parts: Parts) -> None:
        row, _ = await parts.interactions.begin(MINA, "event", NOW)
        assert await parts.interactions.find(MINA, "event") == row
        assert await parts.interactions.find(MINA, "other") is None
        assert await parts.interactions.find(JUN, "event") is None


class TestCatalogue:
    @pytest.fixture(params=["fake", "real"])
    async def catalogue(
        self, request: pytest.FixtureRequest, tmp_path: Path
    ) -> AsyncIterator[Catalogue]:
        if request.param == "fake":
            yield FakeCatalogue("DD1391-100", "FU9006")
            return
        url = f"sqlite+aiosqlite:///{tmp_path}/pumbeon.db"
        store = await Store.open(url, tmp_path / "photos")
        rows = "code,name,price_won,url\nDD1391-100,Dunk,129000,https://a.example/1\n"
        await store.catalogue.import_list(rows + "FU9006,Superstar,99000,https://a.example/2\n")
        yield store.catalogue
        await store.close()

    async def test_codes_are_known_by_key(self, catalogue: Catalogue) -> None:
        asked = ["dd1391 100", "FU9006", "FU9007", ""]
        assert await catalogue.known(asked) == {"dd1391 100", "FU9006"}
        assert await catalogue.known([]) == frozenset()
